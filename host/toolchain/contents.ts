// Turns a section whose layout is final into bytes and relocations: writes out its pieces, resolves the
// fixups that need no linker, and makes relocations of the rest as GNU as does.

import {
  R_RISCV_32,
  R_RISCV_32_PCREL,
  R_RISCV_64,
  R_RISCV_ADD8,
  R_RISCV_ADD16,
  R_RISCV_ADD32,
  R_RISCV_ADD64,
  R_RISCV_BRANCH,
  R_RISCV_HI20,
  R_RISCV_JAL,
  R_RISCV_LO12_I,
  R_RISCV_LO12_S,
  R_RISCV_RVC_BRANCH,
  R_RISCV_RVC_JUMP,
  R_RISCV_SUB8,
  R_RISCV_SUB16,
  R_RISCV_SUB32,
  R_RISCV_SUB64,
} from "../loader/elf-constants.ts";
import type { Assembly } from "./assembly.ts";
import type { Place } from "./diagnostics.ts";
import { insertImmediate } from "./encoding.ts";
import { type DistanceOf, type Expression, evaluate, type Value } from "./expression.ts";
import { high32, type Integer, low32 } from "./integers.ts";
import { distanceOf, leb128Size, offsetOf } from "./layout.ts";
import { RELOCATORS } from "./relocation.ts";
import {
  type BranchPiece,
  FIXUP_CONSTANT_I,
  FIXUP_CONSTANT_LI,
  FIXUP_CONSTANT_S,
  FIXUP_DATA8,
  FIXUP_DATA16,
  type Fixup,
  type Part,
  type Piece,
  type Section,
} from "./section.ts";
import type { AsmSymbol } from "./symbols.ts";

export interface Relocation {
  readonly offset: number;
  readonly type: number;
  /** undefined: no symbol, the addend is the address. */
  readonly symbol: AsmSymbol | undefined;
  readonly addend: number;
}

export interface Contents {
  /** Empty for sections without contents in the file. */
  readonly bytes: Uint8Array;
  readonly relocations: readonly Relocation[];
}

/** The inverted condition of a branch: bit 0 of funct3. */
const INVERT = 1 << 12;
const JAL_X0 = 0x6f;
const LONG_JUMP_SIZE = 4;
const NOP = 0x13;
const SHORT_NOP = 1;

export function sectionContents(assembly: Assembly, section: Section): Contents {
  return new ContentsWriter(assembly, section).run();
}

class ContentsWriter {
  private readonly assembly: Assembly;
  private readonly section: Section;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly relocations: Relocation[] = [];

  constructor(assembly: Assembly, section: Section) {
    this.assembly = assembly;
    this.section = section;
    this.bytes = new Uint8Array(section.isNobits ? 0 : section.size);
    this.view = new DataView(this.bytes.buffer);
  }

  run(): Contents {
    for (const part of this.section.parts) {
      if (!this.section.isNobits) this.copyFixed(part);
      for (const [index, piece] of part.pieces.entries()) this.writePiece(part, piece, index);
      for (const fixup of part.fixups)
        this.resolve(fixup, part.base + fixup.fixed + part.before[fixup.pieces]!);
    }
    this.relocations.sort((a, b) => a.offset - b.offset);
    return { bytes: this.bytes, relocations: this.relocations };
  }

  private copyFixed(part: Part): void {
    const { bytes } = part;
    let from = 0;
    part.pieces.forEach((piece, index) => {
      this.bytes.set(bytes.subarray(from, piece.fixed), part.base + from + part.before[index]!);
      from = piece.fixed;
    });
    this.bytes.set(bytes.subarray(from), part.base + from + part.before[part.pieces.length]!);
  }

