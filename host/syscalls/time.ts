// System calls on time. All clocks are virtual: ticks of the calling hart since boot (man pages, section 2).

import { PCB_CHILDREN_TIME, PCB_USER_TIME, WAIT_KIND_SHIFT, WAIT_SLEEP } from "../../assembly/layout.ts";
import type { Argument, Call, Outcome, SystemCall } from "./call.ts";
import { EFAULT, EINVAL, EOPNOTSUPP } from "./errno.ts";
import { littleEndian, RUSAGE_SIZE, resourceUsage } from "./usage.ts";

const CLOCK_REALTIME = 0;
const CLOCK_PROCESS_CPUTIME_ID = 2;
const CLOCK_THREAD_CPUTIME_ID = 3;
const CLOCK_REALTIME_COARSE = 5;
const CLOCK_BOOTTIME = 7;
const CLOCK_REALTIME_ALARM = 8;
const CLOCK_BOOTTIME_ALARM = 9;
const CLOCK_TAI = 11;
const CLOCK_NAMES = {
  0: "CLOCK_REALTIME",
  1: "CLOCK_MONOTONIC",
  2: "CLOCK_PROCESS_CPUTIME_ID",
  3: "CLOCK_THREAD_CPUTIME_ID",
  4: "CLOCK_MONOTONIC_RAW",
  5: "CLOCK_REALTIME_COARSE",
  6: "CLOCK_MONOTONIC_COARSE",
  7: "CLOCK_BOOTTIME",
  8: "CLOCK_REALTIME_ALARM",
  9: "CLOCK_BOOTTIME_ALARM",
  11: "CLOCK_TAI",
};
const NANOSECONDS = 1e9;
const TIMESPEC_SIZE = 16;
const USER_HZ = 100;

function isClock(clock: number): boolean {
  return (clock >= CLOCK_REALTIME && clock <= CLOCK_BOOTTIME) || clock === CLOCK_TAI;
}

function isWallClock(clock: number): boolean {
  return clock === CLOCK_REALTIME || clock === CLOCK_REALTIME_COARSE || clock === CLOCK_TAI;
}

/** Ticks that a clock has counted. */
function ticksOf(call: Call, clock: number): number {
  const isCpuTime = clock === CLOCK_PROCESS_CPUTIME_ID || clock === CLOCK_THREAD_CPUTIME_ID;
  return isCpuTime ? call.services.processes.time(call.slot, PCB_USER_TIME) : call.services.now();
}

function clockGettime(call: Call, clock: number, address: number): Outcome {
  if (!isClock(clock)) return -EINVAL;
  const ticks = ticksOf(call, clock);
  const { clockHz } = call.services;
  const seconds = Math.floor(ticks / clockHz) + (isWallClock(clock) ? call.kernel.files.bootSeconds : 0);
  const nanoseconds = Math.floor(((ticks % clockHz) * NANOSECONDS) / clockHz);
  return writeTimespec(call, address, seconds, nanoseconds);
}

function clockGetres(call: Call, clock: number, address: number): Outcome {
  if (!isClock(clock)) return -EINVAL;
  if (address === 0) return 0;
  return writeTimespec(call, address, 0, Math.max(1, Math.round(NANOSECONDS / call.services.clockHz)));
}

function writeTimespec(call: Call, address: number, seconds: number, nanoseconds: number): Outcome {
  if (call.memory.writable(address, TIMESPEC_SIZE) < TIMESPEC_SIZE) return -EFAULT;
  const words = Uint32Array.of(seconds % 2 ** 32, Math.floor(seconds / 2 ** 32), nanoseconds, 0);
  call.memory.write(address, littleEndian(words));
  return 0;
}

const TIMER_ABSTIME = 1;
/** Beyond any run: where times that a tick count cannot hold are cut off. */
const FAR_FUTURE = Number.MAX_SAFE_INTEGER;

/** Between the process's CPU time and boot time lie the clocks that wake no one. */
function clockNanosleep(call: Call, clock: number, flags: number, request: number): Outcome {
  const needsAlarm = clock === CLOCK_REALTIME_ALARM || clock === CLOCK_BOOTTIME_ALARM;
  if (!isClock(clock) && !needsAlarm) return -EINVAL;
  if (clock > CLOCK_PROCESS_CPUTIME_ID && clock < CLOCK_BOOTTIME) return -EOPNOTSUPP;
  if (clock === CLOCK_PROCESS_CPUTIME_ID) return sleepInCpuTime(call, flags, request);
  const known = sleepDeadline(call);
  const deadline = known === 0 ? newDeadline(call, clock, flags, request) : known;
  if (deadline < 0) return deadline;
  if (needsAlarm) return -EOPNOTSUPP; // the machine has no clock that could wake it from a suspension
  if (deadline <= call.services.now()) return 0;
  keepDeadline(call, deadline);
  return { kind: "block", channel: (WAIT_SLEEP << WAIT_KIND_SHIFT) | call.slot, deadline };
}

/** A process that sleeps uses no CPU time, so a sleep in its own time that is not over at once never ends. */
function sleepInCpuTime(call: Call, flags: number, request: number): Outcome {
  const ticks = requestedTicks(call, 0, request);
  if (ticks < 0) return ticks;
  const spent = (flags & TIMER_ABSTIME) !== 0 ? ticksOf(call, CLOCK_PROCESS_CPUTIME_ID) : 0;
  if (ticks <= spent) return 0;
  return { kind: "block", channel: (WAIT_SLEEP << WAIT_KIND_SHIFT) | call.slot };
}

