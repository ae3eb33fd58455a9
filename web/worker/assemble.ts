// Makes a program of a source that somebody wrote, with the library that sources include. Loaded when it is
// first needed: the assembler is the largest part of all.

import { assembleProgram } from "../../host/toolchain/index.ts";
import { fetchFile, fetchJson } from "./files.ts";
import { SourceErrors } from "./source-errors.ts";

/** The executable. Throws SourceErrors. */
export async function assembleSource(base: string, name: string, source: string): Promise<Uint8Array> {
  const library = await fetchLibrary(base);
  const { program, diagnostics } = assembleProgram(source, {
    file: `${name}.s`,
    include: (path) => library.get(path),
  });
  if (diagnostics.length > 0) throw new SourceErrors(diagnostics);
  return program;
}

/** Texts of build/lib, by the path in .include. */
export async function fetchLibrary(base: string): Promise<ReadonlyMap<string, string>> {
  const names = await fetchJson<string[]>(base, "lib/index.json");
  const texts = names.map(async (name): Promise<[string, string]> => {
    const bytes = await fetchFile(base, `lib/${name}`);
    return [`lib/${name}`, new TextDecoder().decode(bytes)];
  });
  return new Map(await Promise.all(texts));
}
