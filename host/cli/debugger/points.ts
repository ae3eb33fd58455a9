// Commands about breakpoints, watchpoints and catchpoints.

import type { BreakpointSpecification, CaughtEvent } from "../../debug/breakpoint.ts";
import { type Breakpoint, DebugError, formatAddress } from "../../debug/index.ts";
import { nearest } from "../../toolchain/diagnostics.ts";
import { type DebuggerCommand, readCount, readNumbers, splitWord } from "./command.ts";
import type { Debugger } from "./debugger.ts";

const EVENTS: readonly CaughtEvent[] = ["call", "signal", "fault", "fork", "exec", "exit", "switch"];

interface Clauses {
  readonly what: string;
  readonly options: { pid?: number; condition?: string };
}

/** Takes "if CONDITION" and "process PID" off the end. */
function clauses(operands: string): Clauses {
  const options: { pid?: number; condition?: string } = {};
  let what = operands.trim();
  const condition = /(?:^|\s)if\b\s*(.*)$/s.exec(what);
  if (condition) {
    what = what.slice(0, condition.index).trim();
    options.condition = condition[1];
    if (condition[1] === "") throw new DebugError("syntax", "if needs a condition behind it");
  }
  const process = /(?:^|\s)process\s+(\d+)$/.exec(what);
  if (process) {
    what = what.slice(0, process.index).trim();
    options.pid = Number(process[1]);
  }
  return { what, options };
}

function add(debug: Debugger, specification: BreakpointSpecification): void {
  const breakpoint = debug.session.addBreakpoint(specification);
  const line = breakpointLine(breakpoint);
  const { pid } = specification;
  debug.say(pid ? `${line.replace(/\.$/, "")}; process ${pid} only` : line);
  if (specification.kind !== "breakpoint" || breakpoint.places.length > 0) return;
  const program = debug.session.process().program;
  const names = program === null ? [] : Array.from(program.all(), ({ name }) => name);
  const meant = nearest(specification.location, names);
  if (meant) debug.say(debug.paint.quiet(`Did you mean ${meant}?`));
}

/** "Breakpoint 1 at 0x10074 <main>, tree.s:12." */
export function breakpointLine({ number, specification, places }: Breakpoint): string {
  const name = { breakpoint: "Breakpoint", watchpoint: "Watchpoint", catchpoint: "Catchpoint" }[
    specification.kind
  ];
  if (specification.kind === "watchpoint") return `${name} ${number}: ${specification.target}`;
  if (specification.kind === "catchpoint") {
    return `${name} ${number}: ${[specification.event, ...(specification.names ?? [])].join(" ")}`;
  }
  const [first] = places;
  if (first === undefined) {
    return `${name} ${number} (${specification.location}) is pending: no program that was seen has such a place yet.`;
  }
  if (places.length > 1)
    return `${name} ${number} (${specification.location}) stands at ${places.length} places.`;
  const line = first.line === "" ? "" : `, ${first.line}`;
  return `${name} ${number} at ${formatAddress(first.address, first.symbol)}${line}.`;
}

/** Location of "here" where none is given. */
function here(debug: Debugger, what: string): string {
  return what === "" ? `*0x${debug.frame().pc.toString(16)}` : what;
}

function breakCommand(
  name: string,
  aliases: readonly string[],
  temporary: boolean,
  summary: string,
): DebuggerCommand {
  return {
    name,
    aliases,
    topic: "stopping",
    usage: "[LOCATION] [process PID] [if CONDITION]",
    summary,
    operand: "location",
    details: ["LOCATION: a symbol, FILE:LINE, LINE or *ADDRESS; without one, where the program is."],
    run(debug, operands) {
      const { what, options } = clauses(operands);
      add(debug, { kind: "breakpoint", location: here(debug, what), temporary, ...options });
    },
  };
}

function watchCommand(
  name: string,
  access: Extract<BreakpointSpecification, { kind: "watchpoint" }>["access"],
  summary: string,
): DebuggerCommand {
  return {
    name,
    topic: "stopping",
    usage: "EXPRESSION [, BYTES] [process PID] [if CONDITION]",
    summary,
    operand: "expression",
    details: [
      "EXPRESSION: an address, as in counter or sp+8 (with or without * before it), or a register, as in $s0.",
      "It watches the memory of the process in focus, or of process PID; PID 0 is each process. BYTES is 4 if not given.",
    ],
    run(debug, operands) {
      const { what, options } = clauses(operands);
      const [, target, length] = /^(.*?)(?:,\s*(\d+))?$/s.exec(what)!;
      if (target === "")
        throw new DebugError("syntax", `${name} needs an address or a register: ${name} counter`);
      add(debug, {
        kind: "watchpoint",
        access,
        target,
        pid: debug.session.focus,
        ...(length !== undefined && { length: Number(length) }),
        ...options,
      });
    },
  };
}

