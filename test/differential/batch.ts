// Puts many random programs into one executable, which runs them one after the other and writes for each
// the hash of its registers and of its data memory: starting a process costs far more than running a program.
// An executable of one program also reports how that faulted.

import { constants } from "node:os";
import {
  EF_RISCV_RVC,
  EHDR_SIZE,
  ELF_MAGIC,
  ELFCLASS32,
  ELFDATA2LSB,
  EM_RISCV,
  ET_EXEC,
  EV_CURRENT,
  PF_R,
  PF_W,
  PF_X,
  PHDR_SIZE,
  PT_LOAD,
} from "../../host/loader/elf-constants.ts";
import { Code, emitItems } from "./emit.ts";
import { DATA, DATA_MIDDLE, DATA_SIZE, type Program } from "./program.ts";

const CODE = 0x0001_0000;
/** Pages of the driver: the registers of the program that has ended, its number, the results. */
const DRIVER = 0x0030_0000;
const DRIVER_SIZE = 65536;
const SAVED = 0;
const INDEX = 128;
const RESULTS = 256;
const ACTION = 128 + 16;
const ALTERNATE_STACK = 128 + 48;
/** The alternate stack is the upper half of the driver's pages. */
const STACK_OFFSET = 32768;
/** Bytes of a result: the hash of x1..x31, the hash of the data. */
export const RESULT_SIZE = 8;
/** Bytes of the report of a fault: signal, code, address, pc, hash of x1..x31, hash of the data. */
const REPORT_SIZE = 24;
/** Where x1 is saved from x3: in the first word of data that no access of the program is kept from. */
const X1_PLACE = -2048;

/** The prime of FNV-1a. */
const HASH_FACTOR = 0x0100_0193;

const SYS_WRITE = 64;
const SYS_EXIT_GROUP = 94;
const SYS_SIGALTSTACK = 132;
const SYS_RT_SIGACTION = 134;
const SIGNALS = [
  constants.signals.SIGILL,
  constants.signals.SIGTRAP,
  constants.signals.SIGBUS,
  constants.signals.SIGSEGV,
];
const SA_SIGINFO_ONSTACK = 0x0800_0004;
// Offsets in siginfo and ucontext.
const SI_CODE = 8;
const SI_ADDR = 12;
const UC_MCONTEXT = 160;

/** A static executable that runs the programs, writes RESULT_SIZE bytes for each and exits with 0. */
export function writeBatch(programs: readonly Program[]): Uint8Array {
  return writeExecutable(emitBatch(new Code(), programs).assemble(CODE));
}

/**
 * Likewise for one program. If that is killed by a signal, it writes a report instead (signal, code, address, pc, hash of
 * the registers, hash of the data: a word each) and exits with 128 + the signal.
 */
export function writeSingle(program: Program): Uint8Array {
  const code = new Code();
  const handler = code.newLabel();
  emitCatching(code, handler);
  emitBatch(code, [program]);
  code.mark(handler);
  emitReport(code);
  return writeExecutable(code.assemble(CODE));
}

