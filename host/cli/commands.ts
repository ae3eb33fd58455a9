// The commands, in the order of the help, and the way from a command line to the one that is meant.

import type { Platform } from "../platform/platform.ts";
import { nearest } from "../toolchain/diagnostics.ts";
import { asm } from "./asm.ts";
import type { Command } from "./command.ts";
import { debug } from "./debug.ts";
import { disasm } from "./disasm.ts";
import { commandHelp, HELP_OPTION, overview } from "./help.ts";
import { readOptions } from "./options.ts";
import { print } from "./print.ts";
import { run } from "./run.ts";
import { UsageError } from "./status.ts";
import { trace } from "./trace.ts";
import { web } from "./web.ts";

export const COMMANDS: readonly Command[] = [run, debug, asm, disasm, trace, web];

/**
 * Carries out a command line (without node and script). A first word that is no command but names a host
 * file, has a program's ending, or is an example or one of the machine's programs, is short for `run`. Returns the
 * exit status.
 */
export async function dispatch(args: readonly string[], platform: Platform): Promise<number> {
  const [first, ...rest] = args;
  if (first === "help" || first === "--help" || first === "-h") return help(rest, platform);
  const command = COMMANDS.find((candidate) => candidate.name === first);
  if (command) return runCommand(command, rest, platform);
  if (first === undefined || isProgram(first, platform)) return runCommand(run, args, platform);
  if (first.startsWith("-")) return runCommand(run, args, platform);
  throw unknownCommand(first);
}

async function runCommand(command: Command, args: readonly string[], platform: Platform): Promise<number> {
  const options = readOptions(args, {
    command: command.name,
    options: [...command.options, HELP_OPTION],
    ...(command.stopAtOperand ? { stopAtOperand: true } : {}),
  });
  if (options.has("help")) {
    print(platform.stdout, commandHelp(command));
    return 0;
  }
  return command.run(options, platform);
}

function help(args: readonly string[], platform: Platform): number {
  const [name] = args;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (name !== undefined && !command) throw unknownCommand(name);
  print(platform.stdout, command ? commandHelp(command) : overview(COMMANDS));
  return 0;
}

function isProgram(word: string, platform: Platform): boolean {
  if (/\.(s|S|elf|c)$|\//.test(word) || platform.files.entry(word) !== null) return true;
  return platform.example(word) !== null || platform.userland().some(({ name }) => name === word);
}

function unknownCommand(word: string): UsageError {
  const meant = nearest(word, [...COMMANDS.map((command) => command.name), "help"]);
  const hint = meant ? `did you mean ${meant}?` : `there is no such file either`;
  return new UsageError(`unknown command ${word}; ${hint}`);
}
