// What a command is: a row of data for the help, and a function. One file per command; commands.ts lists
// them.

import type { Platform } from "../platform/platform.ts";
import type { Option, Options } from "./options.ts";

export interface Command {
  readonly name: string;
  /** Operands, as in "[PROGRAM [ARGUMENT…]]". */
  readonly operands: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** Paragraphs for the command's own help, after the options. */
  readonly details: readonly string[];
  readonly options: readonly Option[];
  /** Options end at the first operand. */
  readonly stopAtOperand?: boolean;
  /** Returns the exit status; throws CommandError. */
  run(options: Options, platform: Platform): Promise<number>;
}
