// Runs a program here, under qemu-riscv32 or natively, and says what came out: the three are to agree.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Machine, type MachineOptions } from "../../host/index.ts";
import { ROOT } from "../../scripts/steps.mjs";
import { core } from "../harness/machine.ts";

export interface Outcome {
  readonly output: string;
  /** Exit status, or 128 + n when signal n ended the program. */
  readonly status: number;
}

export interface Input {
  readonly arguments?: readonly string[];
  readonly stdin?: string;
}

/** The instruction set that is ours, and no more. */
const QEMU = ["-cpu", "rv32,f=off,d=off,zba=off,zbb=off,zbc=off,zbs=off"];
const TIME_LIMIT_MS = 20_000;

const MAX_INSTRUCTIONS = 2_000_000_000;

/**
 * In a machine of ours, as a job of init: what it wrote to standard output, and its exit status. Throws if the
 * machine does not come to its end.
 */
export async function runOurs(
  path: string,
  input: Input = {},
  options: Partial<MachineOptions> = {},
): Promise<Outcome> {
  const { machine, output } = await machineWithUserland(options);
  machine.writeFile("/bin/program", readFileSync(path), 0o755);
  return finish(machine, output, ["/bin/program", ...(input.arguments ?? [])], input.stdin);
}

/** A machine with all programs of programs/ in /bin. */
export async function machineWithUserland(options: Partial<MachineOptions> = {}) {
  const machine = await Machine.create({ memory: 64 * 1024 * 1024, ...options, core });
  const chunks: Buffer[] = [];
  machine.on("output", (bytes, stream) => {
    if (stream === 1) chunks.push(Buffer.from(bytes));
  });
  const userland = join(ROOT, "build", "bin");
  for (const name of readdirSync(userland)) {
    machine.writeFile(`/bin/${name}`, readFileSync(join(userland, name)), 0o755);
  }
  return { machine, output: () => Buffer.concat(chunks).toString() };
}

/** Lets init start the words, to the machine's end. */
export function finish(
  machine: Machine,
  output: () => string,
  words: readonly string[],
  stdin = "",
): Outcome {
  const pid = machine.start("/bin/init", ["init", ...words]);
  if (pid < 0) throw new Error(`init cannot be started: errno ${-pid}`);
  machine.input(new TextEncoder().encode(stdin));
  machine.endInput();
  const result = machine.run({ maxInstructions: MAX_INSTRUCTIONS });
  if (result.reason !== "ended")
    throw new Error(`the machine stopped: ${JSON.stringify(result)}\n${output()}`);
  return { output: output(), status: result.status >> 8 };
}

/** On the build machine itself. */
export function runNative(path: string, input: Input = {}): Outcome {
  return inScratch((scratch) => spawn(path, [], scratch, input));
}

/** Under user-mode emulation. */
export function runQemu(path: string, input: Input = {}): Outcome {
  return inScratch((scratch) => spawn("qemu-riscv32", [...QEMU, path], scratch, input));
}

/** In a session of its own, so that signals to the program's group reach nobody else. */
function spawn(command: string, words: string[], scratch: string, input: Input): Outcome {
  const result = spawnSync("setsid", ["--wait", command, ...words, ...(input.arguments ?? [])], {
    cwd: scratch,
    env: { PATH: process.env["PATH"], SCRATCH: scratch },
    input: input.stdin ?? "",
    timeout: TIME_LIMIT_MS,
    maxBuffer: 1 << 24,
    encoding: "utf8",
  });
  // A program may end before its input is written, which is not its fault.
  if (result.error !== undefined && !("code" in result.error && result.error.code === "EPIPE"))
    throw result.error;
  return { output: result.stdout, status: result.status ?? 255 };
}

function inScratch(run: (scratch: string) => Outcome): Outcome {
  const scratch = mkdtempSync(join(tmpdir(), "timeslice-"));
  try {
    return run(scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
