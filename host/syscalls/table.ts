// The system call table: every call that the machine serves, one row each. Any other number is ENOSYS.

import type { SystemCall } from "./call.ts";
import { fileCalls } from "./files.ts";
import { memoryCalls } from "./memory.ts";
import { processCalls } from "./process.ts";
import { signalCalls } from "./signals.ts";
import { systemCalls } from "./system.ts";
import { timeCalls } from "./time.ts";

/** In order of their numbers. */
export const callTable: readonly SystemCall[] = [
  ...fileCalls,
  ...memoryCalls,
  ...processCalls,
  ...signalCalls,
  ...systemCalls,
  ...timeCalls,
].sort((a, b) => a.number - b.number);
