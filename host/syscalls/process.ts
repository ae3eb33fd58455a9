// System calls on processes: birth, program, end, waiting, identity, groups and sessions (man pages, section 2).

import {
  PCB_CHILDREN_TIME,
  PCB_CLEAR_TID,
  PCB_EXIT_SIGNAL,
  PCB_EXIT_STATUS,
  PCB_FIRST_CHILD,
  PCB_NEXT_SIBLING,
  PCB_PARENT,
  PCB_PGID,
  PCB_PID,
  PCB_SID,
  PCB_STATE,
  PCB_TGID,
  PCB_USER_TIME,
  PCB_VFORK_PARENT,
  STATE_FREE,
  STATE_ZOMBIE,
  WAIT_CHILD,
  WAIT_KIND_SHIFT,
  WAIT_VFORK,
} from "../../assembly/layout.ts";
import type { Call, Outcome, SystemCall } from "./call.ts";
import { E2BIG, EACCES, EBADF, ECHILD, EFAULT, EINVAL, ENAMETOOLONG, EPERM, ESRCH } from "./errno.ts";
import { SIGCHLD } from "./signal-numbers.ts";
import { RUSAGE_SIZE, resourceUsage } from "./usage.ts";

const CLONE_VM = 0x100;
const CLONE_VFORK = 0x4000;
const SIGNAL_MASK = 0xff;
const CLONE_FLAGS = { 256: "CLONE_VM", 16384: "CLONE_VFORK", 17: "SIGCHLD" };

function clone(call: Call, flags: number, stack: number): Outcome {
  const { processes } = call.services;
  if (call.progress !== 0) return vforkReturn(call, call.progress);
  const share = (flags & ~SIGNAL_MASK) === (CLONE_VM | CLONE_VFORK);
  if (!share && (flags & ~SIGNAL_MASK) !== 0) return -EINVAL;
  const pid = processes.fork(call.slot, { share, stack: stack >>> 0, exitSignal: flags & SIGNAL_MASK });
  if (pid < 0 || !share) return pid;
  call.progress = pid;
  return vforkReturn(call, pid);
}

/** A vfork parent gets its answer when the child no longer uses its memory. */
function vforkReturn(call: Call, pid: number): Outcome {
  const { processes } = call.services;
  const child = processes.slotOf(pid);
  if (child === 0 || processes.field(child, PCB_VFORK_PARENT) !== call.slot) return pid;
  return { kind: "block", channel: (WAIT_VFORK << WAIT_KIND_SHIFT) | child };
}

const PATH_MAX = 4096;
const STRING_MAX = 131072;
/** More than any stack limit lets through: reading stops here. */
const STRINGS_TOTAL_MAX = 8 * 1024 * 1024;

function execve(call: Call, pathname: number, argv: number, envp: number): Outcome {
  const path = call.memory.string(pathname, PATH_MAX);
  if (typeof path === "number") return path;
  const args = stringVector(call, argv);
  if (typeof args === "number") return args;
  const environment = stringVector(call, envp);
  if (typeof environment === "number") return environment;
  return call.services.processes.execute(call.slot, path, args, environment);
}

/** A NULL-terminated array of strings; NULL is an empty one, as in Linux. */
function stringVector(call: Call, address: number): string[] | number {
  const strings: string[] = [];
  if (address === 0) return strings;
  for (let total = 0, at = address; total < STRINGS_TOTAL_MAX; at += 4) {
    const pointer = call.memory.loadWord(at);
    if (pointer === null) return -EFAULT;
    if (pointer === 0) return strings;
    const text = call.memory.string(pointer, STRING_MAX);
    if (typeof text === "number") return text === -ENAMETOOLONG ? -E2BIG : text;
    strings.push(text);
    total += text.length + 5;
  }
  return -E2BIG;
}

function exit(_call: Call, code: number): Outcome {
  return { kind: "exit", status: (code & 0xff) << 8 };
}

