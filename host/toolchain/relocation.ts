// Writes values into the fields of instructions and data that relocations name (RISC-V ELF psABI,
// chapter 8.4). Shared by the assembler, for what it resolves itself, and the linker.

import { findEncoding } from "../isa/codec.ts";
import { type Field, insertField } from "../isa/picture.ts";
import {
  R_RISCV_32,
  R_RISCV_32_PCREL,
  R_RISCV_64,
  R_RISCV_ADD8,
  R_RISCV_ADD16,
  R_RISCV_ADD32,
  R_RISCV_ADD64,
  R_RISCV_ALIGN,
  R_RISCV_BRANCH,
  R_RISCV_CALL,
  R_RISCV_CALL_PLT,
  R_RISCV_HI20,
  R_RISCV_JAL,
  R_RISCV_LO12_I,
  R_RISCV_LO12_S,
  R_RISCV_NONE,
  R_RISCV_PCREL_HI20,
  R_RISCV_PCREL_LO12_I,
  R_RISCV_PCREL_LO12_S,
  R_RISCV_RELAX,
  R_RISCV_RVC_BRANCH,
  R_RISCV_RVC_JUMP,
  R_RISCV_RVC_LUI,
  R_RISCV_SET_ULEB128,
  R_RISCV_SET6,
  R_RISCV_SET8,
  R_RISCV_SET16,
  R_RISCV_SET32,
  R_RISCV_SUB_ULEB128,
  R_RISCV_SUB6,
  R_RISCV_SUB8,
  R_RISCV_SUB16,
  R_RISCV_SUB32,
  R_RISCV_SUB64,
  R_RISCV_TPREL_ADD,
  R_RISCV_TPREL_HI20,
  R_RISCV_TPREL_LO12_I,
  R_RISCV_TPREL_LO12_S,
} from "../loader/elf-constants.ts";

/** An instruction's immediate: where its bits stand, and which values fit. */
interface Target {
  readonly field: Field;
  readonly mask: number;
  readonly size: 2 | 4;
}

function immediateOf(name: string): Target {
  const encoding = findEncoding(name)!;
  const field = encoding.picture.fields.find((candidate) => candidate.name === "imm")!;
  // All bits set: -1 rounded down to what the field can express.
  return { field, mask: insertField(field, -1), size: encoding.size };
}

const BRANCH = immediateOf("beq");
const JUMP = immediateOf("jal");
const SHORT_BRANCH = immediateOf("c.beqz");
const SHORT_JUMP = immediateOf("c.j");
const SHORT_UPPER = immediateOf("c.lui");
const UPPER = immediateOf("lui");
const LOW_I = immediateOf("addi");
const LOW_S = immediateOf("sw");

/** How a relocation's value is computed from S + A, and where it goes. */
export interface Relocator {
  readonly name: string;
  /** The distance from the field, rather than the address, is meant. */
  readonly relative: boolean;
  /** Writes the value; a text says why it does not fit. */
  readonly write: (view: DataView, offset: number, value: number) => string | undefined;
}

/** The part of a value that `lui` or `auipc` gives, so that a signed low part of 12 bits completes it. */
export function highPart(value: number): number {
  return (value + 0x800) & ~0xfff;
}

/** The part of a value that the low 12 bits of an instruction add. */
export function lowPart(value: number): number {
  return (value << 20) >> 20;
}

function put(view: DataView, offset: number, { field, mask, size }: Target, value: number): void {
  const bits = insertField(field, value);
  if (size === 2) view.setUint16(offset, (view.getUint16(offset, true) & ~mask) | bits, true);
  else view.setInt32(offset, (view.getInt32(offset, true) & ~mask) | bits, true);
}

function within(target: Target): Relocator["write"] {
  const { minimum, maximum, multiple } = target.field;
  return (view, offset, value) => {
    const distance = value | 0;
    if (distance < minimum || distance > maximum)
      return `the target is ${distance} bytes away, reach is ${minimum} to ${maximum}`;
    if (distance % multiple !== 0) return `the target is at an odd distance (${distance} bytes)`;
    put(view, offset, target, distance);
    return undefined;
  };
}

const writeHigh: Relocator["write"] = (view, offset, value) => {
  put(view, offset, UPPER, highPart(value));
  return undefined;
};

function writeLow(target: Target): Relocator["write"] {
  return (view, offset, value) => {
    put(view, offset, target, lowPart(value));
    return undefined;
  };
}

const writeCall: Relocator["write"] = (view, offset, value) => {
  put(view, offset, UPPER, highPart(value));
  put(view, offset + 4, LOW_I, lowPart(value));
  return undefined;
};

const writeShortUpper: Relocator["write"] = (view, offset, value) => {
  const high = highPart(value) | 0;
  if (high === 0) {
    // c.lui cannot express 0: as GNU ld does, it becomes c.li.
    view.setUint16(offset, (view.getUint16(offset, true) & 0x0f83) | 0x4001, true);
    return undefined;
  }
  return within(SHORT_UPPER)(view, offset, high);
};

const WORD = 4;

function get(view: DataView, offset: number, width: number): number {
  return width === 1
    ? view.getUint8(offset)
    : width === 2
      ? view.getUint16(offset, true)
      : view.getInt32(offset, true);
}

function set(view: DataView, offset: number, width: number, value: number): undefined {
  if (width === 1) view.setUint8(offset, value);
  else if (width === 2) view.setUint16(offset, value, true);
  else view.setInt32(offset, value, true);
}

