// What a session can be told to do: one plain record for each movement. All of them but goTo go both ways.

import type { Moment } from "../history/moment.ts";
import type { WriteTarget } from "./last-write.ts";

export type Direction = "forward" | "back";

interface Movement {
  readonly direction?: Direction;
}

/** A process is named by its pid; without one the session's focus is meant. */
interface ProcessMovement extends Movement {
  readonly pid?: number;
}

export type Command =
  | (Movement & {
      readonly kind: "continue";
      /** Forward only: "paused" after so many instructions, if nothing stops it before. */
      readonly count?: number;
    })
  /** Instructions of whatever hart is next. */
  | (Movement & { readonly kind: "stepMachine"; readonly count?: number })
  /** Instructions of one process; the others run as they must. A system call is one step. */
  | (ProcessMovement & { readonly kind: "step"; readonly count?: number })
  /** Like step, but a call of a function is one step. */
  | (ProcessMovement & { readonly kind: "stepOver" })
  /** To the caller, behind the call; back: to the call instruction that made this frame. */
  | (ProcessMovement & { readonly kind: "stepOut" })
  /** To another source line; `into`: also of a function that is called. */
  | (ProcessMovement & { readonly kind: "stepLine"; readonly into?: boolean })
  /** To a location: see `Session.resolve`. */
  | (ProcessMovement & { readonly kind: "runTo"; readonly location: string })
  | (ProcessMovement & { readonly kind: "nextTrap" })
  /** To the next time that a hart is given to another process. */
  | (Movement & { readonly kind: "nextSwitch" })
  /** To a system call; of any process if `pid` is 0. `name` as in the table of calls. */
  | (ProcessMovement & { readonly kind: "nextCall"; readonly name?: string })
  /** To an event of one of these types (EVENT_*); of any process if `pid` is 0 or absent. */
  | (Movement & { readonly kind: "nextEvent"; readonly types: readonly number[]; readonly pid?: number })
  /** One pass of the trap path, or one instruction where nothing is due. */
  | (Movement & { readonly kind: "nextPass" })
  /**
   * To the next of the five moments of a trap, of whichever hart: raised, registers saved, decided, registers loaded,
   * resumed, which is behind the first instruction.
   */
  | (Movement & { readonly kind: "nextPhase" })
  /** Back to right before the last write to memory or to a register. */
  | { readonly kind: "lastWrite"; readonly target: WriteTarget }
  | { readonly kind: "goTo"; readonly moment: Moment | { readonly retired: number } }
  /** To the first moment at which the clock of a hart has reached so many ticks. */
  | { readonly kind: "goToTime"; readonly ticks: number; readonly hart: number }
  /** To the moment right after an event, by its number in the log. */
  | { readonly kind: "goToEvent"; readonly event: number };
