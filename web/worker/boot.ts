// A machine with a program about to start: fetches what is needed, all at once, and puts it in place.

import coreUrl from "../../build/core.wasm?url&no-inline";
import { parseElf } from "../../host/loader/elf.ts";
import { ElfError } from "../../host/loader/errors.ts";
import { arraySource } from "../../host/loader/source.ts";
import { configure } from "../../host/machine/configuration.ts";
import { StillMachine } from "../../host/still-machine.ts";
import { fetchFile, fetchJson } from "./files.ts";
import type { OpenRequest, Program } from "./protocol.ts";

const EXECUTABLE = 0o755;
let core: Promise<WebAssembly.Module> | null = null;

/** Throws SourceErrors, ConfigurationError, or an error that says what cannot be loaded. */
export async function bootMachine({ base, program, configuration }: OpenRequest): Promise<StillMachine> {
  const [module, executable, tools] = await Promise.all([
    coreModule(),
    executableOf(base, program),
    userland(base, program.uses),
  ]);
  const terminal = [true, true, true] as const;
  const machine = await StillMachine.create({
    core: module,
    terminal,
    lineDiscipline: true,
    ...configure(configuration),
  });
  for (const [name, bytes] of tools) machine.writeFile(`/bin/${name}`, bytes, EXECUTABLE);
  const path = pathOf(program);
  machine.writeFile(path, executable, EXECUTABLE);
  const result = machine.start("/bin/init", ["init", path, ...program.args]);
  if (result < 0) throw new Error(`The machine cannot start (errno ${-result}).`);
  return machine;
}

/** Where the program lies in its machine. */
export function pathOf({ name }: Program): string {
  return `/program/${name}`;
}

export function coreModule(): Promise<WebAssembly.Module> {
  core ??= WebAssembly.compileStreaming(fetch(coreUrl));
  return core;
}

async function executableOf(base: string, { name, code }: Program): Promise<Uint8Array> {
  if ("bytes" in code) return checked(name, code.bytes);
  if ("path" in code) return fetchFile(base, code.path);
  const { assembleSource } = await import("./assemble.ts");
  return assembleSource(base, name, code.source);
}

/** An ELF file from outside: the machine would only say ENOEXEC, so the field that is wrong is named before. */
function checked(name: string, bytes: Uint8Array): Uint8Array {
  try {
    parseElf(arraySource(bytes));
    return bytes;
  } catch (error) {
    if (!(error instanceof ElfError)) throw error;
    throw new Error(`${name} cannot be run: ${error.message}.`);
  }
}

/** Programs for /bin, by name. */
async function userland(base: string, uses: Program["uses"]): Promise<[string, Uint8Array][]> {
  const names = uses === "all" ? await fetchJson<string[]>(base, "bin/index.json") : ["init", ...uses];
  return Promise.all(
    names.map(async (name) => [name, await fetchFile(base, `bin/${name}`)] as [string, Uint8Array]),
  );
}
