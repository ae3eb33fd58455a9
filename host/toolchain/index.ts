// The tool chain's public face.

import { type AssembleOptions, assemble } from "./assembler.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { type LinkOptions, link } from "./linker.ts";

export { type AssembleOptions, type AssembleResult, assemble } from "./assembler.ts";
export { type Diagnostic, formatDiagnostic, formatDiagnostics } from "./diagnostics.ts";
export { LineTable, readLines, type SourceLine } from "./lines.ts";
export { type LinkInput, type LinkOptions, type LinkResult, link } from "./linker.ts";

/** Assembles one source and links it to a program (ELF32 EXEC; empty if there are errors). */
export function assembleProgram(
  source: string,
  options: AssembleOptions & LinkOptions = {},
): { readonly program: Uint8Array; readonly diagnostics: readonly Diagnostic[] } {
  const { object, diagnostics } = assemble(source, options);
  if (diagnostics.length > 0) return { program: new Uint8Array(0), diagnostics };
  return link([{ name: options.file ?? "<input>", bytes: object }], options);
}