/** The hash of words that the driver computes, too. */
export function hashWords(words: Iterable<number>): number {
  let hash = 1;
  for (const word of words) {
    hash = Math.imul(hash ^ word, HASH_FACTOR);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

/** Directs the signals of faults to a handler on a stack of its own. */
function emitCatching(code: Code, handler: number): void {
  code.loadConstant(5, DRIVER);
  code.loadAddress(6, handler);
  code.add("sw", { rs2: 6, rs1: 5, imm: ACTION });
  code.loadConstant(6, SA_SIGINFO_ONSTACK);
  code.add("sw", { rs2: 6, rs1: 5, imm: ACTION + 4 });
  code.loadConstant(6, DRIVER + STACK_OFFSET);
  code.add("sw", { rs2: 6, rs1: 5, imm: ALTERNATE_STACK });
  code.loadConstant(6, DRIVER_SIZE - STACK_OFFSET);
  code.add("sw", { rs2: 6, rs1: 5, imm: ALTERNATE_STACK + 8 });
  emitCall(code, SYS_SIGALTSTACK, DRIVER + ALTERNATE_STACK, 0);
  for (const signal of SIGNALS) emitCall(code, SYS_RT_SIGACTION, signal, DRIVER + ACTION, 0, 8);
}

/** A system call with constant arguments. */
function emitCall(code: Code, number: number, ...args: number[]): void {
  for (const [index, value] of args.entries()) code.loadConstant(10 + index, value);
  code.loadConstant(17, number);
  code.add("ecall");
}

/** The handler: x10 is the signal, x11 the siginfo, x12 the ucontext. */
function emitReport(code: Code): void {
  code.loadConstant(5, DRIVER);
  const store = (offset: number) => code.add("sw", { rs2: 6, rs1: 5, imm: RESULTS + offset });
  code.add("sw", { rs2: 10, rs1: 5, imm: RESULTS });
  code.add("lw", { rd: 6, rs1: 11, imm: SI_CODE });
  store(4);
  code.add("lw", { rd: 6, rs1: 11, imm: SI_ADDR });
  store(8);
  code.add("lw", { rd: 6, rs1: 12, imm: UC_MCONTEXT });
  store(12);
  for (let register = 1; register < 32; register++) {
    code.add("lw", { rd: 6, rs1: 12, imm: UC_MCONTEXT + register * 4 });
    code.add("sw", { rs2: 6, rs1: 5, imm: SAVED + register * 4 });
  }
  code.add("addi", { rd: 18, rs1: 5, imm: 0 });
  emitHash(code, DRIVER + SAVED, DRIVER + SAVED + 128);
  code.add("sw", { rs2: 7, rs1: 18, imm: RESULTS + 16 });
  emitHash(code, DATA, DATA + DATA_SIZE);
  code.add("sw", { rs2: 7, rs1: 18, imm: RESULTS + 20 });
  emitCall(code, SYS_WRITE, 1, DRIVER + RESULTS, REPORT_SIZE);
  code.add("lw", { rd: 10, rs1: 18, imm: RESULTS });
  code.add("addi", { rd: 10, rs1: 10, imm: 128 });
  emitCall(code, SYS_EXIT_GROUP);
}

function emitBatch(code: Code, programs: readonly Program[]): Code {
  const [next, finish, end] = [code.newLabel(), code.newLabel(), code.newLabel()];
  const starts = programs.map(() => code.newLabel());
  code.mark(next);
  emitChoice(code, starts, end);
  programs.forEach((program, index) => {
    code.mark(starts[index]!);
    emitProgram(code, program, finish);
  });
  code.mark(finish);
  emitFinish(code, next);
  code.mark(end);
  emitEnd(code, programs.length);
  return code;
}

/** Jumps to the program whose turn it is, or to the end: each start is one step of a chain. */
function emitChoice(code: Code, starts: readonly number[], end: number): void {
  code.loadConstant(5, DRIVER);
  code.add("lw", { rd: 6, rs1: 5, imm: INDEX });
  starts.forEach((start) => {
    const other = code.newLabel();
    code.jump("bne", { rs1: 6, rs2: 0 }, other);
    code.jump("jal", { rd: 0 }, start);
    code.mark(other);
    code.add("addi", { rd: 6, rs1: 6, imm: -1 });
  });
  code.jump("jal", { rd: 0 }, end);
}

function emitProgram(code: Code, program: Program, finish: number): void {
  emitFill(code, program.dataSeed);
  for (let register = 1; register < 32; register++) code.loadConstant(register, program.registers[register]!);
  emitItems(code, program.body);
  code.add("sw", { rs2: 1, rs1: 3, imm: X1_PLACE });
  code.jump("jal", { rd: 1 }, finish);
}

/** Fills the data memory with the words of a linear congruential generator. */
function emitFill(code: Code, seed: number): void {
  const again = code.newLabel();
  code.loadConstant(5, DATA);
  code.loadConstant(6, DATA + DATA_SIZE);
  code.loadConstant(7, seed);
  code.loadConstant(8, 1664525);
  code.loadConstant(9, 1013904223);
  code.mark(again);
  code.add("sw", { rs2: 7, rs1: 5, imm: 0 });
  code.add("mul", { rd: 7, rs1: 7, rs2: 8 });
  code.add("add", { rd: 7, rs1: 7, rs2: 9 });
  code.add("addi", { rd: 5, rs1: 5, imm: 4 });
  code.jump("bltu", { rs1: 5, rs2: 6 }, again);
}

function emitFinish(code: Code, next: number): void {
  code.loadConstant(1, DRIVER);
  for (let register = 2; register < 32; register++)
    code.add("sw", { rs2: register, rs1: 1, imm: SAVED + register * 4 });
  code.loadConstant(3, DATA_MIDDLE);
  code.add("lw", { rd: 5, rs1: 3, imm: X1_PLACE });
  code.add("sw", { rs2: 5, rs1: 1, imm: SAVED + 4 });
  code.add("lw", { rd: 10, rs1: 1, imm: INDEX });
  code.add("slli", { rd: 11, rs1: 10, shamt: 3 });
  code.add("add", { rd: 11, rs1: 11, rs2: 1 });
  emitHash(code, DRIVER + SAVED, DRIVER + SAVED + 128);
  code.add("sw", { rs2: 7, rs1: 11, imm: RESULTS });
  emitHash(code, DATA, DATA + DATA_SIZE);
  code.add("sw", { rs2: 7, rs1: 11, imm: RESULTS + 4 });
  code.add("addi", { rd: 10, rs1: 10, imm: 1 });
  code.add("sw", { rs2: 10, rs1: 1, imm: INDEX });
  code.jump("jal", { rd: 0 }, next);
}

/** x7 = hash of the words from one address to another, by multiplication and folding. */
function emitHash(code: Code, from: number, to: number): void {
  const again = code.newLabel();
  code.loadConstant(5, from);
  code.loadConstant(6, to);
  code.loadConstant(8, HASH_FACTOR);
  code.add("addi", { rd: 7, rs1: 0, imm: 1 });
  code.mark(again);
  code.add("lw", { rd: 9, rs1: 5, imm: 0 });
  code.add("xor", { rd: 7, rs1: 7, rs2: 9 });
  code.add("mul", { rd: 7, rs1: 7, rs2: 8 });
  code.add("srli", { rd: 9, rs1: 7, shamt: 15 });
  code.add("xor", { rd: 7, rs1: 7, rs2: 9 });
  code.add("addi", { rd: 5, rs1: 5, imm: 4 });
  code.jump("bltu", { rs1: 5, rs2: 6 }, again);
}

function emitEnd(code: Code, count: number): void {
  emitCall(code, SYS_WRITE, 1, DRIVER + RESULTS, count * RESULT_SIZE);
  emitCall(code, SYS_EXIT_GROUP, 0);
}

interface Segment {
  readonly flags: number;
  readonly address: number;
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** An ELF file of three segments: the code (which modifies itself), the driver's pages, the data. */
function writeExecutable(bytes: Uint8Array): Uint8Array {
  const none = new Uint8Array(0);
  const segments: Segment[] = [
    { flags: PF_R | PF_W | PF_X, address: CODE, bytes, size: bytes.length },
    { flags: PF_R | PF_W, address: DRIVER, bytes: none, size: DRIVER_SIZE },
    { flags: PF_R | PF_W, address: DATA, bytes: none, size: DATA_SIZE },
  ];
  const offset = 4096;
  const file = new Uint8Array(offset + bytes.length);
  const header = [
    ...[
      ELF_MAGIC,
      ELFCLASS32 | (ELFDATA2LSB << 8) | (EV_CURRENT << 16),
      0,
      0,
      ET_EXEC | (EM_RISCV << 16),
      EV_CURRENT,
    ],
    ...[CODE, EHDR_SIZE, 0, EF_RISCV_RVC, EHDR_SIZE | (PHDR_SIZE << 16), segments.length, 0],
  ];
  const programHeaders = segments.flatMap((segment) => [
    ...[PT_LOAD, segment.bytes.length > 0 ? offset : 0, segment.address, segment.address],
    ...[segment.bytes.length, segment.size, segment.flags, 4096],
  ]);
  const view = new DataView(file.buffer);
  for (const [index, word] of [...header, ...programHeaders].entries()) view.setUint32(index * 4, word, true);
  file.set(bytes, offset);
  return file;
}
