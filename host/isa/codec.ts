// Encodes and decodes instructions as the rows of the table say. The one authority of the host on what
// a word means; the core's decoder is generated from the same rows.

import { INSTRUCTIONS, type Instruction } from "../../assembly/isa/table.ts";
import {
  type Condition,
  extractField,
  type Field,
  insertField,
  type Operands,
  type Picture,
  parseCondition,
  parsePicture,
} from "./picture.ts";

export type { Field, Operands } from "./picture.ts";

/** A row with its picture and conditions parsed. */
export interface Encoding {
  readonly row: Instruction;
  readonly picture: Picture;
  /** Bytes of the instruction: 2 or 4. */
  readonly size: 2 | 4;
  /** Whether operands are those of this row rather than reserved or another row's. */
  readonly accepts: Condition;
  /** Whether it executes in user mode rather than trapping as illegal. */
  readonly executes: Condition;
}

/** What a word means. */
export interface Decoded {
  readonly encoding: Encoding;
  readonly name: string;
  readonly operands: Operands;
  readonly size: 2 | 4;
}

/** An operand that an instruction cannot express. */
export class OperandError extends RangeError {
  /** Name of the instruction, and of its operand as in the table (`imm`, `rs1`). */
  readonly instruction: string;
  readonly operand: string;

  constructor(instruction: string, operand: string, message: string) {
    super(`${instruction}: ${operand} ${message}`);
    this.name = "OperandError";
    this.instruction = instruction;
    this.operand = operand;
  }
}

/** All encodings in the order of the table. */
export const ENCODINGS: readonly Encoding[] = INSTRUCTIONS.map(makeEncoding);

function makeEncoding(row: Instruction): Encoding {
  const picture = parsePicture(row);
  const accepts = parseCondition(row.where);
  const executes = parseCondition(row.allowed);
  return { row, picture, size: picture.width === 16 ? 2 : 4, accepts, executes };
}

const BY_NAME: ReadonlyMap<string, Encoding> = new Map(
  ENCODINGS.map((encoding) => [encoding.row.name, encoding]),
);

/** The encoding with this name (lower case, as in the table), if there is one. */
export function findEncoding(name: string): Encoding | undefined {
  return BY_NAME.get(name);
}

/** The operand of this name (`rd`, `imm`, …) with the range of its values, if the encoding has it. */
export function findField(encoding: Encoding, name: string): Field | undefined {
  return encoding.picture.fields.find((field) => field.name === name);
}

/**
 * The word, or for C the halfword, of an instruction, as an unsigned number. Operands that are not given
 * are 0. Immediates are what they mean: for `lui` the value with its low 12 bits 0, for branches
 * the distance in bytes; of 32-bit ones both signed and unsigned values are taken.
 * Throws OperandError when a value is out of range or the encoding is reserved, and Error when there is no such
 * instruction or it has no such operand.
 */
export function encode(name: string, operands: Operands): number {
  const encoding = BY_NAME.get(name);
  if (!encoding) throw new Error(`there is no instruction ${name}`);
  for (const operand of Object.keys(operands)) {
    if (!findField(encoding, operand)) throw new Error(`${name} has no operand ${operand}`);
  }
  let word = encoding.picture.match;
  const values: Record<string, number> = {};
  for (const field of encoding.picture.fields) {
    const value = checkedValue(name, field, operands[field.name] ?? 0);
    values[field.name] = value;
    word |= insertField(field, value);
  }
  if (!encoding.accepts(values)) throw reserved(encoding);
  return word >>> 0;
}

/** Whether `encode` would succeed: the operands are in range and not reserved. */
export function canEncode(encoding: Encoding, operands: Operands): boolean {
  const values: Record<string, number> = {};
  for (const field of encoding.picture.fields) {
    const value = operands[field.name] ?? 0;
    if (!fits(field, value)) return false;
    values[field.name] = value;
  }
  return encoding.accepts(values);
}

function fits(field: Field, value: number): boolean {
  return value >= field.minimum && value <= field.maximum && value % field.multiple === 0;
}

function checkedValue(name: string, field: Field, given: number): number {
  const value = field.valueWidth === 32 && given <= 0xffffffff ? given | 0 : given;
  if (fits(field, value) && (value === given || value === given - 2 ** 32)) return value;
  const step = field.multiple > 1 ? ` in steps of ${field.multiple}` : "";
  throw new OperandError(
    name,
    field.name,
    `is ${given}, but must be ${field.minimum} to ${field.maximum}${step}`,
  );
}

function reserved(encoding: Encoding): OperandError {
  const { name, where = "" } = encoding.row;
  return new OperandError(name, where.split(" ")[0]!, `is reserved: ${where} must hold`);
}

/** Bytes of the instruction that begins with this halfword or word. Longer ones than 4 do not exist here. */
export function instructionSize(word: number): 2 | 4 {
  return (word & 3) === 3 ? 4 : 2;
}

/**
 * What a word means. If it begins a compressed instruction its high half is ignored. Null if no row
 * matches: reserved, of an extension that this machine does not have, or simply illegal.
 */
export function decode(word: number): Decoded | null {
  const size = instructionSize(word);
  const bits = size === 2 ? word & 0xffff : word | 0;
  for (const encoding of CANDIDATES[bucketOf(bits, size)]!) {
    if ((bits & encoding.picture.mask) !== encoding.picture.match) continue;
    const operands: Record<string, number> = {};
    for (const field of encoding.picture.fields) operands[field.name] = extractField(field, bits);
    if (encoding.accepts(operands)) return { encoding, name: encoding.row.name, operands, size };
  }
  return null;
}

/** Whether a word executes in user mode rather than trapping as illegal. */
export function isLegal(word: number): boolean {
  const decoded = decode(word);
  return decoded?.encoding.executes(decoded.operands) ?? false;
}

/** Number of the bucket of candidates: major opcode and funct3, or quadrant and funct3 of C. */
function bucketOf(bits: number, size: 2 | 4): number {
  return size === 2
    ? ((bits >>> 13) & 7) | ((bits & 3) << 3)
    : 32 + (((bits >>> 2) & 31) | ((bits >>> 7) & 0xe0));
}

/** The encodings that can match a word of each bucket. */
const CANDIDATES: readonly (readonly Encoding[])[] = Array.from({ length: 32 + 256 }, (_, bucket) =>
  ENCODINGS.filter(({ size, picture }) => {
    if ((size === 2) !== bucket < 32) return false;
    const { mask, match } = picture;
    const keyMask = size === 2 ? 0xe003 : 0x707f;
    const index = bucket - 32;
    const key =
      size === 2 ? ((bucket & 7) << 13) | (bucket >>> 3) : 3 | ((index & 31) << 2) | ((index & 0xe0) << 7);
    return ((key ^ match) & mask & keyMask) === 0;
  }),
);
