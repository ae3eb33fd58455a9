// The initial stack: argc, argv, envp, the auxiliary vector, and the strings they point to, in the order in
// which Linux lays them out (fs/binfmt_elf.c, create_elf_tables; fs/exec.c).
//
//   sp → argc | argv[0..] | 0 | envp[0..] | 0 | auxv pairs, AT_NULL | padding |
//        16 random bytes | argv strings | envp strings | path | 4 zero bytes ← STACK_TOP

import { PAGE_SIZE } from "../../assembly/layout.ts";
import { STACK_TOP } from "../memory/layout.ts";
import type { ElfFile } from "./elf.ts";
import { PHDR_SIZE } from "./elf-constants.ts";

export const AT_NULL = 0;
export const AT_PHDR = 3;
export const AT_PHENT = 4;
export const AT_PHNUM = 5;
export const AT_PAGESZ = 6;
export const AT_BASE = 7;
export const AT_FLAGS = 8;
export const AT_ENTRY = 9;
export const AT_UID = 11;
export const AT_EUID = 12;
export const AT_GID = 13;
export const AT_EGID = 14;
export const AT_HWCAP = 16;
export const AT_CLKTCK = 17;
export const AT_SECURE = 23;
export const AT_RANDOM = 25;
export const AT_EXECFN = 31;

/** I, M, A and C: bit n stands for the extension with letter 'A' + n. */
export const HWCAP = 0x1105;
export const CLOCK_TICKS = 100;
export const RANDOM_BYTES = 16;

/** Longest argument or environment string, with its NUL. */
const STRING_LIMIT = 32 * PAGE_SIZE;
/** Arguments and environment together: a quarter of the stack, within these bounds. */
const TOTAL_LIMIT_MIN = 128 * 1024;
const TOTAL_LIMIT_MAX = 6 * 1024 * 1024;

export interface StackContents {
  /** Byte strings without NUL. */
  readonly path: string;
  readonly arguments: readonly string[];
  readonly environment: readonly string[];
  /** RANDOM_BYTES bytes for AT_RANDOM. */
  readonly random: Uint8Array;
}

/** Whether execve accepts the strings (else E2BIG). `stackLimit`: RLIMIT_STACK in bytes, -1 for none. */
export function stringsFit(contents: StackContents, stackLimit: number): boolean {
  const strings = [contents.path, ...contents.arguments, ...contents.environment];
  if (strings.some((string) => string.length + 1 > STRING_LIMIT)) return false;
  const quarter = stackLimit < 0 ? TOTAL_LIMIT_MAX : Math.floor(stackLimit / 4);
  const limit = Math.max(Math.min(quarter, TOTAL_LIMIT_MAX), TOTAL_LIMIT_MIN);
  const pointers = 4 * (contents.arguments.length + contents.environment.length);
  return strings.reduce((sum, string) => sum + string.length + 1, pointers) <= limit;
}

export interface InitialStack {
  /** Multiple of 16. */
  readonly stackPointer: number;
  /** What lies from the stack pointer up to STACK_TOP. */
  readonly bytes: Uint8Array;
}

export function buildStack(elf: ElfFile, contents: StackContents): InitialStack {
  const { path, environment, random } = contents;
  const strings = [path, ...[...environment].reverse(), ...[...contents.arguments].reverse()];
  const stringBytes = strings.reduce((sum, string) => sum + string.length + 1, 4);
  const randomAt = STACK_TOP - stringBytes - RANDOM_BYTES;
  const vector = auxiliaryVector(elf, randomAt, STACK_TOP - 4 - (path.length + 1));
  const words = 1 + contents.arguments.length + 1 + environment.length + 1 + vector.length;
  const stackPointer = Math.floor((randomAt - words * 4) / 16) * 16;
  const bytes = new Uint8Array(STACK_TOP - stackPointer);

  const addresses: number[] = [];
  let top = STACK_TOP - 4;
  for (const string of strings) {
    top -= string.length + 1;
    addresses.push(top);
    writeString(bytes, top - stackPointer, string);
  }
  addresses.reverse(); // argv, envp, path
  const argc = contents.arguments.length;
  const argv = addresses.slice(0, argc);
  const envp = addresses.slice(argc, argc + environment.length);
  writeWords(bytes, [argc, ...argv, 0, ...envp, 0, ...vector]);
  bytes.set(random, randomAt - stackPointer);
  return { stackPointer, bytes };
}

/** In Linux's order. All processes are root's, and no program is set-user-id. */
function auxiliaryVector(elf: ElfFile, randomAt: number, pathAt: number): number[] {
  const pairs = [
    [AT_HWCAP, HWCAP],
    [AT_PAGESZ, PAGE_SIZE],
    [AT_CLKTCK, CLOCK_TICKS],
    [AT_PHDR, elf.headersAddress],
    [AT_PHENT, PHDR_SIZE],
    [AT_PHNUM, elf.headerCount],
    [AT_BASE, 0],
    [AT_FLAGS, 0],
    [AT_ENTRY, elf.entry],
    [AT_UID, 0],
    [AT_EUID, 0],
    [AT_GID, 0],
    [AT_EGID, 0],
    [AT_SECURE, 0],
    [AT_RANDOM, randomAt],
    [AT_EXECFN, pathAt],
    [AT_NULL, 0],
  ];
  return pairs.flat();
}

function writeString(bytes: Uint8Array, at: number, string: string): void {
  for (let i = 0; i < string.length; i++) bytes[at + i] = string.charCodeAt(i);
}

function writeWords(bytes: Uint8Array, words: readonly number[]): void {
  const view = new DataView(bytes.buffer);
  for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
}
