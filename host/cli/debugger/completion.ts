// What could stand for the last word of a line: commands, and by their operands symbols, registers, files, processes.

import { REGISTER_NAMES } from "../../../assembly/isa/table.ts";
import { DebugError } from "../../debug/index.ts";
import { callTable } from "../../syscalls/table.ts";
import type { Operand } from "./command.ts";
import type { Debugger } from "./debugger.ts";
import { INFO_WORDS } from "./info.ts";
import { DEBUGGER_COMMANDS, readLine } from "./table.ts";

const EVENT_WORDS = ["call", "signal", "fault", "fork", "exec", "exit", "switch"];
const MOST = 500;

export function complete(debug: Debugger, line: string): readonly [string[], string] {
  const word = /[^\s,=()*&!~+<>|]*$/.exec(line)![0];
  const isFirst = line.trimStart() === word;
  const words = isFirst ? commandNames() : operandWords(debug, line);
  const found = [...new Set(words)].filter((one) => one.startsWith(word)).slice(0, MOST);
  return [found.map((one) => (isFirst && found.length === 1 ? `${one} ` : one)), word];
}

function commandNames(): string[] {
  return DEBUGGER_COMMANDS.map(({ name }) => name).sort();
}

function operandWords(debug: Debugger, line: string): string[] {
  try {
    const { operand } = readLine(line).command;
    return operand === undefined ? [] : WORDS[operand](debug);
  } catch (error) {
    if (!(error instanceof DebugError)) throw error;
    return [];
  }
}

const WORDS: Readonly<Record<Operand, (debug: Debugger) => string[]>> = {
  location: (debug) => [...symbols(debug), ...sourceFiles(debug)],
  expression: (debug) => [...symbols(debug), ...registers()],
  register: registers,
  breakpoint: (debug) => debug.session.breakpoints.map(({ number }) => `${number}`),
  command: commandNames,
  event: () => [...EVENT_WORDS, ...callTable.map(({ name }) => name)],
  process: (debug) => debug.session.machine.processes().map(({ pid }) => `${pid}`),
  info: () => [...INFO_WORDS],
};

function registers(): string[] {
  const numbered = REGISTER_NAMES.map((_, index) => `x${index}`);
  return ["pc", ...REGISTER_NAMES, ...numbered].flatMap((name) => [name, `$${name}`]);
}

function symbols(debug: Debugger): string[] {
  const program = debug.session.process().program;
  return program === null ? [] : Array.from(program.all(), ({ name }) => name).sort();
}

function sourceFiles(debug: Debugger): string[] {
  return (debug.session.process().program?.lines.files() ?? []).map((file) => `${file}:`);
}
