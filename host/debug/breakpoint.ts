// Breakpoints as people make and see them: plain data, so that a link or a file can carry them.

/** What a breakpoint stops at. */
export type BreakpointKind =
  /** A location: an address, a symbol or a line. */
  | "breakpoint"
  /** An access to memory, or a change of a register. */
  | "watchpoint"
  /** An event. */
  | "catchpoint";

/** `change`: a write after which the value is another. */
export type AccessKind = "read" | "write" | "access" | "change";

export type CaughtEvent = "call" | "signal" | "fault" | "fork" | "exec" | "exit" | "switch";

/** What stands for every kind. */
interface Common {
  /** Stops only this process; 0 or absent: any. */
  readonly pid?: number;
  /** Stops only where this expression is not 0. */
  readonly condition?: string;
  /** So many hits pass before it stops (each counts only where the condition holds). */
  readonly ignore?: number;
  /** Does not stop, but logs this text, in which {expression} is replaced by its value. */
  readonly log?: string;
  /** Removed once it has stopped. */
  readonly temporary?: boolean;
  readonly enabled?: boolean;
}

export type BreakpointSpecification =
  | (Common & { readonly kind: "breakpoint"; readonly location: string })
  | (Common & {
      readonly kind: "watchpoint";
      readonly access: AccessKind;
      /** An address by an expression, evaluated when the watchpoint is made, or a register by its name. */
      readonly target: string;
      /** Bytes, 1 to 4096; default 4. Not for registers. */
      readonly length?: number;
    })
  | (Common & {
      readonly kind: "catchpoint";
      readonly event: CaughtEvent;
      /** Names of system calls or signals; none: all. */
      readonly names?: readonly string[];
    });

/** A place that a breakpoint stands at in one program. */
export interface BreakpointPlace {
  /** Path of the program. */
  readonly program: string;
  readonly address: number;
  /** As in "main+0x10", and "file:line"; empty where unknown. */
  readonly symbol: string;
  readonly line: string;
}

export interface Breakpoint {
  /** From 1; never used again. */
  readonly number: number;
  readonly specification: BreakpointSpecification;
  readonly enabled: boolean;
  /** Stops and ignored hits so far. */
  readonly hits: number;
  /** How many hits it still lets pass. */
  readonly ignore: number;
  /** Where it stands now; none: pending until a program with such a place is started. */
  readonly places: readonly BreakpointPlace[];
}

/** What a log message said, and when. */
export interface LogLine {
  readonly breakpoint: number;
  readonly pid: number;
  readonly text: string;
  readonly moment: { readonly retired: number; readonly events: number };
}
