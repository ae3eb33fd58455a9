// The rows of the panel: source lines with the instructions that come from them, or instructions alone. Worked out
// once for each list of instructions and source; which of them are on the screen changes, they do not.

import type { Listing } from "../../../host/picture/code.ts";

export type Mode = "both" | "source" | "disassembly";

export interface Row {
  /** Line of a source that stands here; 0: none. */
  readonly line: number;
  /** The file that the line is of, as a number in the list. */
  readonly file: number;
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

/** The lines of each file of a list; null where its text is not here. */
export type Sources = readonly (readonly string[] | null)[];

/**
 * `file`: the number in the list of the program's own source, which is shown whole; -1: there is none. Of other files those
 * lines stand behind it that became code.
 */
export function rowsOf(listing: Listing, file: number, sources: Sources, mode: Mode): Rows {
  const source = sources[file] ?? null;
  if (source === null || mode === "disassembly")
    return numbered(
      listing,
      instructions(listing, () => true),
    );
  const byLine = instructionsByLine(listing, file, source.length);
  const isElsewhere = (index: number) => !isOfFile(listing, index, file, source.length);
  const others = withLines(listing, instructions(listing, isElsewhere), sources);
  const rows: Row[] = [];
  for (let line = 1; line <= source.length; line++) {
    const indices = byLine[line];
    if (mode === "source" || indices.length === 0) rows.push({ line, file, index: indices[0] ?? -1 });
    else indices.forEach((index, at) => void rows.push({ line: at === 0 ? line : 0, file, index }));
  }
  if (mode === "both") return numbered(listing, [...rows, ...others]);
  const lines = others.filter(({ line, label }) => line > 0 || label !== undefined);
  return sourceNumbered(listing, [...rows, ...lines]);
}

/** The line of each instruction that begins one, where its text is here. */
function withLines(listing: Listing, rows: readonly Row[], sources: Sources): Row[] {
  return rows.map((row) => {
    const { index } = row;
    if (index < 0 || !beginsLine(listing, index)) return row;
    const file = listing.file[index];
    const isHere = listing.lines[index] <= (sources[file]?.length ?? 0);
    return isHere ? { ...row, file, line: listing.lines[index] } : row;
  });
}

/** Whether an instruction comes from another line than the one before it. */
export function beginsLine({ lines, file }: Listing, index: number): boolean {
  return (
    lines[index] !== 0 &&
    (index === 0 || lines[index] !== lines[index - 1] || file[index] !== file[index - 1])
  );
}

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
      if (isWanted(index)) rows.push({ line: 0, file: -1, index: -1, label: headings[next].name });
    }
    if (isWanted(index)) rows.push({ line: 0, file: -1, index });
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
function sourceNumbered({ addresses, lines, file: files }: Listing, rows: readonly Row[]): Rows {
  const rowAt = new Map(rows.map(({ file, line }, row) => [`${file} ${line}`, row]));
  const rowOf = Int32Array.from(addresses, (_, index) => rowAt.get(`${files[index]} ${lines[index]}`) ?? -1);
  return { rows, rowOf };
}
