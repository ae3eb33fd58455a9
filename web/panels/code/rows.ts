// The rows of the panel: source lines with the instructions that come from them, or instructions alone. Worked out
// once for each list of instructions and source; which of them are on the screen changes, they do not.

import type { Listing } from "../../../host/picture/code.ts";

export type Mode = "both" | "source" | "disassembly";

export interface Row {
  /** Line of the source that stands here; 0: none. */
  readonly line: number;
  /** Number of the instruction in the list; -1: none. */
  readonly index: number;
  /** A heading: a section, a symbol. */
  readonly label?: string;
}

export interface Rows {
  readonly rows: readonly Row[];
  /** Row of each instruction of the list; -1 where it has none. */
  readonly rowOf: Int32Array;
}

/** `file`: the number in the list of the file that `source` is the text of; null without one. */
export function rowsOf(listing: Listing, file: number, source: readonly string[] | null, mode: Mode): Rows {
  if (source === null || mode === "disassembly")
    return numbered(
      listing,
      instructions(listing, () => true),
    );
  const byLine = instructionsByLine(listing, file, source.length);
  const rows: Row[] = [];
  for (let line = 1; line <= source.length; line++) {
    const indices = mode === "both" && byLine[line].length > LONGEST ? [] : byLine[line];
    if (mode === "source" || indices.length === 0) rows.push({ line, index: indices[0] ?? -1 });
    else indices.forEach((index, at) => void rows.push({ line: at === 0 ? line : 0, index }));
  }
  if (mode === "source") return sourceNumbered(listing, rows, byLine);
  const others = instructions(
    listing,
    (index) =>
      !isOfFile(listing, index, file, source.length) || byLine[listing.lines[index]].length > LONGEST,
  );
  return numbered(listing, [...rows, ...others]);
}

/** A line with more instructions than this includes a file: its code is shown behind, below its own symbols. */
const LONGEST = 24;

function isOfFile({ lines, file: files }: Listing, index: number, file: number, last: number): boolean {
  return lines[index] > 0 && lines[index] <= last && files[index] === file;
}

function instructionsByLine(listing: Listing, file: number, last: number): number[][] {
  const byLine = Array.from({ length: last + 1 }, (): number[] => []);
  listing.lines.forEach((line, index) => {
    if (isOfFile(listing, index, file, last)) byLine[line].push(index);
  });
  return byLine;
}

/** Instructions in the order of their addresses, below the headings of their symbols and sections. */
function instructions(
  { addresses, symbols, sections }: Listing,
  isWanted: (index: number) => boolean,
): Row[] {
  const headings = [...sections.map((one) => ({ ...one, name: `section ${one.name}` })), ...symbols];
  headings.sort((a, b) => a.index - b.index);
  const rows: Row[] = [];
  let next = 0;
  for (let index = 0; index < addresses.length; index++) {
    for (; headings[next]?.index === index; next++) {
      if (isWanted(index)) rows.push({ line: 0, index: -1, label: headings[next].name });
    }
    if (isWanted(index)) rows.push({ line: 0, index });
  }
  return rows;
}

function numbered({ addresses }: Listing, rows: readonly Row[]): Rows {
  const rowOf = new Int32Array(addresses.length).fill(-1);
  rows.forEach(({ index }, row) => {
    if (index >= 0) rowOf[index] = row;
  });
  return { rows, rowOf };
}

/** All instructions of a line are at its row. */
function sourceNumbered({ addresses }: Listing, rows: readonly Row[], byLine: readonly number[][]): Rows {
  const rowOf = new Int32Array(addresses.length).fill(-1);
  byLine.forEach((indices, line) => {
    for (const index of indices) rowOf[index] = line - 1;
  });
  return { rows, rowOf };
}
