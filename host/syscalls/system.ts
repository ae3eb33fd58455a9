// System calls on the machine as a whole: its name, size, randomness, and limits (man pages, section 2).

import { PAGE_SIZE } from "../../assembly/layout.ts";
import { fillRandom } from "../fs/random.ts";
import type { ResourceLimit } from "../kernel/state.ts";
import type { Call, Outcome, SystemCall } from "./call.ts";
import { EFAULT, EINVAL, EPERM, ESRCH } from "./errno.ts";
import { littleEndian } from "./usage.ts";

const UNAME_FIELD = 65;
const UNAME = ["Linux", "timeslice", "6.1.0", "#1 Timeslice", "riscv32", "(none)"];

function uname(call: Call, address: number): Outcome {
  const bytes = new Uint8Array(UNAME_FIELD * UNAME.length);
  UNAME.forEach((text, field) => {
    for (let i = 0; i < text.length; i++) bytes[field * UNAME_FIELD + i] = text.charCodeAt(i);
  });
  if (call.memory.writable(address, bytes.length) < bytes.length) return -EFAULT;
  call.memory.write(address, bytes);
  return 0;
}

const SYSINFO_SIZE = 64;

/** struct sysinfo of rv32: uptime, 3 loads, 6 memory sizes in units of mem_unit, procs, 2 high-memory sizes. */
function sysinfo(call: Call, address: number): Outcome {
  if (call.memory.writable(address, SYSINFO_SIZE) < SYSINFO_SIZE) return -EFAULT;
  const { processes, clockHz } = call.services;
  const { total, used } = processes.frames();
  const words = new Uint32Array(SYSINFO_SIZE / 4);
  words[0] = Math.floor(call.services.now() / clockHz);
  words[4] = total;
  words[5] = total - used;
  words[10] = processes.count();
  words[13] = PAGE_SIZE;
  call.memory.write(address, littleEndian(words));
  return 0;
}

const GRND_FLAGS = 7;
/** As Linux: no single read of randomness gives more. */
const RANDOM_MAX = 33554431;
const RANDOM_CHUNK = 4096;

function getrandom(call: Call, address: number, length: number, flags: number): Outcome {
  if ((flags & ~GRND_FLAGS) !== 0) return -EINVAL;
  const wanted = Math.min(length >>> 0, RANDOM_MAX);
  const reach = call.memory.writable(address, wanted);
  if (reach === 0 && wanted > 0) return -EFAULT;
  const chunk = new Uint8Array(Math.min(reach, RANDOM_CHUNK));
  for (let done = 0; done < reach; done += RANDOM_CHUNK) {
    const bytes = chunk.subarray(0, Math.min(RANDOM_CHUNK, reach - done));
    fillRandom(call.kernel.random, bytes);
    call.memory.write(address + done, bytes);
  }
  return reach;
}

const RLIMITS = 16;
const RLIMIT_NAMES = {
  0: "RLIMIT_CPU",
  1: "RLIMIT_FSIZE",
  2: "RLIMIT_DATA",
  3: "RLIMIT_STACK",
  4: "RLIMIT_CORE",
  5: "RLIMIT_RSS",
  6: "RLIMIT_NPROC",
  7: "RLIMIT_NOFILE",
  8: "RLIMIT_MEMLOCK",
  9: "RLIMIT_AS",
};
const RLIMIT_NOFILE = 7;
const NOFILE_MAX = 1048576;
const LIMIT_SIZE = 16;
const UNLIMITED = -1;

function prlimit(call: Call, pid: number, resource: number, fresh: number, old: number): Outcome {
  if (resource < 0 || resource >= RLIMITS) return -EINVAL;
  const slot = pid === 0 ? call.slot : call.services.processes.slotOf(pid >>> 0);
  const process = slot === 0 ? null : call.kernel.processes[slot];
  if (!process) return -ESRCH;
  const wanted = fresh === 0 ? null : readLimit(call, fresh);
  if (fresh !== 0 && wanted === null) return -EFAULT;
  if (wanted !== null && above(wanted[0], wanted[1])) return -EINVAL;
  if (wanted !== null && resource === RLIMIT_NOFILE && above(wanted[1], NOFILE_MAX)) return -EPERM;
  if (old !== 0 && !writeLimit(call, old, process.limits[resource])) return -EFAULT;
  if (wanted !== null) process.limits[resource] = Object.freeze(wanted);
  return 0;
}

/** Whether limit `a` lets more through than `b`. */
function above(a: number, b: number): boolean {
  if (b === UNLIMITED) return false;
  return a === UNLIMITED || a > b;
}

/** struct rlimit64; values that a number cannot hold exactly are as good as none. */
function readLimit(call: Call, address: number): ResourceLimit | null {
  const bytes = call.memory.read(address, LIMIT_SIZE);
  if (bytes === null) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, LIMIT_SIZE);
  const value = (offset: number) => {
    const number = view.getUint32(offset + 4, true) * 2 ** 32 + view.getUint32(offset, true);
    return number > Number.MAX_SAFE_INTEGER ? UNLIMITED : number;
  };
  return [value(0), value(8)];
}

function writeLimit(call: Call, address: number, limit: ResourceLimit): boolean {
  if (call.memory.writable(address, LIMIT_SIZE) < LIMIT_SIZE) return false;
  const words = limit.flatMap((value) =>
    value === UNLIMITED ? [0xffffffff, 0xffffffff] : [value % 2 ** 32, Math.floor(value / 2 ** 32)],
  );
  call.memory.write(address, littleEndian(Uint32Array.from(words)));
  return true;
}

export const systemCalls: readonly SystemCall[] = [
  {
    number: 160,
    name: "uname",
    arguments: [{ name: "buf", kind: "ptr" }],
    handler: uname,
    meaning: "Tells the system's names: uname(2)",
  },
  {
    number: 179,
    name: "sysinfo",
    arguments: [{ name: "info", kind: "ptr" }],
    handler: sysinfo,
    meaning: "Tells uptime, memory and number of processes: sysinfo(2)",
  },
  {
    number: 261,
    name: "prlimit64",
    arguments: [
      { name: "pid", kind: "pid" },
      { name: "resource", kind: "hex", names: RLIMIT_NAMES },
      { name: "new_limit", kind: "ptr" },
      { name: "old_limit", kind: "ptr" },
    ],
    handler: prlimit,
    meaning: "Tells and sets a resource limit: prlimit(2)",
  },
  {
    number: 278,
    name: "getrandom",
    arguments: [
      { name: "buf", kind: "outbuffer" },
      { name: "buflen", kind: "len" },
      { name: "flags", kind: "flags", names: { 1: "GRND_NONBLOCK", 2: "GRND_RANDOM", 4: "GRND_INSECURE" } },
    ],
    handler: getrandom,
    meaning: "Gives bytes of the machine's random generator: getrandom(2)",
  },
];