/** Tick at which the sleep that `request` describes is over, or a negated errno. */
function newDeadline(call: Call, clock: number, flags: number, request: number): number {
  const isAbsolute = (flags & TIMER_ABSTIME) !== 0;
  const origin = isAbsolute && isWallClock(clock) ? call.kernel.files.bootSeconds : 0;
  const ticks = requestedTicks(call, origin, request);
  if (ticks < 0) return ticks;
  return isAbsolute || ticks === 0 ? ticks : Math.min(call.services.now() + ticks, FAR_FUTURE);
}

/** Ticks from second `origin` to the time that `request` holds, 0 if it lies before; or a negated errno. */
function requestedTicks(call: Call, origin: number, request: number): number {
  const bytes = call.memory.read(request, TIMESPEC_SIZE);
  if (bytes === null) return -EFAULT;
  const view = new DataView(bytes.buffer, bytes.byteOffset, TIMESPEC_SIZE);
  const seconds = view.getInt32(4, true) * 2 ** 32 + view.getUint32(0, true);
  const nanoseconds = view.getInt32(8, true);
  if (seconds < 0 || nanoseconds < 0 || nanoseconds >= NANOSECONDS) return -EINVAL;
  const { clockHz } = call.services;
  const ticks = (seconds - origin) * clockHz + Math.ceil((nanoseconds * clockHz) / NANOSECONDS);
  return Math.min(Math.max(ticks, 0), FAR_FUTURE);
}

/** The deadline lives in the call's two words of progress; the top bit says that there is one. */
const HAS_DEADLINE = 0x80000000;

function sleepDeadline(call: Call): number {
  if (call.progress2 < HAS_DEADLINE) return 0;
  return (call.progress2 - HAS_DEADLINE) * 2 ** 32 + call.progress;
}

function keepDeadline(call: Call, deadline: number): void {
  call.progress = deadline % 2 ** 32;
  call.progress2 = Math.floor(deadline / 2 ** 32) + HAS_DEADLINE;
}

/** Ticks of user time in units of 1/100 second, as clock_t counts them. */
function clockTicks(call: Call, ticks: number): number {
  return Math.floor((ticks * USER_HZ) / call.services.clockHz);
}

const TMS_SIZE = 16;

function times(call: Call, buffer: number): Outcome {
  const { processes } = call.services;
  const elapsed = clockTicks(call, call.services.now()) % 2 ** 31;
  if (buffer === 0) return elapsed;
  if (call.memory.writable(buffer, TMS_SIZE) < TMS_SIZE) return -EFAULT;
  const own = clockTicks(call, processes.time(call.slot, PCB_USER_TIME));
  const children = clockTicks(call, processes.time(call.slot, PCB_CHILDREN_TIME));
  call.memory.write(buffer, littleEndian(Uint32Array.of(own, 0, children, 0)));
  return elapsed;
}

const RUSAGE_SELF = 0;
const RUSAGE_CHILDREN = -1;
const RUSAGE_THREAD = 1;

function getrusage(call: Call, who: number, address: number): Outcome {
  if (who !== RUSAGE_SELF && who !== RUSAGE_CHILDREN && who !== RUSAGE_THREAD) return -EINVAL;
  if (call.memory.writable(address, RUSAGE_SIZE) < RUSAGE_SIZE) return -EFAULT;
  const field = who === RUSAGE_CHILDREN ? PCB_CHILDREN_TIME : PCB_USER_TIME;
  const ticks = call.services.processes.time(call.slot, field);
  // Slot 0 is no process: the counts of waited-for children are not kept.
  call.memory.write(address, resourceUsage(call, who === RUSAGE_CHILDREN ? 0 : call.slot, ticks));
  return 0;
}

const CLOCK: Argument = { name: "clockid", kind: "hex", names: CLOCK_NAMES };

export const timeCalls: readonly SystemCall[] = [
  {
    number: 153,
    name: "times",
    arguments: [{ name: "buf", kind: "ptr" }],
    handler: times,
    meaning: "Tells the process's times in 1/100 s: times(2)",
  },
  {
    number: 165,
    name: "getrusage",
    arguments: [
      { name: "who", kind: "int", names: { 0: "RUSAGE_SELF", [-1]: "RUSAGE_CHILDREN", 1: "RUSAGE_THREAD" } },
      { name: "usage", kind: "ptr" },
    ],
    handler: getrusage,
    meaning: "Tells what the process or its children used: getrusage(2)",
  },
  {
    number: 403,
    name: "clock_gettime64",
    arguments: [CLOCK, { name: "tp", kind: "ptr" }],
    handler: clockGettime,
    meaning: "Tells the time of a clock: clock_gettime(2)",
  },
  {
    number: 406,
    name: "clock_getres_time64",
    arguments: [CLOCK, { name: "res", kind: "ptr" }],
    handler: clockGetres,
    meaning: "Tells the resolution of a clock: clock_getres(2)",
  },
  {
    number: 407,
    name: "clock_nanosleep_time64",
    arguments: [
      CLOCK,
      { name: "flags", kind: "flags", names: { 1: "TIMER_ABSTIME" } },
      { name: "request", kind: "timespec" },
      { name: "remain", kind: "ptr" },
    ],
    handler: clockNanosleep,
    meaning: "Sleeps for a while, or until a time: clock_nanosleep(2)",
  },
];
