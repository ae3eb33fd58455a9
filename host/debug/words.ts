// The next instruction in words, with the values that it will work on and what will come of it:
// "adds -16 to sp (0x7fff0010) → sp = 0x7fff0000".

import { CSRS, REGISTER_NAMES } from "../../assembly/isa/table.ts";
import { type Decoded, decode, isLegal, type Operands } from "../isa/codec.ts";
import { expand } from "../isa/expansion.ts";
import { callTable } from "../syscalls/table.ts";
import { ACCESSES, ATOMICS, COMPUTATIONS, TESTS } from "./arithmetic.ts";
import { formatAddress } from "./format.ts";

/** What of a process an instruction can depend on. */
export interface Machine32 {
  readonly pc: number;
  register(number: number): number | undefined;
  read(address: number, length: number): Uint8Array;
}

/** What an instruction will do, if it does not trap. All numbers unsigned. */
export interface InstructionInWords {
  readonly text: string;
  /** Address of the instruction after it. */
  readonly next: number;
  /** The register that it writes, and with what; absent where that cannot be foretold. */
  readonly register?: { readonly number: number; readonly value: number };
  /** The memory that it reads or writes. */
  readonly memory?: { readonly address: number; readonly size: number; readonly write: boolean };
}

type Outcome = Omit<InstructionInWords, "next"> & { readonly next?: number };

interface Subject {
  readonly machine: Machine32;
  readonly name: string;
  readonly operands: Operands;
  readonly size: number;
  readonly nameOf: (address: number) => string;
}

/**
 * Describes the instruction `word` at the machine's pc. `nameOf` gives the symbol of an address, or "".
 */
export function describeInstruction(
  word: number,
  machine: Machine32,
  nameOf: (address: number) => string = () => "",
): InstructionInWords {
  const decoded = decode(word);
  if (decoded === null || !isLegal(word)) {
    return { text: "is no instruction of this machine: SIGILL", next: machine.pc };
  }
  const next = (machine.pc + decoded.size) >>> 0;
  return { next, ...describe(subjectOf(decoded, machine, nameOf)) };
}

function subjectOf(decoded: Decoded, machine: Machine32, nameOf: (address: number) => string): Subject {
  return { machine, ...expand(decoded), size: decoded.size, nameOf };
}

function describe(subject: Subject): Outcome {
  const { name, operands, machine } = subject;
  if (name in COMPUTATIONS) return computation(subject);
  if (name in TESTS) return branch(subject);
  if (name in ACCESSES) return name.startsWith("l") ? load(subject) : store(subject);
  if (name in ATOMICS) return atomic(subject);
  switch (name) {
    case "lui":
      return writes(
        operands["rd"]!,
        `sets ${reg(operands["rd"]!)} to ${hex(operands["imm"]!)}`,
        operands["imm"]!,
      );
    case "auipc": {
      const value = machine.pc + operands["imm"]!;
      return writes(operands["rd"]!, `adds ${hex(operands["imm"]!)} to the pc (${hex(machine.pc)})`, value);
    }
    case "jal":
    case "jalr":
      return jump(subject);
    case "ecall":
      return { text: `calls the kernel: ${callOf(machine)}` };
    case "ebreak":
      return { text: "traps to the debugger, else SIGTRAP", next: machine.pc };
    case "lr.w":
      return load({ ...subject, name: "lw", operands: { ...operands, imm: 0 } }, " and reserves it");
    case "sc.w":
      return storeConditional(subject);
    case "fence":
    case "fence.i":
      return {
        text: name === "fence" ? "orders memory accesses" : "makes earlier stores visible to fetches",
      };
    default:
      return readsCounter(subject);
  }
}

function hex(value: number): string {
  return `0x${(value >>> 0).toString(16)}`;
}

function reg(number: number): string {
  return REGISTER_NAMES[number]!;
}

/** Small numbers in decimal, others in hexadecimal. */
function shown(value: number): string {
  const signed = value | 0;
  return signed > -4096 && signed < 4096 ? `${signed}` : hex(value);
}

