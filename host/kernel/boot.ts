// Processes that no process made: the first one (init), and those that the outside asks for.

import { INIT_PID, PCB_EXIT_SIGNAL, PCB_PID } from "../../assembly/layout.ts";
import { openStandardStreams } from "../fs/create.ts";
import { closeAll } from "../fs/descriptors.ts";
import { retainInode } from "../fs/inode.ts";
import { pcbWord } from "../machine/core.ts";
import { STACK_LIMIT_DEFAULT } from "../memory/layout.ts";
import { EAGAIN } from "../syscalls/errno.ts";
import { SIGCHLD } from "../syscalls/signal-numbers.ts";
import { executeProgram } from "./exec.ts";
import type { BootKernel } from "./kernel.ts";
import type { ProcessState, ResourceLimit } from "./state.ts";

const RLIMITS = 16;
const UNLIMITED: ResourceLimit = Object.freeze([-1, -1] as const);
const RLIMIT_STACK = 3;
const RLIMIT_CORE = 4;
const RLIMIT_NPROC = 6;
const RLIMIT_NOFILE = 7;

/**
 * Starts a program as a child of init, or as init itself if it is the first. Its pid, or a negated errno with
 * nothing changed. Byte strings.
 */
export function startProcess(
  kernel: BootKernel,
  path: string,
  args: string[],
  environment: string[],
): number {
  const { core, state } = kernel;
  const slot = core.processCreate(core.pidSlot(INIT_PID));
  if (slot === 0) return -EAGAIN;
  const pid = core.words[pcbWord(slot, PCB_PID)];
  const process = firstProcess(kernel, pid);
  while (state.processes.length <= slot) state.processes.push(null);
  state.processes[slot] = process;
  openStandardStreams(state.files, process);
  core.words[pcbWord(slot, PCB_EXIT_SIGNAL)] = SIGCHLD;
  const result = executeProgram(kernel, slot, path, args, environment);
  if (typeof result === "number") {
    closeAll(state, kernel, process);
    state.processes[slot] = null;
    core.processDiscard(slot);
    return result;
  }
  core.processRun(slot);
  return pid;
}

function firstProcess(kernel: BootKernel, pid: number): ProcessState {
  const { files } = kernel.state;
  retainInode(files, files.root);
  return {
    pid,
    space: -1,
    descriptors: [],
    workingDirectory: files.root,
    umask: 0o022,
    executable: "",
    hasExecuted: false,
    arguments: [],
    actions: [],
    limits: defaultLimits(kernel),
  };
}

function defaultLimits(kernel: BootKernel): ResourceLimit[] {
  const { processes } = kernel.configuration;
  const limits = Array.from({ length: RLIMITS }, () => UNLIMITED);
  limits[RLIMIT_STACK] = [STACK_LIMIT_DEFAULT, -1];
  limits[RLIMIT_CORE] = [0, -1];
  limits[RLIMIT_NPROC] = [processes, processes];
  limits[RLIMIT_NOFILE] = [1024, 4096];
  return limits.map((limit) => Object.freeze(limit));
}
