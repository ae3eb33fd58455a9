// All commands of the debugger, and the way from what a person types to the one that is meant: by name, by alias, or by
// a beginning that only one has.

import { DebugError } from "../../debug/index.ts";
import { nearest } from "../../toolchain/diagnostics.ts";
import type { DebuggerCommand, Topic } from "./command.ts";
import { CONTROL } from "./control.ts";
import { DATA } from "./data.ts";
import { info } from "./info.ts";
import { POINTS } from "./points.ts";
import { RUNNING } from "./running.ts";
import { STACK } from "./stack.ts";

const help: DebuggerCommand = {
  name: "help",
  aliases: ["h"],
  topic: "the debugger",
  usage: "[COMMAND]",
  summary: "list the commands, or explain one",
  operand: "command",
  run(debug, operands) {
    const lines = operands === "" ? overview() : commandHelp(findCommand(operands));
    for (const line of lines) debug.say(line);
  },
};

export const DEBUGGER_COMMANDS: readonly DebuggerCommand[] = [
  ...RUNNING,
  ...POINTS,
  ...STACK,
  ...DATA,
  info,
  ...CONTROL,
  help,
];

const BY_NAME: ReadonlyMap<string, DebuggerCommand> = new Map(
  DEBUGGER_COMMANDS.flatMap((command) =>
    [command.name, ...(command.aliases ?? [])].map((name) => [name, command]),
  ),
);

/** The command that a word means. Throws DebugError: "syntax" or "ambiguous". */
export function findCommand(word: string): DebuggerCommand {
  const exact = BY_NAME.get(word);
  if (exact !== undefined) return exact;
  const found = DEBUGGER_COMMANDS.filter(({ name }) => name.startsWith(word));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    throw new DebugError("ambiguous", `${word} may be ${found.map(({ name }) => name).join(", ")}`);
  }
  const hint = nearest(word, BY_NAME.keys());
  throw new DebugError(
    "syntax",
    `there is no command ${word}; ${hint ? `did you mean ${hint}?` : "help lists them"}`,
  );
}

/** A line as command, format and operands: `x/4xw sp`, `print/x a0`, `p a0`. */
export function readLine(line: string): { command: DebuggerCommand; format: string; operands: string } {
  const match = /^([A-Za-z][\w-]*)\s*(.*)$/s.exec(line.trim());
  if (match === null) throw new DebugError("syntax", `${line.trim()} is no command; help lists them`);
  const command = findCommand(match[1]!);
  const rest = match[2]!.trim();
  // A slash begins a format only where there are formats: `save /tmp/run` names a file.
  const [, format = "", operands = rest] = (command.takesFormat && /^\/(\w+)\s*(.*)$/s.exec(rest)) || [];
  return { command, format, operands };
}

const TOPICS: readonly Topic[] = [
  "running",
  "going back",
  "stopping",
  "stack",
  "data",
  "processes and time",
  "the debugger",
];

function title({ name, aliases = [] }: DebuggerCommand): string {
  return [name, ...aliases].join(", ");
}

/** All commands by topic, a line each. */
export function overview(): string[] {
  return TOPICS.flatMap((topic) => {
    const commands = DEBUGGER_COMMANDS.filter((command) => command.topic === topic);
    const width = Math.max(...commands.map((command) => title(command).length)) + 2;
    const rows = commands.map((command) => `  ${title(command).padEnd(width)}${command.summary}`);
    return ["", `${topic[0]!.toUpperCase()}${topic.slice(1)}:`, ...rows];
  });
}

/** The help of one command, a line each. */
export function commandHelp(command: DebuggerCommand): string[] {
  return [
    `${title(command)} ${command.usage}`.trimEnd(),
    `${command.summary[0]!.toUpperCase()}${command.summary.slice(1)}.`,
    ...(command.details ?? []),
  ];
}
