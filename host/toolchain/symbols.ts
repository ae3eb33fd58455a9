// Symbols of one assembly: what a name stands for, where it was defined, how it is seen from outside.
// Positions are kept in parts of sections and become addresses only once the layout is final.

import { STB_GLOBAL, STB_LOCAL, STB_WEAK, STT_NOTYPE, STV_DEFAULT } from "../loader/elf-constants.ts";
import type { Place } from "./diagnostics.ts";
import type { Expression } from "./expression.ts";
import type { Part } from "./section.ts";

/** A place in a part: after so many bytes of fixed size and so many pieces of variable size. */
export interface Position {
  readonly part: Part;
  readonly fixed: number;
  readonly pieces: number;
}

export class AsmSymbol {
  readonly name: string;
  /** Where it is a label. */
  position: Position | undefined;
  /** What it is equal to, if it was set rather than placed. */
  value: Expression | undefined;
  /** Set with `.equiv`, or a label: may not be defined again. */
  final = false;
  definedAt: Place | undefined;
  /** Where it was first used, for the message that it is not defined. */
  usedAt: Place | undefined;
  binding = STB_LOCAL;
  type = STT_NOTYPE;
  visibility = STV_DEFAULT;
  size: Expression | undefined;
  /** `.comm`: size and alignment of a block that the linker places. */
  common: { readonly size: number; readonly align: number } | undefined;
  /** A relocation refers to it, so that it must stand in the object even if its name is local. */
  relocated = false;

  constructor(name: string) {
    this.name = name;
  }

  get isDefined(): boolean {
    return this.position !== undefined || this.value !== undefined || this.common !== undefined;
  }

  get isWeak(): boolean {
    return this.binding === STB_WEAK;
  }
}

/** All symbols of an assembly, and the numeric labels (`1:`, referred to as `1b` and `1f`). */
export class SymbolTable {
  private readonly byName = new Map<string, AsmSymbol>();
  private readonly numeric = new Map<number, { readonly past: AsmSymbol[]; next: AsmSymbol }>();
  /** Symbols without a name that can be looked up: numeric labels, places of `auipc`. */
  readonly anonymous: AsmSymbol[] = [];

  get(name: string): AsmSymbol {
    let symbol = this.byName.get(name);
    if (symbol === undefined) {
      symbol = new AsmSymbol(name);
      this.byName.set(name, symbol);
    }
    return symbol;
  }

  find(name: string): AsmSymbol | undefined {
    return this.byName.get(name);
  }

  names(): IterableIterator<string> {
    return this.byName.keys();
  }

  /** A new symbol that no source can name. */
  makeAnonymous(name: string): AsmSymbol {
    const symbol = new AsmSymbol(name);
    this.anonymous.push(symbol);
    return symbol;
  }

  /** Named symbols in the order in which they were first seen, then the anonymous ones. */
  *all(): IterableIterator<AsmSymbol> {
    yield* this.byName.values();
    yield* this.anonymous;
  }

  /** The symbol that the numeric label `number:` defines here. */
  defineNumeric(number: number): AsmSymbol {
    const label = this.numericLabel(number);
    const defined = label.next;
    label.past.push(defined);
    label.next = this.makeNumeric(number, label.past.length + 1);
    return defined;
  }

  /** What `Nb` means here; undefined if there is no such label before. */
  before(number: number): AsmSymbol | undefined {
    return this.numericLabel(number).past.at(-1);
  }

  /** What `Nf` means here. */
  after(number: number): AsmSymbol {
    return this.numericLabel(number).next;
  }

  private numericLabel(number: number) {
    let label = this.numeric.get(number);
    if (label === undefined) {
      label = { past: [], next: this.makeNumeric(number, 1) };
      this.numeric.set(number, label);
    }
    return label;
  }

  private makeNumeric(number: number, instance: number): AsmSymbol {
    return this.makeAnonymous(`.L${number}\u0002${instance}`);
  }
}

/** Makes a local symbol visible outside; `.weak` is not undone by `.globl`. */
export function makeGlobal(symbol: AsmSymbol): void {
  if (symbol.binding === STB_LOCAL) symbol.binding = STB_GLOBAL;
}
