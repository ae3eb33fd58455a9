// The source of a program in the machine: of what was edited or dropped, of an example, of one of its own programs, and
// of the library that they include.

import { program } from "../../page/store.ts";
import { textAt } from "../../source/texts.ts";

const EXAMPLE = /^\/program\/([\w-]+)$/;
const LIBRARY = /^lib\/[\w-]+\.inc$/;
const TOOL = /^\/bin\/([\w-]+)$/;

/** The text of a source file of a program; null as long as it is not there. */
export function sourceOf(path: string, file: string): string | null {
  // An ELF file from outside may name a file like it, but none is built from the machine's own library.
  const own = program.value;
  if (own && "executable" in own && path === `/program/${own.name}`) return null;
  if (isOfLibrary(file)) return textAt(file) ?? null;
  if (own && "source" in own && path === `/program/${own.name}`) {
    return file === `${own.name}.s` ? own.source : null;
  }
  // A recorded program that is no example of this page may be called as one is.
  if (own && "recording" in own && own.of === "" && path.startsWith("/program/")) return null;
  const address = addressOf(path, file);
  return address === null ? null : (textAt(address) ?? null);
}

/** Whether a source file is one of those that the machine's programs include. */
export function isOfLibrary(file: string): boolean {
  return LIBRARY.test(file);
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
