// Delivers the statements of a source in order: through included files, macro calls and repetitions,
// leaving out what a condition excludes. Bounds depth and number, so that every source ends.

import { type Diagnostics, type Place, SourceError } from "./diagnostics.ts";
import { expandBody, type MacroDefinition } from "./expansion.ts";
import type { Statement } from "./scanner.ts";

/** Files within files, and macros within macros. */
export const DEPTH_LIMIT = 200;
/** Statements of the whole source after all expansion. */
export const STATEMENT_LIMIT = 1_000_000;

interface Frame {
  readonly statements: readonly Statement[];
  next: number;
  readonly kind: "file" | "macro" | "repeat";
  /** Conditions open when it began. */
  readonly conditions: number;
}

interface Condition {
  /** Statements count now. */
  active: boolean;
  /** A branch of it has been taken, or the whole lies in an excluded part. */
  done: boolean;
  hasElse: boolean;
  readonly place: Place;
}

/** First words that open and close a nested body. */
const MACRO_BODY = { opens: /^\.macro\b/i, closes: /^\.endm\b/i, end: ".endm" };
const REPEAT_BODY = { opens: /^\.(?:rept|irpc?)\b/i, closes: /^\.endr\b/i, end: ".endr" };

export class StatementReader {
  private readonly frames: Frame[] = [];
  private readonly conditions: Condition[] = [];
  private readonly diagnostics: Diagnostics;
  private delivered = 0;

  constructor(diagnostics: Diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** The next statement, excluded ones included: see `isExcluded`. */
  next(): Statement | undefined {
    for (;;) {
      const frame = this.frames.at(-1);
      if (frame === undefined) return undefined;
      const statement = frame.statements[frame.next++];
      if (statement !== undefined) return this.counted(statement);
      this.leave();
    }
  }

  private counted(statement: Statement): Statement | undefined {
    if (++this.delivered <= STATEMENT_LIMIT) return statement;
    this.diagnostics.report(
      statement,
      0,
      "the program is too long after macros and repetitions",
      `at most ${STATEMENT_LIMIT} statements`,
    );
    this.frames.length = 0;
    return undefined;
  }

  /** Reads these statements before going on. */
  enter(statements: readonly Statement[], kind: Frame["kind"]): void {
    if (this.frames.length >= DEPTH_LIMIT)
      throw new SourceError(
        0,
        `files and macros are nested more than ${DEPTH_LIMIT} deep`,
        "an end to the recursion, as by `.if`",
      );
    this.frames.push({ statements, next: 0, kind, conditions: this.conditions.length });
  }

  private leave(): void {
    const frame = this.frames.pop()!;
    while (this.conditions.length > frame.conditions) {
      this.diagnostics.report(this.conditions.pop()!.place, 0, "this condition is not closed", "`.endif`");
    }
  }

  /** `.exitm`: leaves the innermost macro. */
  exitMacro(): void {
    if (!this.frames.some(({ kind }) => kind === "macro"))
      throw new SourceError(0, "`.exitm` stands outside of a macro");
    for (;;) {
      const { kind, conditions } = this.frames.pop()!;
      this.conditions.length = conditions;
      if (kind === "macro") return;
    }
  }

  /** `.end`: nothing more is read. */
  stop(): void {
    this.frames.length = 0;
    this.conditions.length = 0;
  }

  /** The statements up to the end of a body that was opened at `place`. */
  collect(kind: "macro" | "repeat", place: Place): Statement[] {
    const { opens, closes, end } = kind === "macro" ? MACRO_BODY : REPEAT_BODY;
    const frame = this.frames.at(-1)!;
    const body: Statement[] = [];
    for (let depth = 1; ; ) {
      const statement = frame.statements[frame.next];
      if (statement === undefined) {
        this.diagnostics.report(place, 0, "the body that begins here does not end", `\`${end}\``);
        return [];
      }
      frame.next++;
      if (opens.test(statement.statement)) depth++;
      else if (closes.test(statement.statement) && --depth === 0) return body;
      body.push(statement);
    }
  }

  /** Reads a body once for each set of values. */
  repeat(
    body: readonly Statement[],
    values: readonly ReadonlyMap<string, string>[],
    what: string,
    place: Place,
  ): void {
    if (values.length * Math.max(1, body.length) > STATEMENT_LIMIT)
      throw new SourceError(0, "the repetition is too long", `at most ${STATEMENT_LIMIT} statements`);
    const origin = { what, at: place };
    this.enter(
      values.flatMap((set) => expandBody(body, set, 0, origin)),
      "repeat",
    );
  }

  /** Reads a macro's body with these arguments. */
  call(macro: MacroDefinition, values: ReadonlyMap<string, string>, count: number, place: Place): void {
    this.enter(
      expandBody(macro.body, values, count, { what: `in macro \`${macro.name}\`, called`, at: place }),
      "macro",
    );
  }

  /** Whether a condition leaves out what comes now. */
  get isExcluded(): boolean {
    return this.conditions.length > 0 && !this.conditions.at(-1)!.active;
  }

  /** `.if`: `test` is asked only if this place itself counts. */
  openCondition(place: Place, test: () => boolean): void {
    const excluded = this.isExcluded;
    const condition: Condition = { active: false, done: true, hasElse: false, place };
    this.conditions.push(condition);
    if (excluded) return;
    condition.active = test();
    condition.done = condition.active;
  }

  /** `.elseif`, and `.else` (without a test). */
  alternative(test: (() => boolean) | undefined): void {
    const condition = this.innermost(test ? ".elseif" : ".else");
    if (condition.hasElse) throw new SourceError(0, "nothing may follow `.else` but `.endif`", "`.endif`");
    condition.hasElse = test === undefined;
    condition.active = !condition.done && (test === undefined || test());
    condition.done ||= condition.active;
  }

  closeCondition(): void {
    this.innermost(".endif");
    this.conditions.pop();
  }

  private innermost(directive: string): Condition {
    const condition = this.conditions.at(-1);
    if (condition === undefined || this.conditions.length <= (this.frames.at(-1)?.conditions ?? 0))
      throw new SourceError(0, `\`${directive}\` without an \`.if\` before it`, "`.if`");
    return condition;
  }
}
