// What the end of a run means: exit status, and what the person is told.

import type { Platform } from "../platform/platform.ts";
import { signalName } from "../syscalls/signal-names.ts";
import { say } from "./print.ts";
import type { RunEnd } from "./run-loop.ts";
import { STATUS_FAILURE, STATUS_INTERRUPTED, STATUS_LIMIT } from "./status.ts";

const SIGPIPE_STATUS = 128 + 13;
const SIGNAL_BITS = 0x7f;

export interface EndOfRun {
  readonly reason: "exited" | "killed" | Exclude<RunEnd["reason"], "ended">;
  /** Exit status of the command. */
  readonly status: number;
  /** Signal that killed the program, as in "SIGSEGV". */
  readonly signal?: string;
  /** In a deadlock: who waits for what, and the pids of those who could end the wait. */
  readonly waiting?: readonly { pid: number; name: string; for: string; holders: readonly number[] }[];
}

/** `job`: wait status of the program that was asked for, if it has ended. */
export function endOfRun(end: RunEnd, job: number | undefined): EndOfRun {
  switch (end.reason) {
    case "ended": {
      const signal = (job ?? end.status) & SIGNAL_BITS;
      const status = end.status & SIGNAL_BITS ? 128 + (end.status & SIGNAL_BITS) : (end.status >>> 8) & 0xff;
      return signal === 0
        ? { reason: "exited", status }
        : { reason: "killed", status, signal: signalName(signal) };
    }
    case "deadlock":
      return { reason: "deadlock", status: STATUS_FAILURE, waiting: end.waiting };
    case "interrupted":
      return { reason: "interrupted", status: STATUS_INTERRUPTED };
    case "closed":
      return { reason: "closed", status: SIGPIPE_STATUS };
    default:
      return { reason: end.reason, status: STATUS_LIMIT };
  }
}

/** Says on stderr what is not the program's own doing; a program that ends itself needs no word of ours. */
export function explain({ reason, signal, waiting = [] }: EndOfRun, platform: Platform): void {
  const { stderr } = platform;
  if (reason === "killed") say(stderr, `the program was killed by ${signal}`);
  if (reason === "instructions") say(stderr, "stopped: --max-instructions is reached");
  if (reason === "timeout") say(stderr, "stopped: --timeout is over");
  if (reason !== "deadlock") return;
  say(stderr, "deadlock: no process can ever run again");
  for (const { pid, name, for: what, holders } of waiting) {
    const who = holders.length === 0 ? "nobody" : holders.join(", ");
    say(stderr, `  ${name} (${pid}) waits for ${what}; held by ${who}`);
  }
}
