// What a person reads about a faulty source or link: data with a place, a collector with a cap,
// and the one formatter. Nothing here throws; the callers decide what to do after an error.

/** One error, at a place of the source. Lines and columns count from 1; 0 means "nowhere". */
export interface Diagnostic {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What would have been right, where that can be said. */
  readonly expected?: string;
  /** The text of the line (of a macro's body: after its arguments were put in). */
  readonly sourceLine: string;
  /** Further places that explain it: where a macro was called, where a name was first defined. */
  readonly notes?: readonly string[];
}

/** Where a statement stands. `text` is the whole line, `column` the column of its first character. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** The macro call, inclusion or repetition that this line came from. */
  readonly from?: Origin | undefined;
}

/** What an origin says of a line of an included file. */
export const INCLUDED = "included";

export interface Origin {
  /** As in "in macro `push`, called". */
  readonly what: string;
  readonly at: Place;
}

/** Errors shown at the most; more are counted, not kept. */
export const DIAGNOSTIC_LIMIT = 100;

const NOTE_LIMIT = 4;

/** Collects errors, at most one for each statement (the first is the cause of those after it). */
export class Diagnostics {
  readonly list: Diagnostic[] = [];
  /** Errors found, those beyond the limit included. */
  count = 0;

  /** Reports an error at the offset `offset` (from 0) of the statement at `place`. */
  report(
    place: Place,
    offset: number,
    message: string,
    expected?: string,
    notes: readonly string[] = [],
  ): void {
    this.count++;
    if (this.list.length >= DIAGNOSTIC_LIMIT) return;
    const allNotes = [...notes, ...originNotes(place)];
    this.list.push({
      file: place.file,
      line: place.line,
      column: place.column + offset,
      message,
      ...(expected === undefined ? {} : { expected }),
      sourceLine: place.text,
      ...(allNotes.length === 0 ? {} : { notes: allNotes }),
    });
  }

  /** Reports an error that has no place in a source, as those of the linker. */
  reportFile(file: string, message: string, expected?: string): void {
    this.report({ file, line: 0, column: 0, text: "" }, 0, message, expected);
  }

  /** The errors in the order of the source, with a last one that counts those left out. */
  finish(): Diagnostic[] {
    const left = this.count - this.list.length;
    if (left > 0)
      this.list.push({
        file: this.list[0]!.file,
        line: 0,
        column: 0,
        message: `${left} more errors`,
        sourceLine: "",
      });
    return this.list;
  }
}

/** Thrown inside the tool chain to abandon one statement; the driver turns it into a Diagnostic. */
export class SourceError extends Error {
  /** Offset in the statement, from 0. */
  readonly offset: number;
  readonly expected: string | undefined;
  readonly notes: readonly string[];

  constructor(offset: number, message: string, expected?: string, notes: readonly string[] = []) {
    super(message);
    this.offset = offset;
    this.expected = expected;
    this.notes = notes;
  }
}

function originNotes(place: Place): string[] {
  const notes: string[] = [];
  for (let from = place.from; from !== undefined && notes.length < NOTE_LIMIT; from = from.at.from) {
    notes.push(`${from.what} at ${from.at.file}:${from.at.line}`);
  }
  return notes;
}

/** The text of one error: `file:line:column: error: message`, the line, a mark, what was expected. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { file, line, column, message, expected, sourceLine, notes } = diagnostic;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  const lines = [`${place}: error: ${message}`];
  if (sourceLine !== "" && line !== 0) {
    const gutter = String(line).padStart(5);
    const lead = sourceLine.slice(0, column - 1).replace(/[^\t]/g, " ");
    lines.push(`${gutter} | ${sourceLine}`, `${" ".repeat(gutter.length)} | ${lead}^`);
  }
  if (expected !== undefined) lines.push(`      expected ${expected}`);
  for (const note of notes ?? []) lines.push(`      ${note}`);
  return lines.join("\n");
}

/** All errors as one text, a blank line between two. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(formatDiagnostic).join("\n\n");
}

/** The candidate that differs least from `name` (at most a third of its letters), if there is one. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      current[j] = Math.min(current[j - 1]! + 1, previous[j]! + 1, previous[j - 1]! + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) current[j] = Math.min(current[j]!, before[j - 2]! + 1);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}
