// A process with an address space on the page model, for tests of memory calls and of demand paging.

import { PAGE_MASK, PAGE_SIZE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import { createFileSystem } from "../../host/fs/create.ts";
import { inodeOf, makeRegular, openFileOf } from "../../host/fs/inode.ts";
import { makeOpenFile } from "../../host/fs/open-file.ts";
import { mappedFiles } from "../../host/kernel/mapped-files.ts";
import type { KernelState, ProcessState, SpaceState } from "../../host/kernel/state.ts";
import { createPageCache } from "../../host/memory/cache.ts";
import { checkMemory } from "../../host/memory/check.ts";
import { pageBytes } from "../../host/memory/pages.ts";
import { populate } from "../../host/memory/populate.ts";
import {
  createSpace,
  createVirtualMemory,
  destroySpace,
  forkSpace,
  type VirtualMemory,
} from "../../host/memory/space.ts";
import type { Call } from "../../host/syscalls/call.ts";
import { memoryCalls } from "../../host/syscalls/memory.ts";
import { PageModel, type TestPages } from "./page-model.ts";

export const BREAK_START = 0x20000;

export const PROT_NONE = 0;
export const MAP_SHARED = 1;
export const MAP_PRIVATE = 2;
export const MAP_FIXED = 0x10;
export const MAP_ANONYMOUS = 0x20;
export const PRIVATE_ANONYMOUS = MAP_PRIVATE | MAP_ANONYMOUS;
export const SHARED_ANONYMOUS = MAP_SHARED | MAP_ANONYMOUS;

/** Frames of RAM that the memory calls believe in. */
export const FRAMES = 2 ** 16;

/** What all processes of a test share. */
export class TestMachine {
  readonly pages: TestPages;
  readonly kernel: KernelState;
  readonly memory: VirtualMemory;

  /** With a model of so many frames, or with other page tables. */
  constructor(pages: number | TestPages = 512) {
    this.pages = typeof pages === "number" ? new PageModel(pages) : pages;
    this.kernel = {
      processes: [null],
      spaces: [],
      freeSpaces: [],
      files: createFileSystem(),
      pageCache: createPageCache(),
      random: [1, 2, 3, 4],
      pollers: [],
      status: -1,
    };
    this.memory = createVirtualMemory(this.pages, mappedFiles(this.kernel.files), this.kernel.pageCache);
  }

  /** A file with these bytes; its inode. */
  file(bytes: Uint8Array): number {
    const { files } = this.kernel;
    const id = makeRegular(files, 0, 0o755, 0);
    inodeOf(files, id).links = 1;
    this.writeFile(id, bytes);
    return id;
  }

  writeFile(id: number, bytes: Uint8Array): void {
    const inode = inodeOf(this.kernel.files, id);
    if (inode.kind !== "file") throw new Error("not a file");
    inode.data = bytes;
    inode.size = bytes.length;
    inode.version++;
  }

  /** What is wrong with the machine's memory. */
  problems(): string[] {
    return checkMemory(this.kernel.spaces, this.kernel.pageCache, this.pages, this.pages);
  }
}

export class TestProcess {
  readonly machine: TestMachine;
  readonly state: ProcessState;
  readonly #call: Call;

  constructor(machine: TestMachine, space: SpaceState | null = createSpace(machine.memory)) {
    if (space === null) throw new Error("no memory for a test's space");
    this.machine = machine;
    if (space.breakStart === 0) space.breakStart = space.break = BREAK_START;
    this.state = {
      pid: machine.kernel.spaces.length + 1,
      space: machine.kernel.spaces.push(space) - 1,
      descriptors: [],
      workingDirectory: 0,
      umask: 0,
      executable: "",
      hasExecuted: true,
      arguments: [],
      actions: [],
      limits: Array.from({ length: 16 }, () => [-1, -1]),
    };
    const processes = { frames: () => ({ total: FRAMES, used: 0 }) };
    const services = { virtualMemory: machine.memory, processes } as unknown as Call["services"];
    this.#call = { process: this.state, kernel: machine.kernel, services } as Call;
  }

  get space(): SpaceState {
    return this.machine.kernel.spaces[this.state.space] as SpaceState;
  }

  /** A descriptor of the file. */
  open(inode: number, flags: number): number {
    const file = makeOpenFile(this.machine.kernel.files, inode, flags);
    openFileOf(this.machine.kernel.files, file).references = 1;
    return this.state.descriptors.push({ file, closeOnExec: false }) - 1;
  }

  /** Runs a system call by name; unsigned addresses may be given and are returned. */
  call(name: string, ...args: number[]): number {
    const row = memoryCalls.find((each) => each.name === name);
    if (row === undefined) throw new Error(`no call ${name}`);
    const [a0, a1, a2, a3, a4, a5] = Array.from({ length: 6 }, (_, i) => (args[i] ?? 0) | 0);
    return row.handler(this.#call, a0, a1, a2, a3, a4, a5) as number;
  }

  /** Maps zeroed memory; the address, or a negated errno. */
  map(
    address: number,
    pages: number,
    protection = PROTECT_READ | PROTECT_WRITE,
    flags = PRIVATE_ANONYMOUS,
  ): number {
    return this.call("mmap2", address, pages * PAGE_SIZE, protection, flags, -1, 0);
  }

  /** The byte at an address, or why it cannot be read. */
  read(address: number): number | string {
    const result = populate(this.machine.memory, this.space, address, PROTECT_READ);
    if (result !== "ok") return result;
    return pageBytes(this.machine.pages, this.space.root, address)[address & PAGE_MASK];
  }

  /** Stores a byte; "ok", or why it cannot be written. */
  write(address: number, value: number): string {
    const result = populate(this.machine.memory, this.space, address, PROTECT_WRITE);
    if (result === "ok") pageBytes(this.machine.pages, this.space.root, address)[address & PAGE_MASK] = value;
    return result;
  }

  fork(): TestProcess {
    const root = this.machine.pages.spaceFork(this.space.root);
    return new TestProcess(this.machine, forkSpace(this.machine.memory, this.space, root));
  }

  exit(): void {
    destroySpace(this.machine.memory, this.space);
    this.machine.kernel.spaces[this.state.space] = null;
  }
}
