// What an editor of sources asks: the errors of a text, and the words that it can use. Loaded with the assembler.

import { callTable } from "../../host/syscalls/table.ts";
import type { Diagnostic } from "../../host/toolchain/diagnostics.ts";
import { assembleProgram } from "../../host/toolchain/index.ts";
import { assemblerWords, definedWords, type Word } from "../../host/toolchain/vocabulary.ts";
import { fetchLibrary } from "./assemble.ts";

const ARGUMENT_REGISTERS = ["a0", "a1", "a2", "a3", "a4", "a5"];

/** The errors of a source; none if it assembles. */
export async function sourceErrors(
  base: string,
  name: string,
  source: string,
): Promise<readonly Diagnostic[]> {
  const library = await fetchLibrary(base);
  return assembleProgram(source, { file: `${name}.s`, include: (path) => library.get(path) }).diagnostics;
}

/** All words that a source can use without defining them: of the assembler, the library, the kernel. */
export async function words(base: string): Promise<readonly Word[]> {
  const library = await fetchLibrary(base);
  const defined = Array.from(library, ([path, text]) => definedWords(text, path)).flat();
  return [...assemblerWords(), ...defined, ...calls()];
}

/** System calls, by the name that the library gives their numbers. */
function calls(): Word[] {
  return callTable.map(({ name, number, arguments: list }) => ({
    name: `SYS_${name}`,
    kind: "call",
    syntax: `${name}(${list.map((one) => one.name).join(", ")})`,
    meaning: [
      `system call ${number}: a7 = ${number}`,
      ...list.map((one, index) => `${ARGUMENT_REGISTERS[index]} = ${one.name}`),
    ].join(", "),
  }));
}
