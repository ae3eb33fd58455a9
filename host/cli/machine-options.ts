// The options that say what machine a program runs in and when the run ends: shared by run and trace.

import { type Configuration, POLICIES } from "../machine/configuration.ts";
import type { Platform } from "../platform/platform.ts";
import type { Option, Options } from "./options.ts";
import { UsageError } from "./status.ts";

export const MACHINE_OPTIONS: readonly Option[] = [
  { name: "harts", value: "N", meaning: "harts (processors), 1 to 8 (default 1)" },
  { name: "scheduler", value: "NAME", meaning: `one of ${Object.keys(POLICIES).join(", ")}` },
  { name: "quantum", value: "N", meaning: "instructions in a time slice (default 1M)" },
  { name: "memory", value: "BYTES", meaning: "guest RAM, as in 64Mi (default 256Mi)" },
  {
    name: "seed",
    value: "N",
    meaning: "what all randomness comes from (default 0); random: take any, and say which",
  },
  { name: "max-instructions", value: "N", meaning: "end the run after so many, as in 500M" },
  { name: "timeout", value: "SECONDS", meaning: "end the run after so much real time" },
  {
    name: "mount",
    value: "HOST:GUEST[:rw]",
    meaning: "show a host file or folder in the machine, read-only unless :rw",
    repeats: true,
  },
  {
    name: "env",
    value: "NAME[=VALUE]",
    meaning: "add to the guest's environment (without value: the host's)",
    repeats: true,
  },
];

/** When a run is ended from outside. */
export interface Limits {
  readonly maxInstructions: number;
  readonly timeoutMs: number;
}

/** A host path and where the guest sees it. */
export interface Mount {
  readonly host: string;
  readonly guest: string;
  readonly writable: boolean;
}

export interface MachineOptions {
  readonly configuration: Partial<Configuration>;
  readonly limits: Limits;
  readonly mounts: readonly Mount[];
  /** As `NAME=VALUE`. */
  readonly environment: readonly string[];
  /** The seed was chosen by us, so the person must be told. */
  readonly seedChosen: boolean;
}

export function readMachineOptions(options: Options, command: string, platform: Platform): MachineOptions {
  const seedChosen = options.text("seed") === "random";
  const given = {
    harts: options.integer("harts", 1, 8),
    scheduler: options.oneOf("scheduler", Object.keys(POLICIES)),
    quantum: options.integer("quantum", 1, 2 ** 30),
    memory: options.integer("memory", 2 ** 16, 2 ** 30),
    seed: seedChosen ? platform.entropy() : options.integer("seed", 0, Number.MAX_SAFE_INTEGER),
  };
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return {
    configuration: present,
    limits: {
      maxInstructions:
        options.integer("max-instructions", 1, Number.MAX_SAFE_INTEGER) ?? Number.POSITIVE_INFINITY,
      timeoutMs: (options.seconds("timeout") ?? Number.POSITIVE_INFINITY) * 1000,
    },
    mounts: options.all("mount").map((text) => parseMount(text, command)),
    environment: readEnvironment(options.all("env"), command, platform),
    seedChosen,
  };
}

/** HOST:GUEST[:rw|:ro]; the host's path may hold colons, the guest's may not. */
function parseMount(text: string, command: string): Mount {
  const match = /^(.+?):(\/[^:]*?)\/*(:rw|:ro)?$/.exec(text);
  if (!match) {
    throw new UsageError(
      `--mount is "${text}", but must be HOST:GUEST or HOST:GUEST:rw, with /… for GUEST`,
      command,
    );
  }
  const guest = match[2];
  if (guest === "") throw new UsageError(`--mount ${text}: the guest's / itself cannot be replaced`, command);
  return { host: match[1], guest, writable: match[3] === ":rw" };
}

function readEnvironment(given: readonly string[], command: string, platform: Platform): string[] {
  const variables = new Map([
    ["PATH", "/bin"],
    ["HOME", "/tmp"],
  ]);
  for (const text of given) {
    const equals = text.indexOf("=");
    const name = equals < 0 ? text : text.slice(0, equals);
    const value = equals < 0 ? platform.environment[name] : text.slice(equals + 1);
    if (name === "") throw new UsageError(`--env is "${text}", but must be NAME or NAME=VALUE`, command);
    if (value !== undefined) variables.set(name, value);
  }
  return [...variables].map(([name, value]) => `${name}=${value}`);
}
