// What a machine is made of. Everything that influences a run is here, so that two machines with the same
// configuration, programs and inputs do the same.

import {
  FRAMES,
  MAX_FRAMES,
  MAX_HARTS,
  PAGE_SIZE,
  POLICY_FIRST_COME,
  POLICY_ROUND_ROBIN,
} from "../../assembly/layout.ts";

/** Names of the scheduling policies, as options and configurations write them, with their POLICY_* number. */
export const POLICIES: Readonly<Record<string, number>> = {
  "round-robin": POLICY_ROUND_ROBIN,
  "first-come": POLICY_FIRST_COME,
};

export interface Configuration {
  /** Processors that run in parallel in virtual time, 1 to 8. */
  readonly harts: number;
  /** Guest RAM in bytes, a multiple of 4096 from 64 KiB to 1 GiB. */
  readonly memory: number;
  /** Key of POLICIES. */
  readonly scheduler: string;
  /** Length of a time slice in instructions, 1 to 2^30. */
  readonly quantum: number;
  /** Instructions a hart executes before the next one has its turn, 1 to 2^30. Only with several harts. */
  readonly turn: number;
  /** Instructions per second of virtual time, 1000 to 10^10. */
  readonly clockHz: number;
  /** What all randomness of the machine comes from, a safe non-negative integer. */
  readonly seed: number;
  /** Seconds since 1970 at the start of virtual time. */
  readonly bootSeconds: number;
  /** Live processes, zombies included, at the most: 2 to 8190. */
  readonly processes: number;
}

export const DEFAULT_CONFIGURATION: Configuration = {
  harts: 1,
  memory: 256 * 1024 * 1024,
  scheduler: "round-robin",
  quantum: 1_000_000,
  turn: 1000,
  clockHz: 100_000_000,
  seed: 0,
  bootSeconds: 1_767_225_600,
  processes: 8190,
};

/** A configuration value that cannot be: says which, what it was, and what would be right. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}

const LONGEST = 0x40000000;

/** The defaults, overridden by what is given; every value is checked, and what is no part of a configuration left out. */
export function configure(given: Partial<Configuration>): Configuration {
  const known = Object.fromEntries(
    Object.entries(given).filter(
      ([key, value]) => value !== undefined && Object.hasOwn(DEFAULT_CONFIGURATION, key),
    ),
  );
  const result: Configuration = { ...DEFAULT_CONFIGURATION, ...known };
  integer("harts", result.harts, 1, MAX_HARTS);
  integer("memory", result.memory, 16 * PAGE_SIZE, (MAX_FRAMES - 1) * PAGE_SIZE + PAGE_SIZE);
  if (result.memory % PAGE_SIZE !== 0) {
    throw new ConfigurationError(`memory is ${result.memory} bytes; it must be a multiple of ${PAGE_SIZE}`);
  }
  if (!Object.hasOwn(POLICIES, result.scheduler)) {
    const names = Object.keys(POLICIES).join(", ");
    throw new ConfigurationError(`there is no scheduler "${result.scheduler}"; there are ${names}`);
  }
  integer("quantum", result.quantum, 1, LONGEST);
  integer("turn", result.turn, 1, LONGEST);
  integer("clockHz", result.clockHz, 1000, 1e10);
  integer("seed", result.seed, 0, Number.MAX_SAFE_INTEGER);
  integer("bootSeconds", result.bootSeconds, 0, 2 ** 40);
  integer("processes", result.processes, 2, 8190);
  return result;
}

function integer(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new ConfigurationError(`${name} is ${value}; it must be a whole number from ${least} to ${most}`);
}

/** Frames of the guest; frame 0 is not handed out and comes on top. */
export function frameCount(configuration: Configuration): number {
  return Math.min(configuration.memory / PAGE_SIZE + 1, MAX_FRAMES);
}

/** Linear memory to reserve, in WebAssembly pages of 64 KiB. */
export function reservedPages(configuration: Configuration): number {
  return Math.ceil((FRAMES + frameCount(configuration) * PAGE_SIZE) / 65536);
}
