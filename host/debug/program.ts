// The program that a process executes, with its symbols and source lines: found through the memory that is mapped
// from it, so it is the right one also after exec, and when the file has another name by now. What was read is kept
// by the file's serial number and version.

import { PROTECT_EXECUTE } from "../../assembly/layout.ts";
import { storedContent } from "../fs/content.ts";
import { resolve } from "../fs/path.ts";
import type { FileSystemState, RegularInode } from "../fs/state.ts";
import type { SpaceState } from "../kernel/state.ts";
import { type ElfSegment, parseElf } from "../loader/elf.ts";
import { STT_FUNC } from "../loader/elf-constants.ts";
import { ElfError } from "../loader/errors.ts";
import { arraySource } from "../loader/source.ts";
import { type ElfSymbol, readSymbols, type SymbolTable } from "../loader/symbols.ts";
import type { Machine } from "../machine.ts";
import { type LineTable, readLines, type SourceLine } from "../toolchain/lines.ts";
import { VariablePlaces } from "../toolchain/places.ts";
import { type Code, directCalls } from "./direct-calls.ts";
import type { FrameRule } from "./frame-rules.ts";

export class Program {
  /** Where it was when it was mapped. A byte string. */
  readonly path: string;
  readonly symbols: SymbolTable;
  readonly lines: LineTable;
  /** Address of its first instruction. */
  readonly entry: number;
  /** What was worked out about its functions, by address of the function: see frame-rules.ts. */
  readonly frameRules = new Map<number, ReadonlyMap<number, FrameRule>>();

  readonly #segments: readonly ElfSegment[];
  readonly #bytes: Uint8Array;
  /** Of the names that were asked for. */
  readonly #addresses = new Map<string, number | undefined>();
  #called: ReadonlySet<number> | null = null;
  #places: VariablePlaces | null = null;

  /** Throws ElfError where the bytes are no executable. */
  constructor(path: string, bytes: Uint8Array) {
    this.path = path;
    const source = arraySource(bytes);
    const { entry, segments } = parseElf(source);
    this.entry = entry;
    this.#segments = segments;
    this.#bytes = bytes;
    this.symbols = readSymbols(source);
    this.lines = readLines(bytes);
  }

  /** What an address is called, as in "main" or "main+0x10"; "" if no symbol covers it. */
  nameOf(address: number): string {
    const isInside = this.#segments.some(
      (one) => address >= one.address && address < one.address + one.memorySize,
    );
    const symbol = isInside ? this.#covering(address) : null;
    if (symbol === null) return "";
    const distance = address - symbol.address;
    return distance === 0 ? symbol.name : `${symbol.name}+0x${distance.toString(16)}`;
  }

  /** The symbol that covers an address; of several at one place not one of the linker's own. */
  #covering(address: number): ElfSymbol | null {
    const first = this.symbols.covering(address);
    if (first === null || !first.name.startsWith("__")) return first;
    let rank = this.symbols.rankOf(first.address);
    for (; rank < this.symbols.length; rank++) {
      const symbol = this.symbols.at(rank);
      if (symbol.address !== first.address) break;
      if (!symbol.name.startsWith("__")) return symbol;
    }
    return first;
  }

  lineOf(address: number): SourceLine | undefined {
    return this.lines.lineOf(address);
  }

  /** Address of a symbol, or undefined. */
  addressOf(name: string): number | undefined {
    if (!this.#addresses.has(name)) this.#addresses.set(name, this.symbols.find(name)?.address);
    return this.#addresses.get(name);
  }

  /** As in "tree.s:12"; "" if the line is not known. */
  lineName(address: number): string {
    const line = this.lineOf(address);
    return line === undefined ? "" : `${line.file}:${line.line}`;
  }

  /** Whether an address is where calls in the program's code lead, as far as the code says so itself. */
  isCalled(address: number): boolean {
    this.#called ??= directCalls(this.#code());
    return this.#called.has(address);
  }

  /** The executable segments. */
  #code(): Code[] {
    const executable = this.#segments.filter(({ protection }) => (protection & PROTECT_EXECUTE) !== 0);
    return executable.map(({ address, offset, fileSize }) => ({
      address,
      bytes: this.#bytes.subarray(offset, offset + fileSize),
    }));
  }

  /**
   * Where a breakpoint at a function stands, as GDB has it: behind what makes the frame, where lines are known and
   * variables have their places only there; at its first instruction in assembly.
   */
  bodyOf(address: number): number {
    const symbol = this.functionAt(address);
    if (symbol === null || symbol.address !== address || symbol.size === 0) return address;
    this.#places ??= new VariablePlaces(this.#bytes);
    return this.#places.areListed(address) ? address : this.lines.bodyOf(address, address + symbol.size);
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

  /** Every program that was taken notice of, in the order of their first sight. */
  get seen(): Program[] {
    return [...this.#known.values()].flatMap(({ program }) => (program === null ? [] : [program]));
  }

  /** How many programs were seen. */
  get count(): number {
    return this.#known.size;
  }

  /** Takes notice of the program that a process executes; it, or null. */
  look(machine: Machine, pid: number): Program | null {
    const { core, state } = machine.kernel;
    const process = state.processes[core.pidSlot(pid)];
    return this.of(process && process.space >= 0 ? state.spaces[process.space] : null);
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

  /** Takes notice of an executable file, whether or not a process was seen to execute it; its program, or null. */
  lookAt(path: string): Program | null {
    const files = this.#files();
    const inode = files.inodes[resolve(files, files.root, path, true)];
    return inode?.kind === "file" ? this.#read(path, inode) : null;
  }

  #read(path: string, inode: RegularInode): Program | null {
    const known = this.#known.get(inode.serial);
    if (known?.version === inode.version) return known.program;
    const bytes = new Uint8Array(inode.size);
    bytes.set(storedContent(inode, 0, inode.size));
    const program = readProgram(path, bytes);
    this.#known.set(inode.serial, { version: inode.version, program });
    return program;
  }
}

/** Null for a file that has become no executable since it was mapped. */
function readProgram(path: string, bytes: Uint8Array): Program | null {
  try {
    return new Program(path, bytes);
  } catch (error) {
    if (error instanceof ElfError) return null;
    throw error;
  }
}
