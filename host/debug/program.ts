// The program that a process executes, with its symbols and source lines: found through the memory that is mapped
// from it, so it is the right one also after exec, and when the file has another name by now. What was read is kept
// by the file's serial number and version.

import { PROTECT_EXECUTE } from "../../assembly/layout.ts";
import { storedContent } from "../fs/content.ts";
import type { FileSystemState, RegularInode } from "../fs/state.ts";
import type { SpaceState } from "../kernel/state.ts";
import { STT_FUNC } from "../loader/elf-constants.ts";
import { arraySource } from "../loader/source.ts";
import { type ElfSymbol, readSymbols, type SymbolTable } from "../loader/symbols.ts";
import { type LineTable, readLines, type SourceLine } from "../toolchain/lines.ts";
import type { FrameRule } from "./frame-rules.ts";

const EHDR_ENTRY = 24;

export class Program {
  /** Where it was when it was mapped. A byte string. */
  readonly path: string;
  readonly symbols: SymbolTable;
  readonly lines: LineTable;
  /** Address of its first instruction. */
  readonly entry: number;
  /** What was worked out about its functions, by address of the function: see frame-rules.ts. */
  readonly frameRules = new Map<number, ReadonlyMap<number, FrameRule>>();

  constructor(path: string, bytes: Uint8Array) {
    this.path = path;
    this.symbols = readSymbols(arraySource(bytes));
    this.lines = readLines(bytes);
    this.entry = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(EHDR_ENTRY, true);
  }

  /** What an address is called, as in "main" or "main+0x10"; "" if no symbol covers it. */
  nameOf(address: number): string {
    const symbol = this.symbols.covering(address);
    if (symbol === null) return "";
    const distance = address - symbol.address;
    return distance === 0 ? symbol.name : `${symbol.name}+0x${distance.toString(16)}`;
  }

  lineOf(address: number): SourceLine | undefined {
    return this.lines.lineOf(address);
  }

  /** As in "tree.s:12"; "" if the line is not known. */
  lineName(address: number): string {
    const line = this.lineOf(address);
    return line === undefined ? "" : `${line.file}:${line.line}`;
  }

  /** All symbols in the order of their addresses. */
  *all(): Generator<ElfSymbol> {
    for (let rank = 0; rank < this.symbols.length; rank++) yield this.symbols.at(rank);
  }

  /** The function whose symbol covers the address, if a compiler marked one. */
  functionAt(address: number): ElfSymbol | null {
    const symbol = this.symbols.covering(address);
    return symbol?.type === STT_FUNC ? symbol : null;
  }
}

/** The programs that a machine's processes execute. */
export class Programs {
  readonly #files: () => FileSystemState;
  readonly #known = new Map<number, { version: number; program: Program | null }>();

  /** `files`: the file system as it is now. */
  constructor(files: () => FileSystemState) {
    this.#files = files;
  }

  /** The program mapped into a space; null if it has none, or one that is no ELF file. */
  of(space: SpaceState | null): Program | null {
    const region = space?.regions.find(
      ({ kind, protection }) => kind === "file" && (protection & PROTECT_EXECUTE) !== 0,
    );
    if (region === undefined) return null;
    const inode = this.#files().inodes[region.object];
    return inode?.kind === "file" ? this.#read(region.name, inode) : null;
  }

  #read(path: string, inode: RegularInode): Program | null {
    const known = this.#known.get(inode.serial);
    if (known?.version === inode.version) return known.program;
    const bytes = new Uint8Array(inode.size);
    bytes.set(storedContent(inode, 0, inode.size));
    const program = bytes.length > EHDR_ENTRY + 4 ? new Program(path, bytes) : null;
    this.#known.set(inode.serial, { version: inode.version, program });
    return program;
  }
}
