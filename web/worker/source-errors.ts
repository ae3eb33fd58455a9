// A source has errors: what the assembler said.

import type { Diagnostic } from "../../host/toolchain/diagnostics.ts";

export class SourceErrors extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super("The program has errors.");
    this.diagnostics = diagnostics;
  }
}