/** Adds (or, with -1, subtracts) to what stands there. */
function accumulate(width: number, sign: number): Relocator["write"] {
  if (width <= WORD)
    return (view, offset, value) => set(view, offset, width, get(view, offset, width) + sign * value);
  return (view, offset, value) => {
    view.setBigInt64(offset, view.getBigInt64(offset, true) + BigInt(sign) * BigInt(value >>> 0), true);
    return undefined;
  };
}

function store(width: number): Relocator["write"] {
  return (view, offset, value) => set(view, offset, width, value);
}

const store64: Relocator["write"] = (view, offset, value) => {
  view.setBigInt64(offset, BigInt(value >>> 0), true);
  return undefined;
};

/** The low 6 bits of a byte (call-frame information). */
function sixBits(combine: (old: number, value: number) => number): Relocator["write"] {
  return (view, offset, value) => {
    const byte = view.getUint8(offset);
    view.setUint8(offset, (byte & 0xc0) | (combine(byte, value) & 0x3f));
    return undefined;
  };
}

/** Rewrites a LEB128 number in the bytes that it has. */
function leb128(combine: (old: number, value: number) => number): Relocator["write"] {
  return (view, offset, value) => {
    let old = 0;
    let end = offset;
    for (let shift = 0; ; shift += 7, end++) {
      const byte = view.getUint8(end);
      old |= (byte & 127) << shift;
      if (byte < 128) break;
    }
    let rest = combine(old, value) >>> 0;
    for (let at = offset; at <= end; at++, rest >>>= 7)
      view.setUint8(at, (rest & 127) | (at < end ? 128 : 0));
    return rest === 0 ? undefined : "the difference does not fit the bytes kept for it";
  };
}

const nothing: Relocator["write"] = () => undefined;

type Row = readonly [type: number, name: string, relative: boolean, write: Relocator["write"]];

// biome-ignore format: a table
const ROWS: readonly Row[] = [
  [R_RISCV_NONE, "NONE", false, nothing],
  [R_RISCV_RELAX, "RELAX", false, nothing],
  [R_RISCV_ALIGN, "ALIGN", false, nothing],
  [R_RISCV_TPREL_ADD, "TPREL_ADD", false, nothing],
  [R_RISCV_32, "32", false, store(4)],
  [R_RISCV_64, "64", false, store64],
  [R_RISCV_32_PCREL, "32_PCREL", true, store(4)],
  [R_RISCV_BRANCH, "BRANCH", true, within(BRANCH)],
  [R_RISCV_JAL, "JAL", true, within(JUMP)],
  [R_RISCV_RVC_BRANCH, "RVC_BRANCH", true, within(SHORT_BRANCH)],
  [R_RISCV_RVC_JUMP, "RVC_JUMP", true, within(SHORT_JUMP)],
  [R_RISCV_RVC_LUI, "RVC_LUI", false, writeShortUpper],
  [R_RISCV_CALL, "CALL", true, writeCall],
  [R_RISCV_CALL_PLT, "CALL_PLT", true, writeCall],
  [R_RISCV_HI20, "HI20", false, writeHigh],
  [R_RISCV_LO12_I, "LO12_I", false, writeLow(LOW_I)],
  [R_RISCV_LO12_S, "LO12_S", false, writeLow(LOW_S)],
  [R_RISCV_PCREL_HI20, "PCREL_HI20", true, writeHigh],
  [R_RISCV_PCREL_LO12_I, "PCREL_LO12_I", false, writeLow(LOW_I)],
  [R_RISCV_PCREL_LO12_S, "PCREL_LO12_S", false, writeLow(LOW_S)],
  [R_RISCV_TPREL_HI20, "TPREL_HI20", false, writeHigh],
  [R_RISCV_TPREL_LO12_I, "TPREL_LO12_I", false, writeLow(LOW_I)],
  [R_RISCV_TPREL_LO12_S, "TPREL_LO12_S", false, writeLow(LOW_S)],
  [R_RISCV_ADD8, "ADD8", false, accumulate(1, 1)],
  [R_RISCV_ADD16, "ADD16", false, accumulate(2, 1)],
  [R_RISCV_ADD32, "ADD32", false, accumulate(4, 1)],
  [R_RISCV_ADD64, "ADD64", false, accumulate(8, 1)],
  [R_RISCV_SUB8, "SUB8", false, accumulate(1, -1)],
  [R_RISCV_SUB16, "SUB16", false, accumulate(2, -1)],
  [R_RISCV_SUB32, "SUB32", false, accumulate(4, -1)],
  [R_RISCV_SUB64, "SUB64", false, accumulate(8, -1)],
  [R_RISCV_SET6, "SET6", false, sixBits((_, value) => value)],
  [R_RISCV_SUB6, "SUB6", false, sixBits((old, value) => old - value)],
  [R_RISCV_SET8, "SET8", false, store(1)],
  [R_RISCV_SET16, "SET16", false, store(2)],
  [R_RISCV_SET32, "SET32", false, store(4)],
  [R_RISCV_SET_ULEB128, "SET_ULEB128", false, leb128((_, value) => value)],
  [R_RISCV_SUB_ULEB128, "SUB_ULEB128", false, leb128((old, value) => old - value)],
];

/** How to apply each relocation type that occurs in static programs. */
export const RELOCATORS: ReadonlyMap<number, Relocator> = new Map(
  ROWS.map(([type, name, relative, write]) => [type, { name: `R_RISCV_${name}`, relative, write }]),
);