  private writePiece(part: Part, piece: Piece, index: number): void {
    const offset = part.base + piece.fixed + part.before[index]!;
    const size = part.sizes[index]!;
    if (this.section.isNobits) return;
    switch (piece.kind) {
      case "branch":
        return this.writeBranch(piece, offset, size);
      case "align":
        return this.writeAlign(piece, offset, size);
      case "org":
        this.checkOrg(piece, offset, size);
        this.bytes.fill(piece.fill, offset, offset + size);
        return;
      case "space":
        this.constant(piece.expression, piece.place, 0, "the number of bytes cannot be an address");
        this.bytes.fill(piece.fill, offset, offset + size);
        return;
      case "leb128":
        return this.writeLeb128(piece, offset, size);
    }
  }

  private writeAlign({ fill }: Extract<Piece, { kind: "align" }>, offset: number, size: number): void {
    if (fill !== undefined) {
      for (let i = 0; i < size; i++) this.bytes[offset + i] = fill.value >> (8 * (i % fill.width));
    } else if (this.section.isCode) this.writeNops(offset, size);
  }

  /** As GNU as pads code: a byte 0 to an even address, a short nop to a multiple of 4, then nops. */
  private writeNops(offset: number, size: number): void {
    let at = offset + (size & 1);
    if (size & 2) {
      this.view.setUint16(at, SHORT_NOP, true);
      at += 2;
    }
    for (; at < offset + size; at += 4) this.view.setInt32(at, NOP, true);
  }

  private checkOrg(piece: Extract<Piece, { kind: "org" }>, offset: number, size: number): void {
    const value = this.evaluate(piece.expression, piece.place, 0);
    if (value === undefined) return;
    const symbolOffset =
      value.plus?.position?.part.section === this.section ? offsetOf(value.plus.position) : 0;
    const to = Number(value.constant) + symbolOffset;
    if (to !== offset + size)
      this.report(
        piece.place,
        0,
        `\`.org\` cannot go back from ${offset} to ${to}`,
        `an offset of ${offset} or more`,
      );
  }

  private writeLeb128(piece: Extract<Piece, { kind: "leb128" }>, offset: number, size: number): void {
    const value = this.constant(piece.expression, piece.place, 0, "a number in LEB128 cannot be an address");
    if (value !== undefined) this.bytes.set(leb128(value, size, piece.signed), offset);
  }

  private writeBranch(piece: BranchPiece, offset: number, size: number): void {
    const { conditional, short, word, place, target } = piece;
    if (size === 2) {
      this.view.setUint16(offset, short!, true);
      this.relocate(conditional ? R_RISCV_RVC_BRANCH : R_RISCV_RVC_JUMP, target, place, offset);
    } else if (size === 4) {
      this.view.setInt32(offset, word, true);
      this.relocate(conditional ? R_RISCV_BRANCH : R_RISCV_JAL, target, place, offset);
    } else {
      // Too far for a condition: the inverted one skips a jump.
      if (size === 6) this.view.setUint16(offset, invertShort(short!), true);
      else this.view.setInt32(offset, insertImmediate("beq", word ^ INVERT, size), true);
      this.view.setInt32(offset + size - LONG_JUMP_SIZE, JAL_X0, true);
      this.relocate(R_RISCV_JAL, target, place, offset + size - LONG_JUMP_SIZE);
    }
  }

  private resolve(fixup: Fixup, offset: number): void {
    const { kind, expression, place } = fixup;
    if (kind === FIXUP_CONSTANT_I || kind === FIXUP_CONSTANT_S) this.writeConstant(fixup, offset);
    else if (kind === FIXUP_CONSTANT_LI) this.writeLi(fixup, offset);
    else this.relocate(kind, expression, place, offset, fixup.offset);
  }

  /** The constant of an `li` that is known only now. */
  private writeLi({ expression, place, offset: column }: Fixup, offset: number): void {
    const value = this.constant(expression, place, column, "`li` takes no address (`la` does)");
    if (value === undefined) return;
    RELOCATORS.get(R_RISCV_HI20)!.write(this.view, offset, low32(value));
    RELOCATORS.get(R_RISCV_LO12_I)!.write(this.view, offset + 4, low32(value));
  }

