// Assembles a source of GNU syntax for RV32IMAC to an ELF object. Drives the statements: labels,
// assignments, macros, conditions and inclusion here; instructions and other directives elsewhere.
// Relaxation: no R_RISCV_RELAX or R_RISCV_ALIGN is emitted and no linker may shrink the code. Branches
// within a section are resolved; addresses are left to the linker. The bytes are those of
// `as -march=rv32imac -mabi=ilp32 -mno-relax`, as far as the tests know.

import { Assembly } from "./assembly.ts";
import { parseConstant } from "./data.ts";
import { type Diagnostic, INCLUDED, nearest, SourceError } from "./diagnostics.ts";
import { assign, DIRECTIVES, isIgnoredDirective } from "./directives.ts";
import {
  bindArguments,
  type MacroDefinition,
  operandScanner,
  parseParameters,
  parseValues,
} from "./expansion.ts";
import { constant } from "./expression.ts";
import { assembleInstruction } from "./instructions.ts";
import { integer } from "./integers.ts";
import { layOut } from "./layout.ts";
import { writeObject } from "./object.ts";
import { STATEMENT_LIMIT, StatementReader } from "./reader.ts";
import { type Scanner, type Statement, splitStatements } from "./scanner.ts";

export interface AssembleOptions {
  /** Name of the source in messages and line information. Default: "<input>". */
  readonly file?: string;
  /** Contents of a file for `.include` (text) or `.incbin` (bytes); undefined if there is none. */
  readonly include?: (path: string) => string | Uint8Array | undefined;
  /** Symbols set before the source begins. */
  readonly defines?: Readonly<Record<string, number>>;
}

export interface AssembleResult {
  /** ELF32 REL; empty if there are errors. */
  readonly object: Uint8Array;
  readonly diagnostics: readonly Diagnostic[];
}

/** Assembles `source`. Never throws for what the source contains: all errors are in `diagnostics`. */
export function assemble(source: string, options: AssembleOptions = {}): AssembleResult {
  const assembler = new Assembler(options);
  return assembler.run(source, options.file ?? "<input>");
}

const LABEL = /^([A-Za-z_.$\x80-\uffff][\w.$\x80-\uffff]*|\d+|"(?:\\.|[^"\\])*")\s*:(?!:)/;
const ASSIGNMENT = /^([A-Za-z_.$\x80-\uffff][\w.$\x80-\uffff]*)\s*=(?!=)(=?)/;

class Assembler {
  private readonly assembly = new Assembly();
  private readonly reader = new StatementReader(this.assembly.diagnostics);
  private readonly macros = new Map<string, MacroDefinition>();
  private readonly include: NonNullable<AssembleOptions["include"]>;
  private macroCalls = 0;

  constructor({ include, defines }: AssembleOptions) {
    this.include = include ?? (() => undefined);
    for (const [name, value] of Object.entries(defines ?? {})) {
      this.assembly.symbols.get(name).value = constant(integer(BigInt(value)));
    }
  }

  run(source: string, file: string): AssembleResult {
    const { assembly, reader } = this;
    reader.enter(splitStatements(source, file), "file");
    for (let statement = reader.next(); statement !== undefined; statement = reader.next())
      this.guarded(statement);
    assembly.nameSections();
    layOut(assembly);
    const object = writeObject(assembly, file);
    const diagnostics = assembly.diagnostics.finish();
    return { object: diagnostics.length > 0 ? new Uint8Array(0) : object, diagnostics };
  }

  private guarded(statement: Statement): void {
    this.assembly.place = statement;
    try {
      this.assembleStatement(statement.statement, 0);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.assembly.diagnostics.report(statement, error.offset, error.message, error.expected, error.notes);
    }
  }

  /** Assembles the statement from `offset` on: labels, then one assignment, directive or instruction. */
  private assembleStatement(text: string, offset: number): void {
    let start = offset;
    if (!this.reader.isExcluded) start = this.defineLabels(text, offset);
    const scanner = operandScanner(text, start);
    if (scanner.atEnd()) return;
    const word = scanner.name();
    const isDirective = word.charCodeAt(0) === 46;
    if (isDirective && this.steer(word.toLowerCase(), scanner)) return;
    if (this.reader.isExcluded) return;
    const assignment = ASSIGNMENT.exec(text.slice(start));
    if (assignment) this.assignTo(assignment, scanner, start);
    else if (word === "")
      throw new SourceError(
        start,
        `${operandScanner(text, start).found()} at the beginning`,
        "a label, a directive or an instruction",
      );
    else if (this.callMacro(word, scanner)) return;
    else if (isDirective) this.runDirective(word, scanner, start);
    else this.runInstruction(word, scanner, start);
  }

