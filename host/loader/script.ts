// The first line of a script, "#!interpreter [argument]", as Linux reads it (fs/binfmt_script.c).

import { ENOEXEC } from "../syscalls/errno.ts";

/** Bytes of the file that are looked at. */
export const SCRIPT_HEAD = 256;

export interface Script {
  /** Byte strings. */
  readonly interpreter: string;
  /** All that follows the interpreter, as one argument; null if there is nothing. */
  readonly argument: string | null;
}

/**
 * `head`: the file's first SCRIPT_HEAD bytes, or all of it. Null if it is no script, -ENOEXEC if it has no
 * interpreter or its name does not fit. execve then runs: interpreter, argument, path, arguments from the first on.
 */
export function parseScript(head: Uint8Array): Script | null | number {
  if (head[0] !== 0x23 || head[1] !== 0x21) return null;
  const text = String.fromCharCode(...head.subarray(2, SCRIPT_HEAD - 1));
  const end = text.search(/[\n\0]/);
  const line = (end < 0 ? text : text.slice(0, end)).replace(/^[ \t]+/, "");
  const cut = end < 0 && head.length >= SCRIPT_HEAD;
  if (cut && !/[ \t]/.test(line)) return -ENOEXEC;
  const match = /^([^ \t]+)[ \t]*(.*?)[ \t]*$/s.exec(line);
  if (match === null) return -ENOEXEC;
  return { interpreter: match[1], argument: match[2] === "" ? null : match[2] };
}
