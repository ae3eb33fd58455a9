// Loads a program into a new address space. The old space of the caller is not touched, so an execve that
// fails changes nothing.

import { PAGE_MASK, PAGE_SIZE, PROTECT_WRITE } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { STACK_TOP } from "../memory/layout.ts";
import { pageBytes } from "../memory/pages.ts";
import { populate } from "../memory/populate.ts";
import { createSpace, destroySpace, type VirtualMemory } from "../memory/space.ts";
import { E2BIG, ENOEXEC, ENOMEM } from "../syscalls/errno.ts";
import { type ElfFile, parseElf } from "./elf.ts";
import { ElfError } from "./errors.ts";
import { mapImage, mapStack, planImage } from "./image.ts";
import { inodeSource } from "./source.ts";
import { buildStack, type StackContents, stringsFit } from "./stack.ts";

export interface ProgramRequest extends StackContents {
  /** The program's regular file. The new space holds its own references. */
  readonly inode: number;
  /** RLIMIT_STACK in bytes, -1 for none. */
  readonly stackLimit: number;
}

export interface LoadedProgram {
  readonly kind: "loaded";
  /** Has one user: the caller. */
  readonly space: SpaceState;
  readonly entry: number;
  readonly stackPointer: number;
}

export interface LoadFailure {
  readonly kind: "failed";
  /** E2BIG, ENOEXEC or ENOMEM. */
  readonly errno: number;
  /** For people. */
  readonly reason: string;
}

export function loadProgram(memory: VirtualMemory, request: ProgramRequest): LoadedProgram | LoadFailure {
  // Like Linux since 5.18: programs rely on an argv[0].
  const contents = request.arguments.length === 0 ? { ...request, arguments: [""] } : request;
  if (!stringsFit(contents, request.stackLimit)) {
    return { kind: "failed", errno: E2BIG, reason: "the arguments and the environment are too long" };
  }
  let elf: ElfFile;
  try {
    elf = parseElf(inodeSource(memory.files, request.inode));
  } catch (error) {
    if (!(error instanceof ElfError)) throw error;
    return { kind: "failed", errno: ENOEXEC, reason: error.message };
  }
  const space = createSpace(memory);
  if (space === null) return outOfMemory();
  mapImage(memory, space, planImage(elf, request.inode, request.path));
  mapStack(memory, space, request.stackLimit, elf.executableStack);
  const stack = buildStack(elf, contents);
  if (fill(memory, space, stack.stackPointer, stack.bytes)) {
    return { kind: "loaded", space, entry: elf.entry, stackPointer: stack.stackPointer };
  }
  destroySpace(memory, space);
  return outOfMemory();
}

function outOfMemory(): LoadFailure {
  return { kind: "failed", errno: ENOMEM, reason: "the machine has no memory left for the program" };
}

/** Writes the bytes that end at STACK_TOP; false when a page cannot be had. */
function fill(memory: VirtualMemory, space: SpaceState, start: number, bytes: Uint8Array): boolean {
  for (let address = start; address < STACK_TOP; ) {
    const next = Math.min(address - (address & PAGE_MASK) + PAGE_SIZE, STACK_TOP);
    if (populate(memory, space, address, PROTECT_WRITE) !== "ok") return false;
    const page = pageBytes(memory.pages, space.root, address);
    page.set(bytes.subarray(address - start, next - start), address & PAGE_MASK);
    address = next;
  }
  return true;
}
