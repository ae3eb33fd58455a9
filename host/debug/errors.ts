// Refusals of the debugger: each has a code that programs can test and a message that says what would be right.

export type DebugErrorCode =
  /** No process has this pid (any more). */
  | "no-process"
  /** The process exists, but has no memory or no program: a zombie. */
  | "no-program"
  /** No symbol, source file or line of this name in the program. */
  | "no-symbol"
  /** Several places are meant by one name. */
  | "ambiguous"
  /** An expression or a location cannot be read; `column` says where. */
  | "syntax"
  /** An expression was read, but has no value now: memory that is not mapped, a division by zero. */
  | "no-value"
  /** Memory that is not there, or cannot be changed. */
  | "no-memory"
  /** There is no frame to go out of, up to or down to. */
  | "no-frame"
  /** No breakpoint has this number, or there are more than the machine can watch. */
  | "no-breakpoint"
  | "too-many"
  /** A number outside its range. */
  | "range"
  /** A command is under way. */
  | "busy"
  /** It was not found in the past that is remembered. */
  | "not-found";

export class DebugError extends Error {
  readonly code: DebugErrorCode;
  /** Column of the text that was given, from 1; 0 where it has none. */
  readonly column: number;

  constructor(code: DebugErrorCode, message: string, column = 0) {
    super(message);
    this.name = "DebugError";
    this.code = code;
    this.column = column;
  }
}
