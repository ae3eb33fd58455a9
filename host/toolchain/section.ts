// The contents of one section while it is being assembled: bytes of fixed size, between them pieces
// whose size is known only when the layout is final, and fixups: places that take a symbol's value.

import {
  SHF_ALLOC,
  SHF_EXECINSTR,
  SHF_MERGE,
  SHF_STRINGS,
  SHF_TLS,
  SHF_WRITE,
  SHT_FINI_ARRAY,
  SHT_INIT_ARRAY,
  SHT_NOBITS,
  SHT_NOTE,
  SHT_PREINIT_ARRAY,
  SHT_PROGBITS,
} from "../loader/elf-constants.ts";
import type { Place } from "./diagnostics.ts";
import type { Expression } from "./expression.ts";
import type { AsmSymbol, Position } from "./symbols.ts";

/** A section, and all its subsections together, may have this many bytes. */
export const SECTION_LIMIT = 256 * 1024 * 1024;

/** Something whose size depends on the layout. It stands after `fixed` bytes of the part. */
export type Piece =
  | BranchPiece
  | {
      readonly kind: "align";
      readonly fixed: number;
      readonly boundary: number;
      readonly fill: Fill | undefined;
      /** Bytes to skip at the most, or no alignment at all. */
      readonly maximum: number;
    }
  | (DeferredPiece & { readonly kind: "org"; readonly fill: number })
  | (DeferredPiece & { readonly kind: "space"; readonly fill: number })
  | (DeferredPiece & { readonly kind: "leb128"; readonly signed: boolean });

interface DeferredPiece {
  readonly fixed: number;
  readonly expression: Expression;
  readonly place: Place;
}

/** A branch or jump to a label, as short as its distance allows. */
export interface BranchPiece {
  readonly kind: "branch";
  readonly fixed: number;
  /** The instruction of 32 bits without its target. */
  readonly word: number;
  readonly conditional: boolean;
  /** The compressed form without its target; undefined if there is none. */
  readonly short: number | undefined;
  readonly target: Expression;
  readonly place: Place;
}

/** A pattern of `width` bytes to fill with. */
export interface Fill {
  readonly value: number;
  readonly width: number;
}

/** A field of the contents that takes a value when the layout is final. */
export interface Fixup {
  readonly fixed: number;
  readonly pieces: number;
  /** A relocation type R_RISCV_*, or one of FIXUP_*. */
  readonly kind: number;
  readonly expression: Expression;
  readonly place: Place;
  /** Offset of the expression in its statement. */
  readonly offset: number;
}

// Fixups that no relocation exists for: the value must turn out to be a constant, or (of data) a
// difference, which two relocations express.
export const FIXUP_DATA8 = 256;
export const FIXUP_DATA16 = 257;
export const FIXUP_CONSTANT_I = 258;
export const FIXUP_CONSTANT_S = 259;
/** `lui` and `addi` that together give a constant. */
export const FIXUP_CONSTANT_LI = 260;

const FIRST_CAPACITY = 256;

/** A subsection: the parts of a section follow one another by number. */
export class Part {
  readonly section: Section;
  readonly number: number;
  /** Bytes of fixed size so far. */
  length = 0;
  readonly pieces: Piece[] = [];
  readonly fixups: Fixup[] = [];
  /** Offsets (of `length`) at which GNU as begins a new fragment though no piece stands there. */
  readonly breaks: number[] = [];
  /** Offset in the section. Like the next two: set by the layout. */
  base = 0;
  /** Sizes of the pieces. */
  sizes: Float64Array = new Float64Array(0);
  /** Sum of the sizes of the pieces before each one; the last entry is the sum of all. */
  before: Float64Array = new Float64Array(1);
  private data: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  private view = new DataView(this.data.buffer);

  constructor(section: Section, number: number) {
    this.section = section;
    this.number = number;
  }

  /** The bytes of fixed size. */
  get bytes(): Uint8Array {
    return this.data.subarray(0, this.section.isNobits ? 0 : this.length);
  }

  position(): Position {
    return { part: this, fixed: this.length, pieces: this.pieces.length };
  }

  emit16(value: number): void {
    const at = this.grow(2);
    this.view.setUint16(at, value, true);
  }

  emit32(value: number): void {
    const at = this.grow(4);
    this.view.setInt32(at, value, true);
  }