const P_ALL = 0;
const P_PID = 1;
const P_PGID = 2;
const P_PIDFD = 3;
const WNOHANG = 1;
const WSTOPPED = 2;
const WEXITED = 4;
const WCONTINUED = 8;
const WNOWAIT = 0x01000000;
const WALL = 0x40000000;
const WCLONE = 0x80000000 | 0;
const WNOTHREAD = 0x20000000;
const WAIT_KINDS = WEXITED | WSTOPPED | WCONTINUED;
const WAIT_OPTIONS = WNOHANG | WAIT_KINDS | WNOWAIT | WALL | WCLONE | WNOTHREAD;
const WAIT_NAMES = {
  1: "WNOHANG",
  2: "WSTOPPED",
  4: "WEXITED",
  8: "WCONTINUED",
  16777216: "WNOWAIT",
  1073741824: "__WALL",
  2147483648: "__WCLONE",
};
const CLD_EXITED = 1;
const CLD_KILLED = 2;
const SIGINFO_WORDS = 6;

function waitid(
  call: Call,
  idtype: number,
  id: number,
  infop: number,
  options: number,
  rusage: number,
): Outcome {
  if ((options & ~WAIT_OPTIONS) !== 0 || (options & WAIT_KINDS) === 0) return -EINVAL;
  if (idtype < P_ALL || idtype > P_PIDFD) return -EINVAL;
  if ((idtype === P_PID && id <= 0) || (idtype > P_PID && id < 0)) return -EINVAL;
  if (idtype === P_PIDFD) return -EBADF; // no call makes a descriptor of a process
  if (infop !== 0 && call.memory.writable(infop, SIGINFO_WORDS * 4) < SIGINFO_WORDS * 4) return -EFAULT;
  if (rusage !== 0 && call.memory.writable(rusage, RUSAGE_SIZE) < RUSAGE_SIZE) return -EFAULT;
  const { matches, zombie } = findChild(call, idtype, id, options);
  if (zombie !== 0 && (options & WEXITED) !== 0) return collect(call, zombie, infop, options, rusage);
  if (matches && (options & WNOHANG) === 0) {
    return { kind: "block", channel: (WAIT_CHILD << WAIT_KIND_SHIFT) | call.slot };
  }
  writeSignalInfo(call, infop, [0, 0, 0, 0, 0, 0]);
  return matches ? 0 : -ECHILD;
}

/** Whether there is a child of the kind asked for, and the oldest that is a zombie (0: none). */
function findChild(
  call: Call,
  idtype: number,
  id: number,
  options: number,
): { matches: boolean; zombie: number } {
  const { processes } = call.services;
  const group = id === 0 ? processes.field(call.slot, PCB_PGID) : id;
  let matches = false;
  let child = processes.field(call.slot, PCB_FIRST_CHILD);
  for (; child !== 0; child = processes.field(child, PCB_NEXT_SIBLING)) {
    if (idtype === P_PID && processes.field(child, PCB_PID) !== id) continue;
    if (idtype === P_PGID && processes.field(child, PCB_PGID) !== group) continue;
    if (!isOfKind(call, child, options)) continue;
    matches = true;
    if (processes.field(child, PCB_STATE) === STATE_ZOMBIE) return { matches, zombie: child };
  }
  return { matches, zombie: 0 };
}

/** A child that tells its end by another signal than SIGCHLD is a "clone child", waited for by its own options. */
function isOfKind(call: Call, child: number, options: number): boolean {
  if ((options & WALL) !== 0) return true;
  const isClone = call.services.processes.field(child, PCB_EXIT_SIGNAL) !== SIGCHLD;
  return isClone === ((options & WCLONE) !== 0);
}

