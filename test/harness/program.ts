// Programs for tests from a few lines of assembly, by the project's own assembler.

import { assembleProgram } from "../../host/toolchain/index.ts";

/** The executable of `source`, whose first instruction is where it begins. */
export function program(source: string): Uint8Array {
  const text = `.globl _start\n.text\n_start:\n${source}\n`;
  const { program, diagnostics } = assembleProgram(text, { file: "test.s" });
  if (diagnostics.length > 0)
    throw new Error(diagnostics.map((one) => `${one.line}: ${one.message}`).join("\n"));
  return program;
}
