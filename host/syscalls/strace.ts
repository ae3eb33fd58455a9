// System calls as lines of text, in the form of strace(1) with -f: one line a call with its arguments and
// result; a call that waits is split into "<unfinished ...>" and "<... resumed>". The tracer keeps what
// it needs between beginning and end of a call; it changes nothing in the machine except that the
// program's memory it looks at may be brought in.

import type { SystemCall } from "./call.ts";
import { argumentText, isResult, pollResult, shownArguments } from "./decode.ts";
import { errorName, errorText } from "./errno-names.ts";
import { hex, type Peek, pointer } from "./scalars.ts";
import { signalName } from "./signal-names.ts";

const RESULT_COLUMN = 40;
const ERRNO_MAX = 4095;
const REGISTERS = 6;
const F_GETFL = 3;

const ADDRESS_RESULTS = new Set(["brk", "mmap2", "mremap"]);

/** si_code by signal, for the signals of faults (asm-generic/siginfo.h). */
const FAULT_CODES: Readonly<Record<number, readonly string[]>> = {
  4: ["", "ILL_ILLOPC"],
  5: ["", "TRAP_BRKPT"],
  7: ["", "BUS_ADRALN", "BUS_ADRERR"],
  8: ["", "FPE_INTDIV"],
  11: ["", "SEGV_MAPERR", "SEGV_ACCERR"],
};

type Style = "pid" | "name" | "error" | "event";
const COLOURS: Readonly<Record<Style, string>> = { pid: "2", name: "36", error: "31", event: "33" };

/** What the calling number is shown as. */
export function callName(row: SystemCall | undefined, number: number): string {
  return row ? row.name : `syscall_${hex(number)}`;
}

/** Arguments from the first that is shown `after` the call began; those before it are shown at its beginning. */
function texts(
  row: SystemCall | undefined,
  registers: ArrayLike<number>,
  memory: Peek,
  result: number | undefined,
  part: "begin" | "end",
): string[] {
  if (!row) {
    if (part === "end") return [];
    return Array.from({ length: REGISTERS }, (_, i) => (registers[i] === 0 ? "0" : hex(registers[i])));
  }
  const count = shownArguments(row, registers);
  const found = row.arguments.findIndex(isResult);
  const split = found < 0 ? count : Math.min(found, count);
  const call = { memory, registers, result };
  const list: string[] = [];
  let register = 0;
  for (let i = 0; i < count; i++) {
    const argument = row.arguments[i];
    if (part === "end" ? i >= split : i < split) list.push(argumentText(call, argument, register));
    register += argument.kind === "offset64" ? 2 : 1;
  }
  return list;
}

/** The call up to the first argument that only its end tells: `read(3, `, `close(4`. */
function beginText(
  row: SystemCall | undefined,
  number: number,
  registers: ArrayLike<number>,
  memory: Peek,
): string {
  const shown = texts(row, registers, memory, undefined, "begin").join(", ");
  const more = row ? row.arguments.findIndex(isResult) : -1;
  return `${callName(row, number)}(${shown}${more > 0 ? ", " : ""}`;
}

/** The rest of the arguments and the closing parenthesis. */
function endText(
  row: SystemCall | undefined,
  registers: ArrayLike<number>,
  memory: Peek,
  result: number | undefined,
): string {
  return `${texts(row, registers, memory, result, "end").join(", ")})`;
}

/** What comes after the equals sign. */
function resultText(
  row: SystemCall | undefined,
  registers: ArrayLike<number>,
  memory: Peek,
  result: number | undefined,
): string {
  if (result === undefined) return "?";
  if (result < 0 && result >= -ERRNO_MAX) return `-1 ${errorName(-result)} (${errorText(-result)})`;
  if (row && ADDRESS_RESULTS.has(row.name)) return hex(result);
  if (row?.name === "ppoll_time64") {
    return result === 0 ? "0 (Timeout)" : `${result} (${pollResult(memory, registers[0], registers[1])})`;
  }
  if (row?.name === "fcntl64" && registers[1] === F_GETFL) return hex(result);
  return String(result | 0);
}

