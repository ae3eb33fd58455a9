// Commands about processes, time, the guest's input, recordings, and the debugger itself.

import type { Command } from "../../debug/command.ts";
import { DebugError, evaluate, parseExpression } from "../../debug/index.ts";
import type { LastWrite, WriteTarget } from "../../debug/last-write.ts";
import { signalNumber } from "../../syscalls/signal-names.ts";
import { type DebuggerCommand, readCount, splitWord } from "./command.ts";
import type { Debugger } from "./debugger.ts";
import { placeLines, processName } from "./render.ts";

const WORD = 4;

const process: DebuggerCommand = {
  name: "process",
  aliases: ["inferior", "thread"],
  topic: "processes and time",
  usage: "[PID]",
  summary: "choose the process that commands are about, or show which one it is",
  operand: "process",
  run(debug, operands) {
    if (operands !== "") debug.focus(readCount(operands, 0));
    debug.say(`Process ${processName(debug, debug.session.focus)}`);
    if (operands !== "") for (const line of placeLines(debug, debug.session.focus)) debug.say(line);
  },
};

const why: DebuggerCommand = {
  name: "why",
  topic: "processes and time",
  usage: "[PID]",
  summary: "why a process is blocked, ready, running or ended",
  operand: "process",
  run(debug, operands) {
    const pid = readCount(operands, debug.session.focus);
    debug.say(`Process ${pid} is ${debug.session.why(pid).sentence}.`.replace("is ended:", "ended:"));
  },
};

const whoWrote: DebuggerCommand = {
  name: "whowrote",
  topic: "going back",
  usage: "ADDRESS [, BYTES] | REGISTER",
  summary: "the last write to memory or to a register, as a moment that goto takes",
  operand: "expression",
  async run(debug, operands) {
    const { session } = debug;
    const target = writeTarget(debug, operands);
    const now = session.now;
    const { reason, write } = await debug.move({ kind: "lastWrite", target });
    await debug.move({ kind: "goTo", moment: now });
    if (write === undefined) {
      debug.say(reason === "paused" ? "Interrupted." : "Nobody since the beginning of the recorded run.");
      return;
    }
    const { retired, events } = write.moment;
    debug.say(`${writeWords(write)}: goto ${retired}:${events}`);
  },
};

function writeWords({ pid, pc, symbol, line, by }: LastWrite): string {
  const place = ` at 0x${pc.toString(16)} in ${symbol || "??"}${line === "" ? "" : ` at ${line}`}`;
  switch (by) {
    case "instruction":
      return `Process ${pid}${place}`;
    case "call":
      return `A system call of process ${pid}${place}`;
    case "fork":
      return `The fork of process ${pid}${place}`;
    case "exec":
      return `The start of the program of process ${pid}${place}`;
    case "outside":
      return `You, where process ${pid} stood${place}`;
  }
}

function writeTarget(debug: Debugger, operands: string): WriteTarget {
  const pid = debug.session.focus;
  const [, text, length] = /^(.*?)(?:,\s*(\d+))?$/s.exec(operands.trim())!;
  if (text === "")
    throw new DebugError("syntax", "whowrote what? An address or a register: whowrote counter");
  const tree = parseExpression(text);
  if (tree.kind === "register") return { pid, register: tree.register };
  const address = tree.kind === "load" ? tree.address : tree;
  const size = tree.kind === "load" ? tree.size : WORD;
  return { pid, address: evaluate(address, debug.context()).bits >>> 0, length: Number(length ?? size) };
}

const goTo: DebuggerCommand = {
  name: "goto",
  topic: "going back",
  usage: "INSTRUCTION[:EVENT] | time SECONDS | event NUMBER | start | end",
  summary: "go to a moment of the run",
  details: [
    "Moments are told by `info history`. time: of hart 0, as in goto time 0.02; +N and -N: so many instructions on.",
  ],
  async run(debug, operands) {
    const command = momentOf(debug, operands);
    await debug.go(command);
    if (isBeyond(debug, command)) debug.say("The recorded run ends here; continue goes on with it.");
  },
};

