// The source of a program in the machine: of what was edited or dropped, of an example, of one of its own programs.

import { program } from "../../page/store.ts";
import { textAt } from "../../source/texts.ts";

const EXAMPLE = /^\/program\/([\w-]+)$/;
const TOOL = /^\/bin\/([\w-]+)$/;

/** The text of a source file of a program; null as long as it is not there. */
export function sourceOf(path: string, file: string): string | null {
  const own = program.value;
  if (own && "source" in own && path === `/program/${own.name}`) {
    return file === `${own.name}.s` ? own.source : null;
  }
  const address = addressOf(path, file);
  return address === null ? null : (textAt(address) ?? null);
}

function addressOf(path: string, file: string): string | null {
  const example = EXAMPLE.exec(path)?.[1];
  if (example && file === `${example}.s`) return `examples/${file}`;
  const tool = TOOL.exec(path)?.[1];
  return tool && file === `${tool}.s` ? `sources/${file}` : null;
}

/** Its lines, without an empty one at the end. */
export function linesOf(text: string): readonly string[] {
  return text.replace(/\r?\n$/, "").split(/\r?\n/);
}