function collect(call: Call, child: number, infop: number, options: number, rusage: number): Outcome {
  const { processes } = call.services;
  const status = processes.field(child, PCB_EXIT_STATUS);
  const signal = status & 0x7f;
  const code = signal === 0 ? CLD_EXITED : CLD_KILLED;
  const value = signal === 0 ? status >>> 8 : signal;
  const pid = processes.field(child, PCB_PID);
  if (rusage !== 0) {
    const time = processes.time(child, PCB_USER_TIME) + processes.time(child, PCB_CHILDREN_TIME);
    call.memory.write(rusage, resourceUsage(call, child, time));
  }
  writeSignalInfo(call, infop, [SIGCHLD, 0, code, pid, 0, value]);
  if ((options & WNOWAIT) === 0) processes.reap(child);
  return 0;
}

/** The fields of siginfo_t that waitid sets; the memory was checked before. */
function writeSignalInfo(call: Call, infop: number, words: readonly number[]): void {
  if (infop === 0) return;
  words.forEach((word, index) => {
    call.memory.storeWord(infop + index * 4, word);
  });
}

function getpid(call: Call): Outcome {
  return call.services.processes.field(call.slot, PCB_TGID);
}

function gettid(call: Call): Outcome {
  return call.services.processes.field(call.slot, PCB_PID);
}

function getppid(call: Call): Outcome {
  const { processes } = call.services;
  return processes.field(processes.field(call.slot, PCB_PARENT), PCB_PID);
}

/** The machine has one user, root. */
function rootId(): Outcome {
  return 0;
}

function setTidAddress(call: Call, address: number): Outcome {
  call.services.processes.setField(call.slot, PCB_CLEAR_TID, address);
  return gettid(call);
}

/** Slot of the process with this pid, the caller for 0; 0 if there is none. */
function slotOf(call: Call, pid: number): number {
  return pid === 0 ? call.slot : call.services.processes.slotOf(pid >>> 0);
}

function getpgid(call: Call, pid: number): Outcome {
  const slot = slotOf(call, pid);
  return slot === 0 ? -ESRCH : call.services.processes.field(slot, PCB_PGID);
}

function getsid(call: Call, pid: number): Outcome {
  const slot = slotOf(call, pid);
  return slot === 0 ? -ESRCH : call.services.processes.field(slot, PCB_SID);
}

function setpgid(call: Call, pid: number, pgid: number): Outcome {
  const { processes } = call.services;
  if (pgid < 0) return -EINVAL;
  const slot = slotOf(call, pid);
  const isChild = slot !== 0 && processes.field(slot, PCB_PARENT) === call.slot;
  if (slot !== call.slot && !isChild) return -ESRCH;
  const session = processes.field(call.slot, PCB_SID);
  if (isChild) {
    if (processes.field(slot, PCB_SID) !== session) return -EPERM;
    if (call.kernel.processes[slot]?.hasExecuted) return -EACCES;
  }
  const own = processes.field(slot, PCB_PID);
  if (processes.field(slot, PCB_SID) === own) return -EPERM;
  const group = pgid === 0 ? own : pgid;
  if (group !== own && !groupExists(call, group, session)) return -EPERM;
  processes.setGroup(slot, group);
  return 0;
}

/** Whether a process of the session (any session if undefined) is in the group. */
function groupExists(call: Call, group: number, session?: number): boolean {
  const { processes } = call.services;
  for (let slot = 1; slot < processes.slotLimit(); slot++) {
    if (processes.field(slot, PCB_STATE) === STATE_FREE) continue;
    if (processes.field(slot, PCB_PGID) !== group) continue;
    if (session === undefined || processes.field(slot, PCB_SID) === session) return true;
  }
  return false;
}

function setsid(call: Call): Outcome {
  const { processes } = call.services;
  const pid = processes.field(call.slot, PCB_PID);
  if (groupExists(call, pid)) return -EPERM;
  processes.setSession(call.slot, pid);
  processes.setGroup(call.slot, pid);
  return pid;
}

function schedYield(): Outcome {
  return { kind: "yield", value: 0 };
}