const catchEvent: DebuggerCommand = {
  name: "catch",
  topic: "stopping",
  usage: "EVENT [NAME…] [process PID] [if CONDITION]",
  summary: "stop at events",
  operand: "event",
  details: [
    `EVENT: ${EVENTS.join(", ")}. NAMEs: of system calls (catch call read write) or signals (catch signal SIGSEGV).`,
  ],
  run(debug, operands) {
    const { what, options } = clauses(operands);
    const [word, rest] = splitWord(what);
    const event = EVENTS.find((one) => one === (word === "syscall" ? "call" : word));
    if (event === undefined) throw new DebugError("syntax", `catch what? One of ${EVENTS.join(", ")}`);
    add(debug, {
      kind: "catchpoint",
      event,
      names: rest.split(/\s+/).filter((name) => name !== ""),
      ...options,
    });
  },
};

const condition: DebuggerCommand = {
  name: "condition",
  topic: "stopping",
  usage: "NUMBER [CONDITION]",
  summary: "stop at a breakpoint only where CONDITION is not 0; without one, always",
  operand: "breakpoint",
  run(debug, operands) {
    const [number, text] = splitWord(operands);
    debug.session.setCondition(readCount(number, 0), text === "" ? undefined : text);
    debug.say(
      text === "" ? `Breakpoint ${number} now stops always.` : `Breakpoint ${number} stops if ${text}.`,
    );
  },
};

const ignore: DebuggerCommand = {
  name: "ignore",
  topic: "stopping",
  usage: "NUMBER COUNT",
  summary: "let the next COUNT hits of a breakpoint pass",
  operand: "breakpoint",
  run(debug, operands) {
    const [number, count] = splitWord(operands);
    debug.session.ignoreHits(readCount(number, 0), readCount(count, 0));
    debug.say(`The next ${readCount(count, 0)} hits of breakpoint ${number} pass.`);
  },
};

const log: DebuggerCommand = {
  name: "dprintf",
  topic: "stopping",
  usage: "LOCATION, TEXT",
  summary: "do not stop at LOCATION, but print TEXT with each {expression} replaced by its value",
  operand: "location",
  run(debug, operands) {
    const comma = operands.indexOf(",");
    if (comma < 0) throw new DebugError("syntax", "dprintf needs a comma: dprintf LOCATION, TEXT");
    const text = operands.slice(comma + 1).trim();
    const log = /^".*"$/s.test(text) ? text.slice(1, -1) : text;
    add(debug, { kind: "breakpoint", location: operands.slice(0, comma), log });
  },
};

const commands: DebuggerCommand = {
  name: "commands",
  topic: "stopping",
  usage: "[NUMBER…]",
  summary: "carry out the lines up to `end` where a breakpoint stops; without a number, the last one made",
  operand: "breakpoint",
  details: [
    "With `silent` as the first line the stop is not shown. Lines behind one that moves on are not carried out.",
    "With no line before `end` there are none any more.",
  ],
  async run(debug, operands) {
    const all = debug.session.breakpoints.map(({ number }) => number);
    const numbers = operands === "" ? all.slice(-1) : readNumbers(operands);
    const unknown = numbers.find((number) => !all.includes(number));
    const lines = await bodyLines(debug);
    if (unknown !== undefined || numbers.length === 0) {
      throw new DebugError("no-breakpoint", `there is no breakpoint ${unknown ?? "yet"}`);
    }
    for (const number of numbers) {
      if (lines.length > 0) debug.commands.set(number, lines);
      else debug.commands.delete(number);
    }
  },
};

/** The lines up to `end`, or to where there are no more. */
async function bodyLines(debug: Debugger): Promise<string[]> {
  const lines: string[] = [];
  for (;;) {
    const line = (await debug.nextLine())?.trim();
    if (line === undefined || line === "end") return lines;
    if (line !== "" && !line.startsWith("#")) lines.push(line);
  }
}

const remove: DebuggerCommand = {
  name: "delete",
  aliases: ["d"],
  topic: "stopping",
  usage: "[NUMBER…]",
  summary: "remove breakpoints; without numbers, all",
  operand: "breakpoint",
  run(debug, operands) {
    if (operands === "") {
      debug.commands.clear();
      return debug.session.clearBreakpoints();
    }
    for (const number of readNumbers(operands)) {
      debug.session.removeBreakpoint(number);
      debug.commands.delete(number);
    }
  },
};

function enableCommand(name: string, enabled: boolean): DebuggerCommand {
  return {
    name,
    topic: "stopping",
    usage: "[NUMBER…]",
    summary: `${name} breakpoints; without numbers, all`,
    operand: "breakpoint",
    run(debug, operands) {
      const all = debug.session.breakpoints.map(({ number }) => number);
      for (const number of operands === "" ? all : readNumbers(operands)) {
        debug.session.enableBreakpoint(number, enabled);
      }
    },
  };
}

export const POINTS: readonly DebuggerCommand[] = [
  breakCommand("break", ["b"], false, "stop where the program comes to LOCATION"),
  breakCommand("tbreak", ["tb"], true, "the same, once"),
  watchCommand("watch", "change", "stop where a value is changed"),
  watchCommand("rwatch", "read", "stop where a value is read"),
  watchCommand("awatch", "access", "stop where a value is read or written"),
  catchEvent,
  condition,
  ignore,
  log,
  commands,
  remove,
  enableCommand("enable", true),
  enableCommand("disable", false),
];
