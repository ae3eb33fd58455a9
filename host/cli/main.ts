// The command `timeslice`: brings the Node platform and the command line together, and turns errors into
// messages and exit statuses. timeslice.cjs starts it.

import { createNodePlatform } from "../platform/node/index.ts";
import { HostFileError, type Platform } from "../platform/platform.ts";
import { dispatch } from "./commands.ts";
import { say } from "./print.ts";
import { CommandError, STATUS_FAILURE, UsageError } from "./status.ts";

/** Runs a command line; resolves to the exit status when all output has been taken. */
export async function main(
  args: readonly string[],
  platform: Platform = createNodePlatform(),
): Promise<number> {
  let status: number;
  try {
    status = await dispatch(args, platform);
  } catch (error) {
    status = report(error, platform);
  }
  await platform.stdout.drained();
  await platform.stderr.drained();
  return status;
}

function report(error: unknown, platform: Platform): number {
  if (error instanceof CommandError || error instanceof HostFileError) {
    say(platform.stderr, error.message);
    if (error instanceof UsageError) {
      say(platform.stderr, `see: timeslice help${error.command === undefined ? "" : ` ${error.command}`}`);
    }
    return error instanceof CommandError ? error.status : STATUS_FAILURE;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(platform.stderr, `this is a bug in timeslice, please report it:\n${trace}`);
  return STATUS_FAILURE;
}
