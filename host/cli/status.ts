// Exit statuses of `timeslice` and the errors that lead to them. A guest's own status (0..255, or 128 + n
// for signal n) is passed on unchanged; these are for what goes wrong outside it, numbered as env(1) and
// timeout(1) do.

/** The input of asm or disasm has errors. */
export const STATUS_BAD_INPUT = 1;
/** The command line was wrong. */
export const STATUS_USAGE = 2;
/** --timeout or --max-instructions ended the run. */
export const STATUS_LIMIT = 124;
/** Timeslice itself could not go on: host file error, deadlock of the guest, a bug. */
export const STATUS_FAILURE = 125;
/** The program was found but cannot be run. */
export const STATUS_NOT_RUNNABLE = 126;
/** The program was not found. */
export const STATUS_NOT_FOUND = 127;
/** Ctrl-C: 128 + SIGINT. */
export const STATUS_INTERRUPTED = 130;

/** An error that ends the command with a message and a status. */
export class CommandError extends Error {
  readonly status: number;
  constructor(message: string, status: number = STATUS_FAILURE) {
    super(message);
    this.status = status;
  }
}

/** The command line was wrong; `command` is whose help to point to. */
export class UsageError extends CommandError {
  readonly command: string | undefined;
  constructor(message: string, command?: string) {
    super(message, STATUS_USAGE);
    this.command = command;
  }
}
