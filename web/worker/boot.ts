// A machine with a program about to start: fetches what is needed, all at once, and puts it in place.

import coreUrl from "../../build/core.wasm?url&no-inline";
import { Machine } from "../../host/machine.ts";
import type { OpenRequest } from "./protocol.ts";

const EXECUTABLE = 0o755;

/** Fetched files by address: a machine that is made anew asks for the same ones. */
const files = new Map<string, Promise<Uint8Array>>();
let core: Promise<WebAssembly.Module> | null = null;

export async function bootMachine({ base, program, configuration }: OpenRequest): Promise<Machine> {
  const names = ["init", ...program.uses];
  const [module, executable, ...tools] = await Promise.all([
    coreModule(),
    typeof program.executable === "string" ? file(base, program.executable) : program.executable,
    ...names.map((name) => file(base, `bin/${name}`)),
  ]);
  const machine = await Machine.create({ core: module, terminal: [true, true, true], ...configuration });
  for (const [index, name] of names.entries()) machine.writeFile(`/bin/${name}`, tools[index], EXECUTABLE);
  const path = `/program/${program.name}`;
  machine.writeFile(path, executable, EXECUTABLE);
  const result = machine.start("/bin/init", ["init", path, ...program.args]);
  if (result < 0) throw new Error(`The machine cannot start (errno ${-result}).`);
  return machine;
}

function coreModule(): Promise<WebAssembly.Module> {
  core ??= WebAssembly.compileStreaming(fetch(coreUrl));
  return core;
}

function file(base: string, path: string): Promise<Uint8Array> {
  const url = new URL(path, base).href;
  const known = files.get(url) ?? fetchBytes(url);
  files.set(url, known);
  known.catch(() => files.delete(url));
  return known;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} cannot be loaded (${response.status} ${response.statusText}).`);
  return new Uint8Array(await response.arrayBuffer());
}
