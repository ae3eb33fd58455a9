// The machine that run and trace use: created or restored, with userland, mounts and program in place, and
// started through init.

import { ConfigurationError } from "../machine/configuration.ts";
import { SnapshotError } from "../machine/snapshot.ts";
import { Machine } from "../machine.ts";
import type { HostFiles, Platform } from "../platform/platform.ts";
import { errorText } from "../syscalls/errno-names.ts";
import type { MachineOptions } from "./machine-options.ts";
import { mountAll, type WriteBack } from "./mounts.ts";
import { readProgram } from "./program-file.ts";
import { CommandError, STATUS_NOT_RUNNABLE } from "./status.ts";

/** Where a program of the host is put: apart from /bin, so that it replaces none of the machine's own. */
const PROGRAM_FOLDER = "/program";
const EXECUTABLE = 0o755;
const TOUR = "tour";

export interface Guest {
  readonly machine: Machine;
  readonly writeBack: WriteBack;
}

/** A new machine with the program (none: the tour) about to be started by init. */
export async function createGuest(
  operands: readonly string[],
  options: MachineOptions,
  platform: Platform,
): Promise<Guest> {
  const machine = await createMachine(options, platform);
  const userland = platform.userland();
  for (const { name, bytes } of userland) machine.writeFile(`/bin/${name}`, bytes, EXECUTABLE);
  const writeBack = mountAll(machine, options.mounts, platform.files);
  const [program = TOUR, ...args] = operands;
  const names = userland.map(({ name }) => name);
  const path = isGuestPath(program, names, options, platform.files)
    ? program
    : await installProgram(machine, program, platform);
  const result = machine.start("/bin/init", ["init", path, ...args], options.environment);
  if (result < 0) throw new CommandError(`init cannot be started: ${errorText(-result)}`);
  return { machine, writeBack };
}

/** A machine as --save-state wrote it. */
export async function restoreGuest(path: string, platform: Platform): Promise<Guest> {
  try {
    const machine = await Machine.restore(await platform.coreModule(), platform.files.read(path), {
      verify: true,
    });
    return { machine, writeBack: () => {} };
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error;
    throw new CommandError(`${path}: ${error.message}`);
  }
}

async function createMachine(options: MachineOptions, platform: Platform): Promise<Machine> {
  const core = await platform.coreModule();
  const { stdin, stdout, stderr } = platform;
  try {
    return await Machine.create({
      core,
      terminal: [stdin.isTerminal, stdout.isTerminal, stderr.isTerminal],
      ...platform.terminalSize(),
      ...options.configuration,
    });
  } catch (error) {
    if (error instanceof ConfigurationError) throw new CommandError(error.message);
    if (error instanceof RangeError)
      throw new CommandError(`the host has not enough memory: ${error.message}`);
    throw error;
  }
}

/** A name of the userland, or a path below a mount; a file of the host goes before either. */
function isGuestPath(
  program: string,
  userland: readonly string[],
  options: MachineOptions,
  files: HostFiles,
): boolean {
  if (files.entry(program)?.kind === "file") return false;
  if (userland.includes(program.replace(/^\/bin\//, ""))) return true;
  return options.mounts.some(({ guest }) => program.startsWith(`${guest}/`));
}

/** Puts a program of the host, or else an example, into the machine; its path there. */
async function installProgram(machine: Machine, path: string, platform: Platform): Promise<string> {
  const kind = platform.files.entry(path)?.kind ?? "directory";
  const example = kind === "directory" ? platform.example(path) : null;
  const executable = example ?? (await readExecutable(path, platform));
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.(s|S|elf)$/, "");
  const place = `${PROGRAM_FOLDER}/${name}`;
  machine.writeFile(place, executable, EXECUTABLE);
  return place;
}

/** A program of the host as it can be executed. */
function readExecutable(path: string, platform: Platform): Uint8Array | Promise<Uint8Array> {
  const { kind, bytes } = readProgram(path, platform.files);
  return kind === "assembly" ? build(path, bytes, platform) : bytes;
}

/** Assembles and links a source; one with errors is a program that cannot be run. */
async function build(path: string, bytes: Uint8Array, platform: Platform): Promise<Uint8Array> {
  const { AssemblyError, assembleFile, linkObjects } = await import("./assemble.ts");
  try {
    return linkObjects([{ name: path, bytes: assembleFile(path, bytes, [], platform) }]);
  } catch (error) {
    if (!(error instanceof AssemblyError)) throw error;
    throw new CommandError(error.message, STATUS_NOT_RUNNABLE);
  }
}