  /** Appends the low `width` bytes of a value given as two 32-bit halves. */
  emitInteger(low: number, high: number, width: number): void {
    const at = this.grow(width);
    for (let i = 0; i < width; i++)
      this.data[at + i] = i < 4 ? low >> (8 * i) : high >> (8 * Math.min(i - 4, 3));
  }

  emitBytes(bytes: Uint8Array): void {
    const at = this.grow(bytes.length);
    if (!this.section.isNobits) this.data.set(bytes, at);
  }

  /** Appends the characters of a byte string. */
  emitText(text: string): void {
    const at = this.grow(text.length);
    for (let i = 0; i < text.length; i++) this.data[at + i] = text.charCodeAt(i);
  }

  /** Appends a field that is filled in later. */
  emitFixup(width: number, kind: number, expression: Expression, place: Place, offset: number): void {
    this.fixups.push({ fixed: this.length, pieces: this.pieces.length, kind, expression, place, offset });
    this.grow(width);
  }

  /** Notes a field of what is appended next. */
  addFixup(kind: number, expression: Expression, place: Place, offset: number): void {
    this.fixups.push({ fixed: this.length, pieces: this.pieces.length, kind, expression, place, offset });
  }

  private grow(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.data.length && !this.section.isNobits) this.enlarge();
    return at;
  }

  private enlarge(): void {
    const larger = new Uint8Array(Math.max(this.length, this.data.length * 2));
    larger.set(this.data);
    this.data = larger;
    this.view = new DataView(larger.buffer);
  }
}

export class Section {
  readonly name: string;
  type: number;
  flags: number;
  entrySize = 0;
  align = 1;
  readonly parts: Part[] = [];
  /** Total size, set by the layout. */
  size = 0;
  /** Names the section in relocations and debug information. */
  symbol: AsmSymbol | undefined;

  constructor(name: string, type: number, flags: number) {
    this.name = name;
    this.type = type;
    this.flags = flags;
  }

  get isNobits(): boolean {
    return this.type === SHT_NOBITS;
  }

  get isCode(): boolean {
    return (this.flags & SHF_EXECINSTR) !== 0;
  }

  part(number: number): Part {
    let part = this.parts.find((candidate) => candidate.number === number);
    if (part === undefined) {
      part = new Part(this, number);
      this.parts.push(part);
      this.parts.sort((a, b) => a.number - b.number);
    }
    return part;
  }
}

/** Type and flags that a section has by its name, where nothing else is said (as GNU as decides). */
export function defaultAttributes(name: string): { type: number; flags: number } {
  const is = (stem: string) => name === stem || name.startsWith(`${stem}.`);
  if (is(".text")) return { type: SHT_PROGBITS, flags: SHF_ALLOC | SHF_EXECINSTR };
  if (is(".init") || is(".fini")) return { type: SHT_PROGBITS, flags: SHF_ALLOC | SHF_EXECINSTR };
  if (is(".data") || is(".sdata")) return { type: SHT_PROGBITS, flags: SHF_ALLOC | SHF_WRITE };
  if (is(".bss") || is(".sbss")) return { type: SHT_NOBITS, flags: SHF_ALLOC | SHF_WRITE };
  if (is(".rodata") || is(".srodata")) return { type: SHT_PROGBITS, flags: SHF_ALLOC };
  if (is(".tdata")) return { type: SHT_PROGBITS, flags: SHF_ALLOC | SHF_WRITE | SHF_TLS };
  if (is(".tbss")) return { type: SHT_NOBITS, flags: SHF_ALLOC | SHF_WRITE | SHF_TLS };
  if (is(".init_array")) return { type: SHT_INIT_ARRAY, flags: SHF_ALLOC | SHF_WRITE };
  if (is(".fini_array")) return { type: SHT_FINI_ARRAY, flags: SHF_ALLOC | SHF_WRITE };
  if (is(".preinit_array")) return { type: SHT_PREINIT_ARRAY, flags: SHF_ALLOC | SHF_WRITE };
  if (is(".note")) return { type: SHT_NOTE, flags: 0 };
  if (is(".debug_str") || is(".debug_line_str") || name === ".comment")
    return { type: SHT_PROGBITS, flags: SHF_MERGE | SHF_STRINGS };
  return { type: SHT_PROGBITS, flags: 0 };
}