  /** A 12-bit immediate that is known only now. */
  private writeConstant({ kind, expression, place, offset: column }: Fixup, offset: number): void {
    const value = this.constant(expression, place, column, "an address does not fit an immediate of 12 bits");
    if (value === undefined) return;
    if (value < -2048 || value > 2047)
      return this.report(place, column, `${value} is out of range`, "a value from -2048 to 2047");
    const mnemonic = kind === FIXUP_CONSTANT_I ? "addi" : "sw";
    this.view.setInt32(
      offset,
      insertImmediate(mnemonic, this.view.getInt32(offset, true), Number(value)),
      true,
    );
  }

  /** Writes the value if it is known, otherwise notes a relocation (with what is known written tentatively). */
  private relocate(kind: number, expression: Expression, place: Place, offset: number, column = 0): void {
    const value = this.evaluate(expression, place, column, linkerDistance);
    if (value === undefined) return;
    if (value.minus) return this.relocateDifference(kind, value, place, offset, column);
    const relocator = RELOCATORS.get(kind);
    if (value.plus === undefined && !relocator?.relative)
      return this.writeData(kind, value.constant, place, offset, column);
    if (relocator === undefined)
      return this.report(
        place,
        column,
        "an address does not fit so few bytes",
        "`.word`, or the difference of two labels",
      );
    if (isBranch(kind) && this.isLocal(value.plus)) {
      const distance = offsetOf(value.plus!.position!) + Number(value.constant) - offset;
      const problem = relocator.write(this.view, offset, distance);
      if (problem !== undefined) this.report(place, column, problem);
      return;
    }
    if (value.plus !== undefined) this.writeTentative(kind, offset, value.plus, low32(value.constant));
    this.addRelocation(kind, offset, value.plus, value.constant);
  }

  /** What GNU as leaves in the field for people to read; the linker overwrites it. */
  private writeTentative(kind: number, offset: number, symbol: AsmSymbol, addend: number): void {
    if (ABSOLUTE.has(kind)) RELOCATORS.get(kind)!.write(this.view, offset, addend);
    if (!isBranch(kind)) return;
    const target = symbol.position === undefined ? 0 : offsetOf(symbol.position);
    RELOCATORS.get(kind)!.write(this.view, offset, target + addend - offset);
  }

  private isLocal(symbol: AsmSymbol | undefined): boolean {
    return symbol !== undefined && !symbol.isWeak && symbol.position?.part.section === this.section;
  }

  private writeData(kind: number, value: Integer, place: Place, offset: number, column: number): void {
    const width = DATA_WIDTHS.get(kind);
    if (width === undefined) RELOCATORS.get(kind)?.write(this.view, offset, low32(value));
    else if (!fitsData(value, width))
      this.report(
        place,
        column,
        `${value} does not fit ${width === 1 ? "a byte" : `${width} bytes`}`,
        dataRange(width),
      );
    else if (width < 4)
      width === 1
        ? this.view.setUint8(offset, low32(value))
        : this.view.setUint16(offset, low32(value), true);
    else {
      this.view.setInt32(offset, low32(value), true);
      if (width === 8) this.view.setInt32(offset + 4, high32(value), true);
    }
  }

  /** A difference that only the linker knows: one relocation adds, one subtracts. */
  private relocateDifference(kind: number, value: Value, place: Place, offset: number, column: number): void {
    const pair = DIFFERENCES.get(kind);
    if (pair === undefined)
      return this.report(
        place,
        column,
        "the difference of these symbols is not known here",
        "a constant, or the address of one symbol",
      );
    if (this.isHere(value.minus!, offset) && kind === R_RISCV_32 && value.plus !== undefined) {
      return this.addRelocation(R_RISCV_32_PCREL, offset, value.plus, value.constant);
    }
    this.addRelocation(pair[0], offset, value.plus, value.constant);
    this.addRelocation(pair[1], offset, value.minus, 0);
  }

