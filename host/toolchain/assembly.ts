// The state of one assembly: sections, symbols, options, and where in the source we are. The statements
// (instructions.ts, directives.ts, data.ts) change it; the layout and the object writer read it.

import { SHF_ALLOC } from "../loader/elf-constants.ts";
import { Diagnostics, INCLUDED, type Place, SourceError } from "./diagnostics.ts";
import type { ExpressionContext } from "./expression.ts";
import { defaultAttributes, type Part, Section } from "./section.ts";
import { type AsmSymbol, type Position, SymbolTable } from "./symbols.ts";

/** What `.option` sets; `push` and `pop` save it. */
export interface Options {
  /** Whether compressed encodings are chosen. */
  rvc: boolean;
}

/** A row of the line table to be: the code from `position` on comes from there. */
export interface LineEntry {
  readonly position: Position;
  /** Index in `files`. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
}

const NOWHERE: Place = { file: "", line: 0, column: 0, text: "" };

export class Assembly implements ExpressionContext {
  readonly diagnostics = new Diagnostics();
  readonly symbols = new SymbolTable();
  readonly sections: Section[] = [];
  private readonly sectionsByName = new Map<string, Section>();
  part: Part;
  private previousPart: Part;
  private readonly partStack: { readonly part: Part; readonly previous: Part }[] = [];
  options: Options = { rvc: true };
  private readonly optionStack: Options[] = [];
  /** Where the statement being assembled stands. */
  place: Place = NOWHERE;

  /** Source files of the line table. */
  readonly files: string[] = [];
  readonly lines: LineEntry[] = [];
  /** The source says itself (`.loc`) which lines its code comes from. */
  hasLocations = false;
  /** Name of the source that `.file` gives; for the symbol of type FILE. */
  sourceName: string | undefined;

  /** Symbols named by `.local`: a `.comm` of them belongs to this object. */
  readonly localCommons = new Set<AsmSymbol>();
  /** `.file` numbers by index in `files`. */
  private readonly fileNumbers = new Map<number, number>();

  constructor() {
    for (const name of [".text", ".data", ".bss"]) this.section(name);
    this.part = this.sections[0]!.part(0);
    this.previousPart = this.part;
  }

  /** The section of this name, made with its usual attributes if it is new. */
  section(name: string): Section {
    return this.findSection(name) ?? this.makeSection(name, defaultAttributes(name));
  }

  findSection(name: string): Section | undefined {
    return this.sectionsByName.get(name);
  }

  makeSection(name: string, { type, flags }: { type: number; flags: number }): Section {
    const section = new Section(name, type, flags);
    if (section.isCode) section.align = 2;
    this.sections.push(section);
    this.sectionsByName.set(name, section);
    return section;
  }

  /** The name of a section, where it is not otherwise defined, means its beginning. */
  nameSections(): void {
    for (const section of this.sections) {
      const symbol = this.symbols.find(section.name);
      if (symbol !== undefined && !symbol.isDefined) {
        symbol.position = { part: section.part(0), fixed: 0, pieces: 0 };
      }
    }
  }

  /** Goes on in another section. */
  enter(section: Section, subsection = 0): void {
    this.previousPart = this.part;
    this.part = section.part(subsection);
  }

  /** `.previous`: swaps the last two sections. */
  enterPrevious(): void {
    [this.part, this.previousPart] = [this.previousPart, this.part];
  }

  pushSection(): void {
    this.partStack.push({ part: this.part, previous: this.previousPart });
  }

  popSection(): void {
    const saved = this.partStack.pop();
    if (saved === undefined) throw new SourceError(0, "`.popsection` without a `.pushsection` before it");
    this.part = saved.part;
    this.previousPart = saved.previous;
  }

  pushOptions(): void {
    this.optionStack.push({ ...this.options });
  }

  popOptions(): void {
    const saved = this.optionStack.pop();
    if (saved === undefined) throw new SourceError(0, "`.option pop` without an `.option push` before it");
    this.options = saved;
  }

  /** A new symbol without a name, at the current position. */
  here(): AsmSymbol {
    const symbol = this.symbols.makeAnonymous(".L0 ");
    symbol.position = this.part.position();
    return symbol;
  }

  use(symbol: AsmSymbol): void {
    symbol.usedAt ??= this.place;
  }

  /** Makes a symbol a label of the current position. */
  defineLabel(symbol: AsmSymbol): void {
    if (symbol.isDefined) throw alreadyDefined(symbol);
    symbol.position = this.part.position();
    symbol.definedAt = this.place;
    symbol.final = true;
  }

  /**
   * Notes that what follows comes from the current statement, for the line table: what a macro makes from the line that
   * calls it, an included file's from its own.
   */
  markLine(): void {
    if (this.hasLocations || (this.part.section.flags & SHF_ALLOC) === 0) return;
    let place = this.place;
    while (place.from !== undefined && place.from.what !== INCLUDED) place = place.from.at;
    this.addLine(this.fileIndex(place.file), place.line, 0);
  }

  addLine(file: number, line: number, column: number): void {
    this.lines.push({ position: this.part.position(), file, line, column });
  }

  /** `.file number "name"`. */
  nameFile(number: number, name: string): void {
    this.fileNumbers.set(number, this.fileIndex(name));
  }

  /** `.loc`: what follows comes from there, and no longer from this source itself. */
  setLocation(number: number, line: number, column: number): void {
    const file = this.fileNumbers.get(number);
    if (file === undefined)
      throw new SourceError(0, `file ${number} has no name`, `\`.file ${number} "name"\` above`);
    if (!this.hasLocations) this.lines.length = 0;
    this.hasLocations = true;
    this.addLine(file, line, column);
  }

  private fileIndex(name: string): number {
    const index = this.files.lastIndexOf(name);
    return index >= 0 ? index : this.files.push(name) - 1;
  }
}

/** The error of a second definition, with the place of the first. */
export function alreadyDefined(symbol: AsmSymbol): SourceError {
  const first = symbol.definedAt;
  const notes = first === undefined ? [] : [`first defined at ${first.file}:${first.line}`];
  return new SourceError(0, `\`${symbol.name}\` is already defined`, "another name", notes);
}