const NONE = [] as const;
const PID = { name: "pid", kind: "pid" } as const;

export const processCalls: readonly SystemCall[] = [
  {
    number: 93,
    name: "exit",
    arguments: [{ name: "status", kind: "int" }],
    handler: exit,
    meaning: "Ends the calling thread, and with its last one the process: _exit(2)",
  },
  {
    number: 94,
    name: "exit_group",
    arguments: [{ name: "status", kind: "int" }],
    handler: exit,
    meaning: "Ends the process: exit_group(2)",
  },
  {
    number: 95,
    name: "waitid",
    arguments: [
      { name: "idtype", kind: "hex", names: { 0: "P_ALL", 1: "P_PID", 2: "P_PGID", 3: "P_PIDFD" } },
      { name: "id", kind: "int" },
      { name: "infop", kind: "wait" },
      { name: "options", kind: "flags", names: WAIT_NAMES },
      { name: "rusage", kind: "ptr" },
    ],
    handler: waitid,
    meaning: "Waits for a child to change its state: waitid(2)",
  },
  {
    number: 96,
    name: "set_tid_address",
    arguments: [{ name: "tidptr", kind: "ptr" }],
    handler: setTidAddress,
    meaning: "Names the word to clear at the thread's end, gives its id: set_tid_address(2)",
  },
  {
    number: 124,
    name: "sched_yield",
    arguments: NONE,
    handler: schedYield,
    meaning: "Gives way to the other ready processes: sched_yield(2)",
  },
  {
    number: 154,
    name: "setpgid",
    arguments: [PID, { name: "pgid", kind: "pid" }],
    handler: setpgid,
    meaning: "Moves a process to a process group: setpgid(2)",
  },
  {
    number: 155,
    name: "getpgid",
    arguments: [PID],
    handler: getpgid,
    meaning: "Tells the process group of a process: getpgid(2)",
  },
  {
    number: 156,
    name: "getsid",
    arguments: [PID],
    handler: getsid,
    meaning: "Tells the session of a process: getsid(2)",
  },
  {
    number: 157,
    name: "setsid",
    arguments: NONE,
    handler: setsid,
    meaning: "Begins a session and a process group: setsid(2)",
  },
  {
    number: 172,
    name: "getpid",
    arguments: NONE,
    handler: getpid,
    meaning: "Tells the process's id: getpid(2)",
  },
  {
    number: 173,
    name: "getppid",
    arguments: NONE,
    handler: getppid,
    meaning: "Tells the parent's id: getppid(2)",
  },
  {
    number: 174,
    name: "getuid",
    arguments: NONE,
    handler: rootId,
    meaning: "Tells the user's id: getuid(2)",
  },
  {
    number: 175,
    name: "geteuid",
    arguments: NONE,
    handler: rootId,
    meaning: "Tells the effective user's id: geteuid(2)",
  },
  {
    number: 176,
    name: "getgid",
    arguments: NONE,
    handler: rootId,
    meaning: "Tells the group's id: getgid(2)",
  },
  {
    number: 177,
    name: "getegid",
    arguments: NONE,
    handler: rootId,
    meaning: "Tells the effective group's id: getegid(2)",
  },
  {
    number: 178,
    name: "gettid",
    arguments: NONE,
    handler: gettid,
    meaning: "Tells the thread's id: gettid(2)",
  },
  {
    number: 220,
    name: "clone",
    arguments: [
      { name: "flags", kind: "flags", names: CLONE_FLAGS },
      { name: "stack", kind: "ptr" },
    ],
    handler: clone,
    meaning: "Makes a child process, as fork or vfork: clone(2)",
  },
  {
    number: 221,
    name: "execve",
    arguments: [
      { name: "pathname", kind: "path" },
      { name: "argv", kind: "argv" },
      { name: "envp", kind: "ptr" },
    ],
    handler: execve,
    meaning: "Replaces the process's program: execve(2)",
  },
];
