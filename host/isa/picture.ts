// Reads the bit pictures and conditions of the instruction table: what is fixed, where each operand's
// bits stand, which values it can take. Knows the notation of table.ts and nothing of any instruction.

import { CSRS, type Instruction } from "../../assembly/isa/table.ts";

/** Values of an instruction's operands by name: registers as 0..31, immediates as what they mean. */
export type Operands = Readonly<Record<string, number>>;

/** A run of an operand's bits in the encoding. */
interface Piece {
  /** Lowest bit of the run in the encoding. */
  readonly position: number;
  readonly width: number;
  /** Lowest bit of the run in the operand's value. */
  readonly valueBit: number;
}

/** An operand of an encoding: its bits and the values that they can express. */
export interface Field {
  readonly name: string;
  readonly pieces: readonly Piece[];
  /** Added to the bits: 8 for the 3-bit register fields. */
  readonly base: number;
  readonly signed: boolean;
  /** Bits of the value including those that are always 0. */
  readonly valueWidth: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Values are multiples of this. */
  readonly multiple: number;
}

/** A parsed picture. */
export interface Picture {
  /** Width of the encoding in bits: 16 or 32. */
  readonly width: number;
  /** The fixed bits, and their values: a word w matches if (w & mask) == match. */
  readonly mask: number;
  readonly match: number;
  /** Bits that execution ignores. */
  readonly ignored: number;
  readonly fields: readonly Field[];
}

const FIELD_WIDTHS: Readonly<Record<string, number>> = {
  rd: 5,
  rs1: 5,
  rs2: 5,
  "rd/rs1": 5,
  "rd'": 3,
  "rs1'": 3,
  "rs2'": 3,
  "rd'/rs1'": 3,
  shamt: 5,
  zimm: 5,
  csr: 12,
  fm: 4,
  pred: 4,
  succ: 4,
  aq: 1,
  rl: 1,
};

const REGISTER_BASE = 8;

/** Parses the picture of one row. Throws when it breaks the notation: a mistake in the table. */
export function parsePicture(row: Instruction): Picture {
  const width = row.extension === "C" ? 16 : 32;
  const pieces = new Map<string, Piece[]>();
  let position = width;
  let mask = 0;
  let match = 0;
  let ignored = 0;
  for (const item of row.bits.split(" ")) {
    if (/^[01-]+$/.test(item)) {
      for (const bit of item) {
        const value = 2 ** --position;
        if (bit === "-") ignored += value;
        else mask += value;
        if (bit === "1") match += value;
      }
      continue;
    }
    for (const [high, low] of valueBits(row, item)) {
      position -= high - low + 1;
      const piece = { position, width: high - low + 1, valueBit: low };
      pieces.set(operandKey(item), [...(pieces.get(operandKey(item)) ?? []), piece]);
    }
  }
  if (position !== 0)
    throw new Error(`${row.name}: the picture is ${width - position} bits wide, not ${width}`);
  const fields = [...pieces].map(([key, list]) => makeField(key, list));
  return { width, mask: mask | 0, match: match | 0, ignored: ignored | 0, fields };
}

/** What stands in an item, as inclusive ranges of value bits from left to right. */
function valueBits(row: Instruction, item: string): [number, number][] {
  const width = FIELD_WIDTHS[item];
  if (width !== undefined) return [[width - 1, 0]];
  const immediate = /^u?imm\[([\d:|]+)\]$/.exec(item);
  if (!immediate) throw new Error(`${row.name}: ${item} is no field of a picture`);
  return immediate[1]!.split("|").map((range) => {
    const [high, low = high] = range.split(":").map(Number);
    return [high!, low!];
  });
}

/** Operand name of an item with the prime kept, which says that the field has 3 bits. */
function operandKey(item: string): string {
  if (item.startsWith("imm")) return "imm";
  if (item.startsWith("uimm")) return "uimm";
  return item.split("/")[0]!;
}

function makeField(key: string, pieces: readonly Piece[]): Field {
  const signed = key === "imm";
  const base = key.endsWith("'") ? REGISTER_BASE : 0;
  const valueWidth = Math.max(...pieces.map((piece) => piece.valueBit + piece.width));
  const multiple = 2 ** Math.min(...pieces.map((piece) => piece.valueBit));
  const span = 2 ** valueWidth;
  const minimum = signed ? -span / 2 : base;
  const maximum = (signed ? span / 2 : base + span) - multiple;
  return { name: key.replace("'", ""), pieces, base, signed, valueWidth, minimum, maximum, multiple };
}

/** Gathers the value of an operand from an encoding. */
export function extractField(field: Field, word: number): number {
  let value = 0;
  for (const { position, width, valueBit } of field.pieces) {
    value |= ((word >>> position) & lowBits(width)) << valueBit;
  }
  const unused = 32 - field.valueWidth;
  return field.signed ? (value << unused) >> unused : value + field.base;
}

/** Scatters the value of an operand, which is in range, to its bits of an encoding. */
export function insertField(field: Field, value: number): number {
  const bits = value - field.base;
  let word = 0;
  for (const { position, width, valueBit } of field.pieces) {
    word |= ((bits >>> valueBit) & lowBits(width)) << position;
  }
  return word;
}

function lowBits(width: number): number {
  return 2 ** width - 1;
}

/** A condition on operands, from `where` or `allowed`. */
export type Condition = (operands: Operands) => boolean;

/** Parses a condition; without one everything holds. Throws on a mistake in the table. */
export function parseCondition(text: string | undefined): Condition {
  if (text === undefined) return () => true;
  if (text === "never") return () => false;
  const terms = text.split(" and ").map(parseTerm);
  return (operands) => terms.every((term) => term(operands));
}

function parseTerm(text: string): Condition {
  const term = /^(\w+) (!?=) (-?\d+|\w+)$/.exec(text);
  if (!term) throw new Error(`"${text}" is no condition`);
  const [, field, operator, value] = term as unknown as [string, string, string, string];
  if (value === "counter") return (operands) => CSRS.some((csr) => csr.number === operands[field]);
  const number = CSRS.find((csr) => csr.name === value)?.number ?? Number(value);
  if (Number.isNaN(number)) throw new Error(`"${value}" in "${text}" is no number and no register`);
  return operator === "="
    ? (operands) => operands[field] === number
    : (operands) => operands[field] !== number;
}
