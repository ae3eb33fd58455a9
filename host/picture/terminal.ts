// What the terminal shows: the output that it has not got yet, or all that can be shown where it must begin anew.

import type { Focus } from "./focus.ts";
import type { PictureSource } from "./source.ts";

/** Bytes that a terminal is given at once: what it can show without holding up the page. */
export const BATCH_MAX = 16 * 1024;
/** The same where it begins anew: enough to scroll back in. */
export const BEGINNING_MAX = 64 * 1024;
/** How far behind the beginning of a batch a line is looked for to begin with. */
const LINE_MAX = 1024;
const NEWLINE = 10;

export interface TerminalQuery {
  /** Whose output is on the screen, 0: nobody's; and how many bytes of it came before. */
  readonly run: number;
  readonly from: number;
}

export interface TerminalPicture {
  /** What it answers. */
  readonly asked: TerminalQuery;
  readonly run: number;
  /** Number of the first byte. More than was asked for: those between are skipped; less: the screen begins anew. */
  readonly from: number;
  readonly bytes: Uint8Array;
}

export function takeTerminal(
  { output }: Pick<PictureSource, "output">,
  _focus: Focus | null,
  asked: TerminalQuery,
): TerminalPicture {
  const { run, from } = asked;
  const goesOn = run === output.run && from <= output.end && from >= output.start;
  const first = goesOn ? from : output.start;
  const most = goesOn ? BATCH_MAX : BEGINNING_MAX;
  const skips = output.end - first > most;
  const bytes = output.read(skips ? output.end - most : first);
  const cut = skips ? lineStart(bytes) : 0;
  return { asked, run: output.run, from: output.end - bytes.length + cut, bytes: bytes.slice(cut) };
}

/** Where the first whole line begins; 0 if no line ends soon. */
function lineStart(bytes: Uint8Array): number {
  return bytes.subarray(0, LINE_MAX).indexOf(NEWLINE) + 1;
}