  private runInstruction(word: string, scanner: Scanner, start: number): void {
    try {
      assembleInstruction(this.assembly, word, scanner);
    } catch (error) {
      throw shifted(error, start);
    }
  }

  private runDirective(word: string, scanner: Scanner, start: number): void {
    const name = word.toLowerCase();
    const directive = DIRECTIVES.get(name);
    if (directive === undefined && isIgnoredDirective(name)) return;
    if (directive === undefined) {
      const guess = nearest(name, [...DIRECTIVES.keys(), ...this.steering.keys()]);
      throw new SourceError(
        start,
        `there is no directive \`${word}\``,
        guess === undefined ? undefined : `\`${guess}\`?`,
      );
    }
    try {
      directive(this.assembly, scanner, name);
    } catch (error) {
      throw shifted(error, start);
    }
  }

  private defineLabels(text: string, offset: number): number {
    let start = offset;
    for (;;) {
      const match = LABEL.exec(start === 0 ? text : text.slice(start));
      if (match === null) return start;
      this.defineLabel(match[1]!, start);
      start += match[0].length;
      while (text[start] === " " || text[start] === "\t") start++;
    }
  }

  private defineLabel(name: string, offset: number): void {
    const { symbols } = this.assembly;
    const first = name.charCodeAt(0);
    const symbol =
      first >= 48 && first <= 57
        ? symbols.defineNumeric(Number(name))
        : symbols.get(name.replaceAll('"', ""));
    try {
      this.assembly.defineLabel(symbol);
    } catch (error) {
      throw shifted(error, offset);
    }
  }

  private assignTo([match, name, twice]: RegExpExecArray, scanner: Scanner, start: number): void {
    scanner.position = start + match.length;
    if (name === ".") throw new SourceError(start, "the position cannot be assigned", "`.org` or `.skip`");
    try {
      assign(this.assembly, this.assembly.symbols.get(name!), scanner, twice !== "");
    } catch (error) {
      throw shifted(error, start);
    }
  }

  private callMacro(word: string, scanner: Scanner): boolean {
    const macro = this.macros.get(word.toLowerCase());
    if (macro === undefined) return false;
    const values = bindArguments(macro, scanner);
    this.reader.call(macro, values, this.macroCalls++, this.assembly.place);
    return true;
  }

  /** Runs a directive that steers the reading; conditions count also where statements are excluded. */
  private steer(name: string, scanner: Scanner): boolean {
    const condition = this.condition(name, scanner);
    if (condition !== undefined) {
      this.reader.openCondition(this.assembly.place, condition);
      return true;
    }
    if (name === ".else" || name === ".elseif") {
      this.reader.alternative(name === ".else" ? undefined : () => this.constant(scanner) !== 0);
      return true;
    }
    if (name === ".endif") {
      this.reader.closeCondition();
      return true;
    }
    if (this.reader.isExcluded) return true;
    const run = this.steering.get(name);
    run?.(scanner);
    return run !== undefined;
  }

  private condition(name: string, scanner: Scanner): (() => boolean) | undefined {
    switch (name) {
      case ".if":
      case ".ifne":
        return () => this.constant(scanner) !== 0;
      case ".ifeq":
        return () => this.constant(scanner) === 0;
      case ".ifge":
        return () => this.constant(scanner) >= 0;
      case ".ifgt":
        return () => this.constant(scanner) > 0;
      case ".ifle":
        return () => this.constant(scanner) <= 0;
      case ".iflt":
        return () => this.constant(scanner) < 0;
      case ".ifdef":
      case ".ifndef":
      case ".ifnotdef":
        return () => this.isDefined(scanner) === (name === ".ifdef");
      case ".ifb":
      case ".ifnb":
        return () => (scanner.rest() === "") === (name === ".ifb");
      case ".ifc":
      case ".ifnc":
      case ".ifeqs":
      case ".ifnes":
        return () => this.areSame(scanner) === (name === ".ifc" || name === ".ifeqs");
      default:
        return undefined;
    }
  }

  private constant(scanner: Scanner): number | bigint {
    const value = parseConstant(this.assembly, scanner, "the condition");
    scanner.expectEnd();
    return value;
  }

  private isDefined(scanner: Scanner): boolean {
    const symbol = this.assembly.symbols.find(scanner.expectName("a symbol"));
    return symbol?.isDefined ?? false;
  }

  private areSame(scanner: Scanner): boolean {
    const first = unquote(scanner.rawArgument());
    scanner.expect(",", "between the two texts");
    return first === unquote(scanner.rest());
  }

