// What the debugger says at a stop, in lines: why, who, where, and the line or instruction that comes next.

import { REGISTER_NAMES } from "../../../assembly/isa/table.ts";
import { EVENT_CALL, STATE_BLOCKED, STATE_ZOMBIE } from "../../../assembly/layout.ts";
import { eventSentence } from "../../debug/event-words.ts";
import { type Frame, formatAddress, type Stop, type WatchedAccess } from "../../debug/index.ts";
import { signalName } from "../../syscalls/signal-names.ts";
import type { Debugger } from "./debugger.ts";

const SIGNAL_BITS = 0x7f;

/** `isOther`: it is another process than that of the last stop. */
export function stopLines(debug: Debugger, stop: Stop, isOther: boolean): string[] {
  const lines = [reasonLine(stop) + callWords(debug, stop), ...accessLines(debug, stop)].filter(
    (line) => line !== "",
  );
  if (stop.problem !== undefined) lines.push(debug.paint.error(stop.problem));
  if (stop.reason === "ended") return lines;
  if (stop.pid === undefined) return lines.length > 0 ? lines : kernelLines(debug, stop);
  if (isOther) lines.push(debug.paint.quiet(`[process ${processName(debug, stop.pid)}]`));
  return [...lines, ...placeLines(debug, stop.pid)];
}

/** Where nobody is about to execute: what the kernel did last. A pass has said so already. */
function kernelLines({ session }: Debugger, { reason, moment }: Stop): string[] {
  if (reason === "step") return [];
  const event = session.history.events.at(moment.events - 1);
  return [`No process is about to execute${event === undefined ? "" : `; last: ${eventSentence(event)}`}.`];
}

/** "5 (sort)". */
export function processName(debug: Debugger, pid: number): string {
  const view = debug.session.machine.processes().find((process) => process.pid === pid);
  return view === undefined ? `${pid}` : `${pid} (${view.name})`;
}

function reasonLine(stop: Stop): string {
  const number = stop.breakpoint;
  switch (stop.reason) {
    case "breakpoint":
      return `Breakpoint ${number}`;
    case "watchpoint":
      return number === undefined ? "" : `Watchpoint ${number}`;
    case "event":
      return `${number === undefined ? "" : `Catchpoint ${number}: `}${stop.event ? eventSentence(stop.event) : ""}`;
    case "ended":
      return `The machine has ended${statusWords(stop.status)}. Go back with reverse-continue or goto.`;
    case "process-ended":
      return `Process ${stop.pid} ended${statusWords(stop.status)}.`;
    case "deadlock":
      return ["Deadlock: nothing can run any more.", ...(stop.waiting ?? []).map(waitingLine)].join("\n");
    case "input":
      return "The program waits for input: `input TEXT` gives it a line, `eof` ends it.";
    case "start":
      return "This is the beginning of the recorded run.";
    case "paused":
      return "Interrupted.";
    default:
      return "";
  }
}

export function waitingLine({ pid, name, for: what, holders }: NonNullable<Stop["waiting"]>[number]): string {
  const who = holders.length === 0 ? "nobody" : holders.join(", ");
  return `  ${name} (${pid}) waits for ${what}; held by ${who}`;
}

/** What a call was given, and its result if that is there: then a0 is the result. */
function callWords({ session }: Debugger, { event }: Stop): string {
  if (event?.type !== EVENT_CALL || session.machine.kernel.core.pidSlot(event.pid) === 0) return "";
  const call = session.process(event.pid).lastCall();
  if (call === null) return "";
  const args = call.args.map((arg) => (arg === undefined ? "?" : `0x${(arg >>> 0).toString(16)}`));
  return `; $arg0 to $arg5: ${args.join(" ")}${call.result === undefined ? "" : `; $result: ${call.result | 0}`}`;
}

/** ": exit status 3" or ", killed by SIGSEGV". */
function statusWords(status: number | undefined): string {
  if (status === undefined) return "";
  const signal = status & SIGNAL_BITS;
  return signal === 0 ? ` with exit status ${(status >>> 8) & 0xff}` : `, killed by ${signalName(signal)}`;
}

function accessLines(debug: Debugger, { access }: Stop): string[] {
  if (access === undefined) return [];
  const what =
    access.kind === "register" ? REGISTER_NAMES[access.address] : formatAddress(access.address, "");
  const verb = access.kind === "read" ? "read" : "written";
  const { before, after } = access;
  const lines = [`${debug.paint.name(what)} was ${verb} by the instruction at ${atPlace(debug, access)}`];
  if (before) lines.push(`Old value = ${bytesWords(before)}`);
  if (after && !(access.kind === "read")) lines.push(`New value = ${bytesWords(after)}`);
  return lines;
}

function atPlace(debug: Debugger, { pc }: WatchedAccess): string {
  const symbol = debug.session.process().program?.nameOf(pc) ?? "";
  return debug.paint.address(formatAddress(pc, symbol));
}

/** One, two or four bytes as a number, others in hexadecimal. */
export function bytesWords(bytes: Uint8Array): string {
  if (bytes.length > 4 || bytes.length === 3) {
    return Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  }
  let value = 0;
  bytes.forEach((byte, index) => {
    value |= byte << (8 * index);
  });
  const shift = 32 - 8 * bytes.length;
  return `${(value << shift) >> shift} (0x${((value << shift) >>> shift).toString(16)})`;
}

/** Where a process stands: its frame, then the source line, or the instruction. */
export function placeLines(debug: Debugger, pid: number): string[] {
  const process = debug.session.process(pid);
  if (process.state === STATE_ZOMBIE) return [];
  const [frame] = debug.session.backtrace(pid, 1);
  const lines = [frameLine(debug, frame)];
  const trap = trapWords(debug, pid);
  if (trap !== "") lines.push(debug.paint.quiet(trap));
  const source = sourceLine(debug, frame.line);
  return [...lines, source ?? instructionLine(debug, pid)];
}

/** That the process is in the kernel, if it is. */
function trapWords(debug: Debugger, pid: number): string {
  const { pending } = debug.session.machine.debugging;
  if (pending?.pid === pid) return "it has trapped; the kernel is about to serve it";
  return debug.session.process(pid).state === STATE_BLOCKED ? debug.session.why(pid).sentence : "";
}

/** "#0 main () at tree.s:12", or with the address where no line is known or the pc is amid one. */
export function frameLine({ paint }: Debugger, { level, pc, function: name, symbol, line }: Frame): string {
  const inside = paint.name(name === "" ? "??" : name);
  const place = line === "" ? "" : ` at ${line}`;
  const isExact = symbol === name && level === 0;
  const address = isExact && line !== "" ? "" : `${paint.address(`0x${pc.toString(16)}`)} in `;
  return `#${level}  ${address}${inside} ()${place}`;
}

/** The source line of "file:12", numbered; null where there is no text. */
export function sourceLine(debug: Debugger, place: string): string | null {
  const match = /^(.*):(\d+)$/.exec(place);
  if (match === null) return null;
  const text = debug.sources.lines(match[1])?.[Number(match[2]) - 1];
  return text === undefined ? null : `${debug.paint.here(match[2])}\t${text}`;
}

/** The next instruction of a process. */
export function instructionLine(debug: Debugger, pid: number): string {
  const [line] = debug.session.disassemble(pid, { before: 0, after: 0 });
  if (line === undefined) return debug.paint.error("=> nothing is mapped here");
  const [mnemonic, operands = ""] = line.text.split("\t");
  const place = debug.paint.address(formatAddress(line.address, line.symbol));
  return `${debug.paint.here("=>")} ${place}: ${mnemonic} ${operands}`.trimEnd();
}
