// The configuration that a snapshot was made with, and the error where it fits neither the rules nor its memory.

import { type Configuration, ConfigurationError, configure, frameCount } from "./configuration.ts";
import { type Snapshot, SnapshotError } from "./snapshot.ts";
import { replayablePageLimit } from "./snapshot-memory.ts";

/** The configuration of a snapshot, checked: the memory in it must fit. */
export function configurationOf({ configuration, memory }: Snapshot): Configuration {
  try {
    const result = configure(configuration as Configuration);
    const last = memory.numbers[memory.numbers.length - 1] ?? 0;
    if (last < replayablePageLimit(frameCount(result))) return result;
  } catch (error) {
    if (error instanceof ConfigurationError) throw inconsistent(error.message);
    throw error;
  }
  throw inconsistent("it has more memory than is configured");
}

export function inconsistent(problem: string): SnapshotError {
  return new SnapshotError("inconsistent", 0, `the snapshot is of no machine that can be: ${problem}`);
}