  private readonly steering = new Map<string, (scanner: Scanner) => void>([
    [".macro", (scanner) => this.defineMacro(scanner)],
    [".purgem", (scanner) => this.purgeMacro(scanner)],
    [".exitm", () => this.reader.exitMacro()],
    [".include", (scanner) => this.includeSource(scanner)],
    [".incbin", (scanner) => this.includeBytes(scanner)],
    [".rept", (scanner) => this.repeat(scanner)],
    [".irp", (scanner) => this.repeatValues(scanner, false)],
    [".irpc", (scanner) => this.repeatValues(scanner, true)],
    [".end", () => this.reader.stop()],
    [".endm", () => unmatched(".endm", ".macro")],
    [".endr", () => unmatched(".endr", ".rept")],
  ]);

  private defineMacro(scanner: Scanner): void {
    const { place } = this.assembly;
    const body = this.reader.collect("macro", place);
    const name = scanner.expectName("the macro's name");
    scanner.accept(",");
    const parameters = parseParameters(scanner);
    const known = this.macros.get(name.toLowerCase());
    if (known)
      throw new SourceError(0, `macro \`${name}\` is already defined`, "another name, or `.purgem` before", [
        `first defined at ${known.definedAt.file}:${known.definedAt.line}`,
      ]);
    this.macros.set(name.toLowerCase(), { name, parameters, body, definedAt: place });
  }

  private purgeMacro(scanner: Scanner): void {
    const name = scanner.expectName("a macro's name");
    if (!this.macros.delete(name.toLowerCase()))
      throw new SourceError(scanner.position - name.length, `there is no macro \`${name}\``);
    scanner.expectEnd();
  }

  private repeat(scanner: Scanner): void {
    const { place } = this.assembly;
    const body = this.reader.collect("repeat", place);
    const offset = scanner.position;
    const count = Number(parseConstant(this.assembly, scanner, "the number of repetitions"));
    scanner.expectEnd();
    if (count < 0 || count > STATEMENT_LIMIT)
      throw new SourceError(
        offset + 1,
        `the number of repetitions is ${count}`,
        `a value from 0 to ${STATEMENT_LIMIT}`,
      );
    this.reader.repeat(body, new Array(count).fill(NO_VALUES), "in `.rept`", place);
  }

  private repeatValues(scanner: Scanner, byCharacter: boolean): void {
    const { place } = this.assembly;
    const body = this.reader.collect("repeat", place);
    const name = scanner.expectName("a parameter's name");
    scanner.accept(",");
    const values = byCharacter ? [...unquote(scanner.rest())] : parseValues(scanner);
    const sets = (values.length === 0 ? [""] : values).map((value) => new Map([[name, value]]));
    this.reader.repeat(body, sets, byCharacter ? "in `.irpc`" : "in `.irp`", place);
  }

  private includeSource(scanner: Scanner): void {
    scanner.skipSpace();
    const offset = scanner.position;
    const path = scanner.string();
    scanner.expectEnd();
    const contents = this.include(path);
    if (contents === undefined) throw new SourceError(offset, `there is no file \`${path}\``);
    const source = typeof contents === "string" ? contents : new TextDecoder().decode(contents);
    const origin = { what: INCLUDED, at: this.assembly.place };
    this.reader.enter(
      splitStatements(source, path).map((statement) => ({ ...statement, from: statement.from ?? origin })),
      "file",
    );
  }

  /** `.incbin "file", skip, count`. */
  private includeBytes(scanner: Scanner): void {
    scanner.skipSpace();
    const offset = scanner.position;
    const path = scanner.string();
    const contents = this.include(path);
    if (contents === undefined) throw new SourceError(offset, `there is no file \`${path}\``);
    const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    const skip =
      scanner.accept(",") && scanner.peek() !== ","
        ? Number(parseConstant(this.assembly, scanner, "the offset"))
        : 0;
    const count = scanner.accept(",")
      ? Number(parseConstant(this.assembly, scanner, "the number of bytes"))
      : bytes.length - skip;
    scanner.expectEnd();
    if (skip < 0 || count < 0 || skip + count > bytes.length)
      throw new SourceError(
        offset,
        `\`${path}\` has only ${bytes.length} bytes`,
        "an offset and a number of bytes within the file",
      );
    this.assembly.part.emitBytes(bytes.subarray(skip, skip + count));
  }
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

function unquote(text: string): string {
  return text.trim().replace(/^"(.*)"$/, "$1");
}

function unmatched(directive: string, opening: string): never {
  throw new SourceError(0, `\`${directive}\` without \`${opening}\` before it`, `\`${opening}\``);
}

/** An error about the statement as a whole points at its first word, not at its labels. */
function shifted(error: unknown, start: number): unknown {
  if (!(error instanceof SourceError) || error.offset !== 0 || start === 0) return error;
  return new SourceError(start, error.message, error.expected, error.notes);
}
