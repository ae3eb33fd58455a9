// Parses static RV32 executables in ELF32: the file header and the program headers (System V ABI chapters 4
// and 5, RISC-V ELF psABI). Sections are not needed to run a program; symbols.ts reads them. Every malformed
// file gives an ElfError. Costs at most MAX_PROGRAM_HEADERS small records, whatever the file says.

import { PAGE_MASK, PROTECT_EXECUTE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import { MMAP_BASE, TRAMPOLINE, USER_END, USER_START } from "../memory/layout.ts";
import {
  EF_RISCV_FLOAT_ABI,
  EF_RISCV_RVC,
  EF_RISCV_RVE,
  EHDR_SIZE,
  ELF_MAGIC,
  ELFCLASS32,
  ELFDATA2LSB,
  ELFOSABI_NONE,
  EM_RISCV,
  ET_DYN,
  ET_EXEC,
  ET_REL,
  EV_CURRENT,
  PF_R,
  PF_W,
  PF_X,
  PHDR_SIZE,
  PT_GNU_STACK,
  PT_INTERP,
  PT_LOAD,
} from "./elf-constants.ts";
import { ElfError } from "./errors.ts";
import { type ElfSource, Fields } from "./source.ts";

/** Program headers that a file may have. Linkers make fewer than 16. */
export const MAX_PROGRAM_HEADERS = 128;

/** OSABI that GNU tools set when a program uses GNU extensions of the symbol table. */
const ELFOSABI_GNU = 3;
/** e_flags: total store order is assumed; harts here never reorder, so it is given. */
const EF_RISCV_TSO = 16;
/** Where the stack and mappings grow: no program may be linked there. */
const STACK_AREA_END = TRAMPOLINE + PAGE_MASK + 1;

/** A PT_LOAD that occupies memory. Bytes from `fileSize` to `memorySize` are zero. */
export interface ElfSegment {
  /** Index of its program header. */
  readonly index: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
  /** PROTECT_* bits. */
  readonly protection: number;
}

export interface ElfFile {
  readonly entry: number;
  /** Sorted by address; at least one. */
  readonly segments: readonly ElfSegment[];
  /** Address at which the program headers are mapped (AT_PHDR), or 0. */
  readonly headersAddress: number;
  readonly headerCount: number;
  /** The program asks for an executable stack (PT_GNU_STACK with PF_X). */
  readonly executableStack: boolean;
}

/** Throws ElfError, and nothing else, for whatever is not a static RV32IMAC executable. */
export function parseElf(source: ElfSource): ElfFile {
  const header = readHeader(source);
  const phoff = header.word(28);
  const count = headerCount(source, header, phoff);
  const segments: ElfSegment[] = [];
  let executableStack = false;
  for (let index = 0; index < count; index++) {
    const entry = new Fields(source, phoff + index * PHDR_SIZE, PHDR_SIZE, `[${index}]`);
    const type = entry.word(0);
    if (type === PT_INTERP)
      throw entry.error("dynamic", "p_type", 0, type, "a static program (link with -static)");
    if (type === PT_GNU_STACK) executableStack = (entry.word(24) & PF_X) !== 0;
    if (type === PT_LOAD && entry.word(20) !== 0) segments.push(readSegment(source, entry, index));
    else if (type === PT_LOAD) checkEmpty(entry);
  }
  if (segments.length === 0) throw header.error("no-segments", "e_phnum", 44, count, "at least one PT_LOAD");
  segments.sort((a, b) => a.address - b.address || a.index - b.index);
  for (let i = 1; i < segments.length; i++) checkNeighbours(segments[i - 1], segments[i], phoff);
  const entry = header.word(24);
  checkEntry(header, entry, segments);
  return { entry, segments, headersAddress: addressOf(segments, phoff), headerCount: count, executableStack };
}

function readHeader(source: ElfSource): Fields {
  if (source.size < 4) throw new ElfError("not-elf", "e_ident", 0, source.size, "the bytes 7f 45 4c 46");
  const magic = new Fields(source, 0, 4, "").word(0);
  if (magic !== ELF_MAGIC) throw new ElfError("not-elf", "e_ident", 0, magic, "the bytes 7f 45 4c 46");
  if (source.size < EHDR_SIZE) {
    throw new ElfError("truncated", "file size", 0, source.size, `a header of ${EHDR_SIZE} bytes`);
  }
  const header = new Fields(source, 0, EHDR_SIZE, "");
  checkIdentification(header);
  checkMachine(header);
  return header;
}

function checkIdentification(header: Fields): void {
  const check = (
    code: ElfError["code"],
    name: string,
    at: number,
    good: readonly number[],
    expected: string,
  ) => {
    if (!good.includes(header.byte(at))) throw header.error(code, name, at, header.byte(at), expected);
  };
  check("wrong-class", "EI_CLASS", 4, [ELFCLASS32], "1 (32-bit; compile with -march=rv32imac)");
  check("wrong-byte-order", "EI_DATA", 5, [ELFDATA2LSB], "1 (little endian)");
  check("wrong-version", "EI_VERSION", 6, [EV_CURRENT], "1");
  check("wrong-abi", "EI_OSABI", 7, [ELFOSABI_NONE, ELFOSABI_GNU], "0 (System V) or 3 (GNU/Linux)");
}

function checkMachine(header: Fields): void {
  const type = header.half(16);
  if (type !== ET_EXEC) throw header.error("wrong-type", "e_type", 16, type, expectedType(type));
  const machine = header.half(18);
  if (machine !== EM_RISCV) throw header.error("wrong-machine", "e_machine", 18, machine, "0xf3 (RISC-V)");
  const version = header.word(20);
  if (version !== EV_CURRENT) throw header.error("wrong-version", "e_version", 20, version, "1");
  const flags = header.word(36);
  if (flags & EF_RISCV_FLOAT_ABI) {
    throw header.error("wrong-flags", "e_flags", 36, flags, "the soft-float ABI (compile with -mabi=ilp32)");
  }
  if (flags & EF_RISCV_RVE) {
    throw header.error(
      "wrong-flags",
      "e_flags",
      36,
      flags,
      "32 registers (compile with -march=rv32imac, not rv32e)",
    );
  }
  if (flags & ~(EF_RISCV_RVC | EF_RISCV_TSO)) {
    throw header.error("wrong-flags", "e_flags", 36, flags, "no bits but RVC (1) and TSO (0x10)");
  }
  const size = header.half(40);
  if (size !== EHDR_SIZE) throw header.error("wrong-size", "e_ehsize", 40, size, `${EHDR_SIZE}`);
}

function expectedType(type: number): string {
  if (type === ET_DYN) return "2 (a program at fixed addresses; link with -static -no-pie)";
  if (type === ET_REL) return "2 (a program; this is an object file that must be linked first)";
  return "2 (a program)";
}

function headerCount(source: ElfSource, header: Fields, phoff: number): number {
  const count = header.half(44);
  if (count === 0) throw header.error("no-segments", "e_phnum", 44, count, "at least one program header");
  if (count > MAX_PROGRAM_HEADERS) {
    throw header.error("too-many", "e_phnum", 44, count, `at most ${MAX_PROGRAM_HEADERS} program headers`);
  }
  const size = header.half(42);
  if (size !== PHDR_SIZE) throw header.error("wrong-size", "e_phentsize", 42, size, `${PHDR_SIZE}`);
  if (phoff < EHDR_SIZE)
    throw header.error("bad-segment", "e_phoff", 28, phoff, "an offset behind the file header");
  if (phoff + count * PHDR_SIZE > source.size) {
    throw header.error(
      "outside-file",
      "e_phoff",
      28,
      phoff,
      `room for ${count} headers in ${source.size} bytes`,
    );
  }
  return count;
}

/** A PT_LOAD of no size in memory occupies nothing, so its file bytes must be none too. */
function checkEmpty(entry: Fields): void {
  const fileSize = entry.word(16);
  if (fileSize !== 0)
    throw entry.error("bad-segment", "p_filesz", 16, fileSize, "at most p_memsz, which is 0");
}

function readSegment(source: ElfSource, entry: Fields, index: number): ElfSegment {
  const offset = entry.word(4);
  const address = entry.word(8);
  const fileSize = entry.word(16);
  const memorySize = entry.word(20);
  const flags = entry.word(24);
  const align = entry.word(28);
  if (fileSize > memorySize) {
    throw entry.error("bad-segment", "p_filesz", 16, fileSize, `at most p_memsz, which is ${memorySize}`);
  }
  if (offset > source.size) {
    throw entry.error("outside-file", "p_offset", 4, offset, `at most the file's size, ${source.size}`);
  }
  if (fileSize > source.size - offset) {
    throw entry.error(
      "outside-file",
      "p_filesz",
      16,
      fileSize,
      `at most ${source.size - offset}, what the file holds`,
    );
  }
  if ((align & (align - 1)) !== 0) throw entry.error("bad-segment", "p_align", 28, align, "a power of two");
  checkPlace(entry, address, memorySize);
  let protection = 0;
  if (flags & PF_R) protection |= PROTECT_READ;
  if (flags & PF_W) protection |= PROTECT_WRITE;
  if (flags & PF_X) protection |= PROTECT_EXECUTE;
  return { index, offset, address, fileSize, memorySize, protection };
}

function checkPlace(entry: Fields, address: number, memorySize: number): void {
  const end = address + memorySize;
  if (address < USER_START) {
    throw entry.error("outside-memory", "p_vaddr", 8, address, "at least 0x1000: page 0 is never mapped");
  }
  if (address >= USER_END) {
    throw entry.error("outside-memory", "p_vaddr", 8, address, `below 0x${USER_END.toString(16)}`);
  }
  if (end > USER_END) {
    throw entry.error(
      "outside-memory",
      "p_memsz",
      20,
      memorySize,
      `at most 0x${(USER_END - address).toString(16)}`,
    );
  }
  if (address < STACK_AREA_END && end > MMAP_BASE) {
    const area = `0x${MMAP_BASE.toString(16)} .. 0x${STACK_AREA_END.toString(16)}`;
    throw entry.error("outside-memory", "p_vaddr", 8, address, `a place outside the stack's area, ${area}`);
  }
}

/**
 * Two segments may share a page only if the file's page has the bytes of both: at the same distance between
 * file and memory, and without zeros to be made between them.
 */
function checkNeighbours(lower: ElfSegment, upper: ElfSegment, phoff: number): void {
  const lowerEnd = lower.address + lower.memorySize;
  const fieldAt = phoff + upper.index * PHDR_SIZE + 8;
  if (upper.address < lowerEnd) {
    const expected = `an address from 0x${lowerEnd.toString(16)} on, where segment ${lower.index} ends`;
    throw new ElfError("overlap", `p_vaddr[${upper.index}]`, fieldAt, upper.address, expected);
  }
  if (upper.address - (upper.address & PAGE_MASK) >= lowerEnd) return;
  const together = upper.address - upper.offset === lower.address - lower.offset;
  if (together && lower.fileSize === lower.memorySize) return;
  const expected = `a page other than that of segment ${lower.index}, as the file's page does not hold both`;
  throw new ElfError("overlap", `p_vaddr[${upper.index}]`, fieldAt, upper.address, expected);
}

function checkEntry(header: Fields, entry: number, segments: readonly ElfSegment[]): void {
  const segment = segments.find((each) => entry >= each.address && entry < each.address + each.memorySize);
  if (segment === undefined || (segment.protection & PROTECT_EXECUTE) === 0) {
    throw header.error("bad-entry", "e_entry", 24, entry, "an address inside an executable segment");
  }
  if (entry & 1) throw header.error("bad-entry", "e_entry", 24, entry, "an even address");
}

/** Address at which a byte of the file is mapped, or 0. */
function addressOf(segments: readonly ElfSegment[], offset: number): number {
  for (const segment of segments) {
    const distance = offset - segment.offset;
    if (distance >= 0 && distance < segment.fileSize) return segment.address + distance;
  }
  return 0;
}