function valueIn({ machine }: Subject, register: number): number | undefined {
  return register === 0 ? 0 : machine.register(register);
}

/** A register with its value: "a0 (3)"; x0 is the number 0. */
function withValue(subject: Subject, register: number): string {
  if (register === 0) return "0";
  const value = valueIn(subject, register);
  return value === undefined ? reg(register) : `${reg(register)} (${shown(value)})`;
}

function fill(words: string, a: string, b: string): string {
  return words.replace(/[AB]\b/g, (letter) => (letter === "A" ? a : b));
}

/** `text`, and what the destination will be. */
function writes(rd: number, text: string, value: number | undefined): Outcome {
  if (rd === 0) return { text: `${text}; the result is dropped` };
  if (value === undefined) return { text: `${text}, into ${reg(rd)}` };
  return {
    text: `${text} → ${reg(rd)} = ${shown(value)}`,
    register: { number: rd, value: value >>> 0 },
  };
}

function computation(subject: Subject): Outcome {
  const { name, operands } = subject;
  const { rd = 0, rs1 = 0, rs2 } = operands;
  const immediate = operands["imm"] ?? operands["shamt"];
  const a = valueIn(subject, rs1);
  const b = rs2 === undefined ? immediate : valueIn(subject, rs2);
  if (rd === 0) return { text: "does nothing: x0 stays 0" };
  const row = COMPUTATIONS[name]!;
  const result = a === undefined || b === undefined ? undefined : row.compute(a | 0, b | 0);
  if (name === "addi" && rs1 === 0) return writes(rd, `sets ${reg(rd)} to ${shown(b!)}`, result);
  if (name === "addi" && b === 0) return writes(rd, `copies ${withValue(subject, rs1)}`, result);
  if (name === "add" && rs1 === 0) return writes(rd, `copies ${withValue(subject, rs2!)}`, result);
  const second = rs2 === undefined ? shown(immediate!) : withValue(subject, rs2);
  return writes(rd, fill(row.words, withValue(subject, rs1), second), result);
}

function branch(subject: Subject): Outcome {
  const { name, operands, machine, nameOf } = subject;
  const { rs1 = 0, rs2 = 0 } = operands;
  const row = TESTS[name]!;
  const target = (machine.pc + operands["imm"]!) >>> 0;
  const [a, b] = [valueIn(subject, rs1), valueIn(subject, rs2)];
  const condition = fill(row.words, withValue(subject, rs1), withValue(subject, rs2));
  const text = `jumps to ${formatAddress(target, nameOf(target))} if ${condition}`;
  if (a === undefined || b === undefined) return { text };
  const taken = row.holds(a | 0, b | 0);
  return { text: `${text}: ${taken ? "it does" : "it does not"}`, ...(taken && { next: target }) };
}

/** Address of an access, and the same in words: "0x7ffefff8 (sp + 8)". */
function placeOf(subject: Subject): { address: number | undefined; text: string } {
  const { rs1 = 0, imm = 0 } = subject.operands;
  const base = valueIn(subject, rs1);
  const sum = imm === 0 ? reg(rs1) : `${reg(rs1)} ${imm < 0 ? "-" : "+"} ${Math.abs(imm)}`;
  if (base === undefined) return { address: undefined, text: sum };
  const address = (base + imm) >>> 0;
  return { address, text: `${formatAddress(address, subject.nameOf(address))} (${sum})` };
}

function wordAt(subject: Subject, address: number, size: number, signed: boolean): number | undefined {
  const bytes = subject.machine.read(address, size);
  if (bytes.length < size) return undefined;
  let value = 0;
  bytes.forEach((byte, index) => {
    value |= byte << (8 * index);
  });
  const shift = 32 - 8 * size;
  return signed ? (value << shift) >> shift : value;
}