/** Whether what was asked for lies behind all that is recorded: then the machine stands at the end. */
function isBeyond({ session }: Debugger, command: Command): boolean {
  const { history, machine } = session;
  if (!history.atEnd) return false;
  if (command.kind === "goToTime") return machine.time < command.ticks;
  if (command.kind === "goToEvent") return command.event >= history.end.events;
  return command.kind === "goTo" && command.moment.retired > history.end.retired;
}

function momentOf(debug: Debugger, operands: string): Command {
  const { history, machine } = debug.session;
  const [word, rest] = splitWord(operands);
  if (word === "start") return { kind: "goTo", moment: history.start };
  if (word === "end") return { kind: "goTo", moment: history.end };
  if (word === "event") return { kind: "goToEvent", event: readCount(rest, 0) };
  if (word === "time" && /^(\d+\.?\d*|\.\d+)$/.test(rest)) {
    return { kind: "goToTime", ticks: Math.round(Number(rest) * machine.configuration.clockHz), hart: 0 };
  }
  const relative = /^([+-])(\d+)$/.exec(operands);
  if (relative) {
    const retired = Math.max(0, history.now.retired + Number(`${relative[1]}${relative[2]}`));
    return { kind: "goTo", moment: { retired } };
  }
  const exact = /^(\d+)(?::(\d+))?$/.exec(operands);
  if (exact === null) {
    throw new DebugError(
      "syntax",
      "goto where? INSTRUCTION, INSTRUCTION:EVENT, time SECONDS, event NUMBER, start or end",
    );
  }
  const retired = Number(exact[1]);
  return {
    kind: "goTo",
    moment: exact[2] === undefined ? { retired } : { retired, events: Number(exact[2]) },
  };
}

const checkpoint: DebuggerCommand = {
  name: "checkpoint",
  topic: "going back",
  usage: "",
  summary: "say how to come back to this moment",
  run(debug) {
    const { retired, events } = debug.session.now;
    debug.say(`Come back with: goto ${retired}:${events}`);
  },
};

const input: DebuggerCommand = {
  name: "input",
  topic: "processes and time",
  usage: "TEXT",
  summary: "give the guest a line of standard input",
  run(debug, operands) {
    debug.intervene(() => debug.session.giveInput(new TextEncoder().encode(`${operands}\n`)));
  },
};

const endInput: DebuggerCommand = {
  name: "eof",
  topic: "processes and time",
  usage: "",
  summary: "end the guest's standard input",
  run: (debug) => debug.intervene(() => debug.session.endInput()),
};

/** A signal by its number or its name, with or without SIG; SIGKILL where none is named. */
function readSignal(text: string): number {
  if (/^\d/.test(text)) return readCount(text, 0);
  const signal = signalNumber(text || "KILL");
  if (signal !== undefined) return signal;
  throw new DebugError(
    "syntax",
    `there is no signal ${text}; say a number from 1 to 64, or a name as in TERM`,
  );
}

const kill: DebuggerCommand = {
  name: "kill",
  topic: "processes and time",
  usage: "[PID] [SIGNAL]",
  summary: "send a signal to a process; SIGKILL if none is named",
  details: ["SIGNAL: a name or a number, as in kill 3 SIGTERM, kill 3 term, kill 3 15."],
  operand: "process",
  run(debug, operands) {
    const [first, rest] = splitWord(operands);
    const [pid, signal] = /^\D/.test(first) ? ["", operands] : [first, rest];
    debug.intervene(() => debug.session.kill(readCount(pid, debug.session.focus), readSignal(signal)));
  },
};

const save: DebuggerCommand = {
  name: "save",
  topic: "the debugger",
  usage: "FILE",
  summary: "save the recorded run; timeslice debug --recording FILE opens it again",
  run(debug, operands) {
    if (operands === "") throw new DebugError("syntax", "save needs the name of a file");
    const bytes = debug.session.history.save();
    debug.files.write(operands, bytes);
    debug.say(`Saved ${bytes.length} bytes to ${operands}.`);
  },
};

const quit: DebuggerCommand = {
  name: "quit",
  aliases: ["q", "exit"],
  topic: "the debugger",
  usage: "",
  summary: "leave",
  run(debug) {
    debug.isOver = true;
  },
};

export const CONTROL: readonly DebuggerCommand[] = [
  process,
  why,
  whoWrote,
  goTo,
  checkpoint,
  input,
  endInput,
  kill,
  save,
  quit,
];
