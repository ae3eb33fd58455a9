// Help texts, made from the commands' rows.

import type { Command } from "./command.ts";
import type { Option } from "./options.ts";

const WIDTH = 78;

/** The list of commands. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map((command): [string, string] => [command.name, command.summary]);
  return [
    "Timeslice: a tiny RISC-V computer with processes, exactly repeatable.",
    "",
    "Usage: timeslice COMMAND [OPTION…] …",
    "",
    ...table([...rows, ["help", "show this, or the help of a command: timeslice help run"]]),
    "",
    "Without a command it boots the machine and runs a short tour.",
    "",
  ].join("\n");
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const options = [...command.options, HELP_OPTION];
  return [
    `Usage: timeslice ${command.name} [OPTION…] ${command.operands}`,
    "",
    `${capital(command.summary)}.`,
    "",
    ...table(options.map((option): [string, string] => [spelling(option), option.meaning])),
    ...command.details.flatMap((paragraph) => ["", ...wrap(paragraph, WIDTH)]),
    "",
  ].join("\n");
}

/** Every command has it. */
export const HELP_OPTION: Option = { name: "help", short: "h", meaning: "show this help" };

function spelling(option: Option): string {
  const long = `--${option.name}${option.value === undefined ? "" : ` ${option.value}`}`;
  return option.short === undefined ? `    ${long}` : `-${option.short}, ${long}`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.flatMap(([left, right]) =>
    wrap(right, WIDTH - width - 2).map((line, i) => `  ${(i === 0 ? left : "").padEnd(width)}${line}`),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

function capital(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