function load(subject: Subject, also = ""): Outcome {
  const { name, operands } = subject;
  const { words, size, signed } = ACCESSES[name]!;
  const { address, text } = placeOf(subject);
  const what = `reads the ${words} at ${text}${also}`;
  if (address === undefined) return writes(operands["rd"]!, what, undefined);
  const memory = { address, size, write: false };
  const value = wordAt(subject, address, size, signed);
  if (value === undefined) return { text: `${what}, where nothing can be read: it faults`, memory };
  return { ...writes(operands["rd"]!, what, value), memory };
}

function store(subject: Subject): Outcome {
  const { name, operands } = subject;
  const { words, size } = ACCESSES[name]!;
  const { address, text } = placeOf(subject);
  const what = `writes ${withValue(subject, operands["rs2"]!)} to the ${words} at ${text}`;
  if (address === undefined) return { text: what };
  const before = wordAt(subject, address, size, true);
  const memory = { address, size, write: true };
  return { text: before === undefined ? what : `${what}, which is ${shown(before)}`, memory };
}

function storeConditional(subject: Subject): Outcome {
  const { address, text } = placeOf(subject);
  const { rd = 0, rs2 = 0 } = subject.operands;
  const what = `writes ${withValue(subject, rs2)} to the word at ${text} if it is still reserved`;
  return {
    text: `${what}; ${reg(rd)} = 0 if so, else 1`,
    ...(address !== undefined && { memory: { address, size: 4, write: true } }),
  };
}

function atomic(subject: Subject): Outcome {
  const { name, operands } = subject;
  const { rd = 0, rs2 = 0 } = operands;
  const { address, text } = placeOf(subject);
  const before = address === undefined ? undefined : wordAt(subject, address, 4, true);
  const b = valueIn(subject, rs2);
  const word = `the word at ${text}${before === undefined ? "" : `, ${shown(before)},`}`;
  const row = ATOMICS[name]!;
  const what = fill(row.words, word, withValue(subject, rs2));
  const result = before === undefined || b === undefined ? undefined : row.compute(before, b | 0);
  const stored = result === undefined ? `${what} and stores it` : `${what} and stores ${shown(result)}`;
  return {
    ...writes(rd, `${stored}; the old word`, before),
    ...(address !== undefined && { memory: { address, size: 4, write: true } }),
  };
}

function jump(subject: Subject): Outcome {
  const { name, operands, machine, nameOf } = subject;
  const { rd = 0, rs1 = 0, imm = 0 } = operands;
  const base = name === "jal" ? machine.pc : valueIn(subject, rs1);
  const target = base === undefined ? undefined : name === "jal" ? base + imm : (base + imm) & ~1;
  const place = target === undefined ? reg(rs1) : formatAddress(target >>> 0, nameOf(target >>> 0));
  const next = target === undefined ? {} : { next: target >>> 0 };
  if (rd === 0) {
    const returns = name === "jalr" && rs1 === 1 && imm === 0;
    return { text: `${returns ? "returns" : "jumps"} to ${place}`, ...next };
  }
  return { ...writes(rd, `calls ${place}`, (machine.pc + subject.size) >>> 0), ...next };
}

const CALLS = new Map(callTable.map((row) => [row.number, row]));
const A0 = 10;
const A7 = 17;

/** The system call that the registers ask for: "write(1, 0x11000, 6)". */
export function callOf(machine: Pick<Machine32, "register">): string {
  const number = machine.register(A7);
  if (number === undefined) return "the call in a7";
  const row = CALLS.get(number | 0);
  if (row === undefined) return `call ${number | 0}, which does not exist: ENOSYS`;
  const args = row.arguments.map((_, index) => shown(machine.register(A0 + index) ?? 0));
  return `${row.name}(${args.join(", ")})`;
}

function readsCounter({ operands }: Subject): Outcome {
  const counter = CSRS.find(({ number }) => number === operands["csr"]);
  const name = counter === undefined ? hex(operands["csr"]!) : `${counter.name}: ${counter.meaning}`;
  return { text: `reads the counter ${name}, into ${reg(operands["rd"]!)}` };
}