/** `--- SIGSEGV {si_signo=SIGSEGV, si_code=SEGV_MAPERR, si_addr=NULL} ---` */
export function faultText(signal: number, code: number, address: number): string {
  const name = signalName(signal);
  const shown = FAULT_CODES[signal]?.[code] || (code === 128 ? "SI_KERNEL" : String(code));
  return `--- ${name} {si_signo=${name}, si_code=${shown}, si_addr=${pointer(address)}} ---`;
}

/** `+++ exited with 1 +++` or `+++ killed by SIGKILL +++`, from a wait status. */
export function exitText(status: number): string {
  const signal = status & 0x7f;
  return signal === 0
    ? `+++ exited with ${(status >> 8) & 0xff} +++`
    : `+++ killed by ${signalName(signal)} +++`;
}

interface PendingCall {
  readonly begin: string;
  readonly row: SystemCall | undefined;
  readonly number: number;
  /** Its first line, "<unfinished ...>", was printed. */
  split: boolean;
}

export interface TracerOptions {
  /** Takes a line without its newline. */
  readonly print: (line: string) => void;
  /** Process identifier of a slot. */
  readonly pidOf: (slot: number) => number;
  /** The memory of the process whose call begins or ends. */
  readonly memory: Peek;
  /** Whether lines carry ANSI colours; default no. */
  readonly colour?: boolean;
}

/** Prints the calls that it is told of. Its methods are those of a kernel's observer. */
export class Tracer {
  readonly #options: TracerOptions;
  /** Calls that have begun and not ended, by slot. */
  readonly #pending = new Map<number, PendingCall>();

  constructor(options: TracerOptions) {
    this.#options = options;
  }

  callBegins(
    slot: number,
    row: SystemCall | undefined,
    number: number,
    registers: ArrayLike<number>,
    resumed: boolean,
  ): void {
    if (resumed && this.#pending.has(slot)) return;
    const begin = beginText(row, number, registers, this.#options.memory);
    this.#pending.set(slot, { begin, row, number, split: false });
  }

  callEnds(
    slot: number,
    row: SystemCall | undefined,
    _number: number,
    registers: ArrayLike<number>,
    result: number | undefined,
  ): void {
    const pending = this.#pending.get(slot);
    if (!pending) return;
    if (result === undefined) {
      this.#split(slot, pending);
      return;
    }
    this.#pending.delete(slot);
    const { memory } = this.#options;
    const text = this.#start(pending) + endText(row, registers, memory, result);
    this.#finish(
      slot,
      pending,
      text,
      resultText(row, registers, memory, result),
      result < 0 && result >= -ERRNO_MAX,
    );
  }

  fault(slot: number, signal: number, code: number, address: number): void {
    this.#line(slot, this.#paint("event", faultText(signal, code, address)));
  }

  /** Must come while the slot still has its pid. */
  processEnds(slot: number, status: number): void {
    const pending = this.#pending.get(slot);
    if (pending) {
      this.#pending.delete(slot);
      this.#finish(slot, pending, `${this.#start(pending)})`, "?", false);
    }
    this.#line(slot, this.#paint("event", exitText(status)));
  }

  #split(slot: number, pending: PendingCall): void {
    if (pending.split) return;
    pending.split = true;
    this.#line(slot, this.#paintName(`${pending.begin} <unfinished ...>`, pending));
  }

  #start(pending: PendingCall): string {
    return pending.split ? `<... ${callName(pending.row, pending.number)} resumed>` : pending.begin;
  }

  #finish(slot: number, pending: PendingCall, text: string, result: string, isError: boolean): void {
    const width = RESULT_COLUMN - this.#prefix(slot).length - 1;
    const call = this.#paintName(text, pending) + " ".repeat(Math.max(0, width - text.length));
    this.#line(slot, `${call} = ${isError ? this.#paint("error", result) : result}`);
  }

  #prefix(slot: number): string {
    return `[pid ${this.#options.pidOf(slot)}] `;
  }

  #line(slot: number, text: string): void {
    this.#options.print(this.#paint("pid", this.#prefix(slot)) + text);
  }

  #paintName(text: string, pending: PendingCall): string {
    const name = callName(pending.row, pending.number);
    return this.#options.colour ? text.replace(name, this.#paint("name", name)) : text;
  }

  #paint(style: Style, text: string): string {
    return this.#options.colour ? `\u001b[${COLOURS[style]}m${text}\u001b[0m` : text;
  }
}