  private isHere(symbol: AsmSymbol, offset: number): boolean {
    return !this.section.isCode && this.isLocal(symbol) && offsetOf(symbol.position!) === offset;
  }

  private addRelocation(type: number, offset: number, symbol: AsmSymbol | undefined, addend: Integer): void {
    if (symbol !== undefined) symbol.relocated = true;
    this.relocations.push({ offset, type, symbol, addend: low32(addend) });
  }

  private constant(
    expression: Expression,
    place: Place,
    column: number,
    message: string,
  ): Integer | undefined {
    const value = this.evaluate(expression, place, column);
    if (value === undefined) return undefined;
    if (value.plus === undefined && value.minus === undefined) return value.constant;
    this.report(place, column, `${message}; \`${(value.plus ?? value.minus)!.name}\` is one`, "a constant");
    return undefined;
  }

  private evaluate(
    expression: Expression,
    place: Place,
    column: number,
    distance: DistanceOf = distanceOf,
  ): Value | undefined {
    const value = evaluate(expression, distance);
    if (typeof value !== "string") return value;
    this.report(place, column, value);
    return undefined;
  }

  private report(place: Place, column: number, message: string, expected?: string): void {
    this.assembly.diagnostics.report(place, column, message, expected);
  }
}

/** GNU as leaves distances within code to the linker, which could shorten it. */
const linkerDistance: DistanceOf = (a, b) => (a.part.section.isCode ? undefined : distanceOf(a, b));

const BRANCHES: ReadonlySet<number> = new Set([
  R_RISCV_BRANCH,
  R_RISCV_JAL,
  R_RISCV_RVC_BRANCH,
  R_RISCV_RVC_JUMP,
]);

const ABSOLUTE: ReadonlySet<number> = new Set([R_RISCV_HI20, R_RISCV_LO12_I, R_RISCV_LO12_S]);

function isBranch(kind: number): boolean {
  return BRANCHES.has(kind);
}

const DATA_WIDTHS: ReadonlyMap<number, number> = new Map([
  [FIXUP_DATA8, 1],
  [FIXUP_DATA16, 2],
  [R_RISCV_32, 4],
  [R_RISCV_64, 8],
]);

const DIFFERENCES: ReadonlyMap<number, readonly [number, number]> = new Map([
  [FIXUP_DATA8, [R_RISCV_ADD8, R_RISCV_SUB8]],
  [FIXUP_DATA16, [R_RISCV_ADD16, R_RISCV_SUB16]],
  [R_RISCV_32, [R_RISCV_ADD32, R_RISCV_SUB32]],
  [R_RISCV_64, [R_RISCV_ADD64, R_RISCV_SUB64]],
]);

/** Whether a constant fits so many bytes, as a signed or an unsigned number. */
export function fitsData(value: Integer, width: number): boolean {
  return width === 8 || (value >= -(2 ** (8 * width - 1)) && value < 2 ** (8 * width));
}

export function dataRange(width: number): string {
  return `a value from ${-(2 ** (8 * width - 1))} to ${2 ** (8 * width) - 1}`;
}

/** The inverted c.beqz or c.bnez over the jump that follows it (6 bytes in all). */
function invertShort(word: number): number {
  return insertImmediate("c.beqz", word ^ (1 << 13), 6);
}

/** A number in LEB128, padded to `size` bytes. */
export function leb128(value: Integer, size: number, signed: boolean): Uint8Array {
  const bytes = new Uint8Array(Math.max(size, leb128Size(Number(value), signed)));
  let rest = signed ? BigInt(value) : BigInt.asUintN(64, BigInt(value));
  for (let i = 0; i < bytes.length; i++, rest >>= 7n)
    bytes[i] = Number(rest & 127n) | (i < bytes.length - 1 ? 128 : 0);
  return bytes;
}
