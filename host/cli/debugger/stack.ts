// Commands about where the program is: frames, source, disassembly, the instruction in words.

import { type CodeLine, DebugError, type Frame, formatAddress } from "../../debug/index.ts";
import { type DebuggerCommand, readCount } from "./command.ts";
import type { Debugger } from "./debugger.ts";
import { frameLine } from "./render.ts";

const LISTED = 10;
const SHOWN_FRAMES = 50;

const backtrace: DebuggerCommand = {
  name: "backtrace",
  aliases: ["bt", "where"],
  topic: "stack",
  usage: "[COUNT]",
  summary: "the calls that the process is in",
  run(debug, operands) {
    const count = readCount(operands, SHOWN_FRAMES);
    const frames = debug.session.backtrace(debug.session.focus, count + 1);
    for (const frame of frames.slice(0, count)) debug.say(frameLine(debug, frame));
    if (frames.length > count) debug.say(debug.paint.quiet("(more frames follow: backtrace COUNT)"));
  },
};

function choose(debug: Debugger, level: number): void {
  const frames = debug.session.backtrace(debug.session.focus, level + 1);
  if (level < 0) throw new DebugError("no-frame", "this is the innermost frame; up leads to its callers");
  const frame = frames[level];
  if (frame === undefined) {
    throw new DebugError("no-frame", `there is no frame ${level}: the outermost one is ${frames.length - 1}`);
  }
  debug.level = level;
  showWhole(debug, frame);
}

function showWhole(debug: Debugger, frame: Frame): void {
  debug.showFrame(frame);
  if (frame.line === "" || debug.sources.lines(frame.line.replace(/:\d+$/, "")) === null) {
    const [line] = debug.session.disassemble(debug.session.focus, { address: frame.pc, before: 0, after: 0 });
    if (line !== undefined) debug.say(codeLine(debug, line));
  }
}

const frame: DebuggerCommand = {
  name: "frame",
  aliases: ["f"],
  topic: "stack",
  usage: "[NUMBER]",
  summary: "show this frame, or choose one by its number in the backtrace",
  run: (debug, operands) => choose(debug, readCount(operands, debug.level)),
};

const up: DebuggerCommand = {
  name: "up",
  topic: "stack",
  usage: "[COUNT]",
  summary: "choose the caller's frame",
  repeats: true,
  run: (debug, operands) => choose(debug, debug.level + readCount(operands, 1)),
};

const down: DebuggerCommand = {
  name: "down",
  topic: "stack",
  usage: "[COUNT]",
  summary: "choose the frame that this one called",
  repeats: true,
  run: (debug, operands) => choose(debug, debug.level - readCount(operands, 1)),
};

const list: DebuggerCommand = {
  name: "list",
  aliases: ["l"],
  topic: "stack",
  usage: "[LOCATION]",
  summary: "source lines around a location; again: those that follow",
  operand: "location",
  repeats: "rest",
  run(debug, operands) {
    if (operands !== "") return listAround(debug, addressOf(debug, operands));
    if (debug.listed === null) return listAround(debug, debug.frame().pc - (debug.level > 0 ? 1 : 0));
    listFrom(debug, debug.listed.file, debug.listed.line);
  },
};

function addressOf(debug: Debugger, location: string): number {
  const [address] = debug.session.resolve(location);
  return address!;
}

function listAround(debug: Debugger, address: number): void {
  const line = debug.session.process().program?.lineOf(address);
  if (line === undefined) {
    throw new DebugError(
      "no-symbol",
      `no source line is known at ${formatAddress(address, "")}; try disassemble`,
    );
  }
  listFrom(debug, line.file, Math.max(1, line.line - Math.floor(LISTED / 2)));
}

function listFrom(debug: Debugger, file: string, first: number): void {
  const lines = debug.sources.lines(file);
  if (lines === null) {
    throw new DebugError("no-symbol", `${file} is not found; directory FOLDER says where sources are`);
  }
  if (first > lines.length) throw new DebugError("range", `${file} has ${lines.length} lines`);
  const here = debug.session.process().program?.lineOf(debug.frame().pc);
  const last = Math.min(lines.length, first + LISTED - 1);
  for (let line = first; line <= last; line++) {
    const isHere = here?.file === file && here.line === line;
    const number = `${line}`.padEnd(5);
    debug.say(`${isHere ? debug.paint.here(`${number}►`) : `${number} `}  ${lines[line - 1]}`.trimEnd());
  }
  debug.listed = { file, line: last + 1 };
}

/** "=> 0x10074 <main+4>: addi sp, sp, -16". */
export function codeLine(debug: Debugger, { address, symbol, text }: CodeLine): string {
  const isHere = debug.frame().pc === address;
  const [mnemonic, operands = ""] = text.split("\t");
  const mark = isHere ? debug.paint.here("=>") : "  ";
  const place = debug.paint.address(formatAddress(address, symbol));
  return `${mark} ${place}:  ${mnemonic.padEnd(7)} ${operands}`.trimEnd();
}

const disassemble: DebuggerCommand = {
  name: "disassemble",
  aliases: ["disas"],
  topic: "stack",
  usage: "[LOCATION]",
  summary: "the instructions around a location or the pc",
  operand: "location",
  run(debug, operands) {
    const { session } = debug;
    const address = operands === "" ? debug.frame().pc : addressOf(debug, operands);
    const window = operands === "" ? { address } : { address, before: 0, after: 15 };
    const lines = session.disassemble(session.focus, window);
    if (lines.length === 0) {
      throw new DebugError(
        "no-memory",
        `there is no code at ${formatAddress(address, "")}: nothing is mapped there`,
      );
    }
    for (const line of lines) debug.say(codeLine(debug, line));
  },
};

const explain: DebuggerCommand = {
  name: "explain",
  topic: "stack",
  usage: "",
  summary: "what the next instruction will do, in words",
  repeats: true,
  run(debug) {
    const { session } = debug;
    const [line] = session.disassemble(session.focus, { before: 0, after: 0 });
    const said = session.describe();
    if (line === undefined || said === null)
      throw new DebugError("no-memory", "no instruction is mapped at the pc");
    debug.say(codeLine(debug, line));
    debug.say(`   ${said.text}`);
  },
};

const directory: DebuggerCommand = {
  name: "directory",
  topic: "stack",
  usage: "FOLDER",
  summary: "look for sources in a folder, too",
  run(debug, operands) {
    if (debug.files.entry(operands)?.kind !== "directory") {
      throw new DebugError("not-found", `there is no folder ${operands || "without a name"}`);
    }
    debug.sources.addFolder(operands);
  },
};

export const STACK: readonly DebuggerCommand[] = [
  backtrace,
  frame,
  up,
  down,
  list,
  disassemble,
  explain,
  directory,
];
