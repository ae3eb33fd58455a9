// execve(2): a process gets another program. The new space is built completely before the old one is let go,
// so a call that fails has changed nothing.

import {
  CONTEXT_SIZE,
  EVENT_EXEC,
  PCB_CONTEXT,
  PCB_EXIT_SIGNAL,
  PCB_NAME,
  PCB_PC,
  PCB_ROOT,
} from "../../assembly/layout.ts";
import { storedContent } from "../fs/content.ts";
import { closeOnExec } from "../fs/descriptors.ts";
import { inodeOf } from "../fs/inode.ts";
import { resolve } from "../fs/path.ts";
import { fillRandom } from "../fs/random.ts";
import { type LoadedProgram, loadProgram } from "../loader/program.ts";
import { parseScript, SCRIPT_HEAD } from "../loader/script.ts";
import { RANDOM_BYTES } from "../loader/stack.ts";
import { contextRegister, pcbWord } from "../machine/core.ts";
import type { Replaced } from "../syscalls/call.ts";
import { EACCES, ELOOP } from "../syscalls/errno.ts";
import { SIG_IGN, SIGCHLD } from "../syscalls/signal-numbers.ts";
import type { BootKernel } from "./kernel.ts";
import { addSpace, leaveSpace, releaseVforkParent } from "./spaces.ts";
import type { ProcessState, SignalAction } from "./state.ts";

const STACK_POINTER = 2;
const NAME_LENGTH = 15;
const EXECUTE_BITS = 0o111;
/** As in Linux: a script's interpreter may be a script, four times over. */
const SCRIPT_DEPTH = 5;
const RLIMIT_STACK = 3;

/** All that is left of an action in the new program. */
function ignored(): SignalAction {
  return { handler: SIG_IGN, flags: 0, restorer: 0, mask: [0, 0] };
}

/** What is to be run in the end, after scripts were replaced by their interpreters. */
interface Program {
  readonly path: string;
  readonly inode: number;
  readonly arguments: string[];
}

/** Replaces the program of the process in `slot`, or gives a negated errno and changes nothing. */
export function executeProgram(
  kernel: BootKernel,
  slot: number,
  path: string,
  args: string[],
  environment: string[],
): number | Replaced {
  const process = kernel.state.processes[slot];
  if (!process) throw new Error(`assertion: slot ${slot} execs and is no process`);
  const program = findProgram(kernel, process, path, args);
  if (typeof program === "number") return program;
  const random = new Uint8Array(RANDOM_BYTES);
  const generator = [...kernel.state.random];
  fillRandom(generator, random);
  const loaded = loadProgram(kernel.virtualMemory, {
    inode: program.inode,
    stackLimit: process.limits[RLIMIT_STACK][0],
    path, // AT_EXECFN is what was asked for, also where that is a script
    arguments: program.arguments,
    environment,
    random,
  });
  if (loaded.kind === "failed") return -loaded.errno;
  kernel.state.random = generator;
  enterProgram(kernel, slot, process, loaded);
  process.executable = path;
  process.hasExecuted = true;
  process.arguments = program.arguments;
  setName(kernel, slot, path);
  return { kind: "replaced" };
}

function findProgram(
  kernel: BootKernel,
  process: ProcessState,
  path: string,
  args: string[],
): Program | number {
  let program: Program = { path, inode: 0, arguments: args };
  for (let depth = 0; depth < SCRIPT_DEPTH; depth++) {
    const inode = executableInode(kernel, process, program.path);
    if (inode < 0) return inode;
    const script = parseScript(headOf(kernel, inode));
    if (typeof script === "number") return script;
    if (script === null) return { ...program, inode };
    const given = script.argument === null ? [] : [script.argument];
    program = {
      path: script.interpreter,
      inode: 0,
      arguments: [script.interpreter, ...given, program.path, ...program.arguments.slice(1)],
    };
  }
  return -ELOOP;
}

function executableInode(kernel: BootKernel, process: ProcessState, path: string): number {
  const { files } = kernel.state;
  const id = resolve(files, process.workingDirectory, path, true);
  if (id < 0) return id;
  const inode = inodeOf(files, id);
  return inode.kind === "file" && (inode.mode & EXECUTE_BITS) !== 0 ? id : -EACCES;
}

function headOf(kernel: BootKernel, id: number): Uint8Array {
  const inode = inodeOf(kernel.state.files, id);
  return inode.kind === "file" ? storedContent(inode, 0, SCRIPT_HEAD) : new Uint8Array(0);
}

/** The old space goes, the new one comes; registers, descriptors and handlers as execve(2) says. */
function enterProgram(kernel: BootKernel, slot: number, process: ProcessState, program: LoadedProgram): void {
  const { core } = kernel;
  const oldRoot = core.words[pcbWord(slot, PCB_ROOT)];
  leaveSpace(kernel, process);
  if (oldRoot !== 0) core.spaceRelease(oldRoot);
  process.space = addSpace(kernel, program.space);
  core.words[pcbWord(slot, PCB_ROOT)] = program.space.root;
  const context = pcbWord(slot, PCB_CONTEXT);
  core.words.fill(0, context, context + CONTEXT_SIZE / 4);
  core.words[pcbWord(slot, PCB_PC)] = program.entry;
  core.words[pcbWord(slot, contextRegister(STACK_POINTER))] = program.stackPointer;
  closeOnExec(kernel.state, kernel, process);
  process.actions = process.actions.map((action) => (action?.handler === SIG_IGN ? ignored() : null));
  core.words[pcbWord(slot, PCB_EXIT_SIGNAL)] = SIGCHLD;
  releaseVforkParent(kernel, slot);
}

/** The process's name is the last part of the path, as far as it fits (prctl(2), PR_SET_NAME). */
function setName(kernel: BootKernel, slot: number, path: string): void {
  const name = path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("/") + 1 + NAME_LENGTH);
  const at = pcbWord(slot, PCB_NAME) * 4;
  kernel.core.bytes.fill(0, at, at + NAME_LENGTH + 1);
  for (let i = 0; i < name.length; i++) kernel.core.bytes[at + i] = name.charCodeAt(i);
  const [a, b, c] = [0, 4, 8].map((offset) => kernel.core.words[(at + offset) >>> 2]);
  kernel.core.emit(EVENT_EXEC, 0, slot, a, b, c);
}
