// What page and worker say to each other. Plain data both ways; comlink carries it.

import type { Breakpoint, BreakpointSpecification } from "../../host/debug/breakpoint.ts";
import type { Command } from "../../host/debug/command.ts";
import type { Value } from "../../host/debug/evaluate.ts";
import type { Why } from "../../host/debug/why.ts";
import type { Input } from "../../host/history/inputs.ts";
import type { Configuration } from "../../host/machine/configuration.ts";
import type { Moment, Picture, PictureQuery } from "../../host/picture/index.ts";
import type { Diagnostic } from "../../host/toolchain/diagnostics.ts";
import type { Word } from "../../host/toolchain/vocabulary.ts";

/** A program to boot the machine with. */
export interface Program {
  /** Its first argument, and its name in the machine's /program. */
  readonly name: string;
  /** An address relative to the page, an ELF file, or assembly. */
  readonly code: { readonly path: string } | { readonly bytes: Uint8Array } | { readonly source: string };
  /** After the name. */
  readonly args: readonly string[];
  /** Programs of the machine's own that it needs in /bin: names, or "all". */
  readonly uses: readonly string[] | "all";
}

export interface OpenRequest {
  /** The page's address: what paths are relative to. */
  readonly base: string;
  readonly program: Program;
  readonly configuration: Partial<Configuration>;
  /** Made before it begins; those that the program has no place for wait for one. */
  readonly breakpoints?: readonly BreakpointSpecification[];
  /** What came from outside on the way to `moment`. */
  readonly inputs?: readonly Input[];
  /** Where it is to stand; absent: it runs from the beginning. */
  readonly moment?: Moment;
}

/** What came of opening: "errors" where a source has some, and the machine is as it was. */
export type Opened =
  | { readonly kind: "opened" }
  | { readonly kind: "errors"; readonly diagnostics: readonly Diagnostic[] };

/** The id of the example that a recorded machine was made for; "": none that is here. */
export interface OpenedRecording {
  readonly example: string;
}

/** The machine's worker, as the page calls it. Every call resolves when it has been done. */
export interface MachineCalls {
  /** Makes a new machine with the program about to start. Rejects with a message for people. */
  open(request: OpenRequest): Promise<Opened>;
  /**
   * Opens a run that `recording` gave, at its start. `goesOn` is told now and then how much is done, 0 to 1; where it
   * says no the machine is as it was, and this resolves to null. Rejects with a message for people.
   */
  openRecording(
    base: string,
    bytes: Uint8Array,
    goesOn: (part: number) => Promise<boolean>,
  ): Promise<OpenedRecording | null>;
  /** The run so far as a file. */
  recording(): Promise<Uint8Array>;
  /**
   * Lets the machine that was opened run, or go to where it is to stand; any call below that needs that begins it
   * as well. Rejects with a message for people where what makes it run cannot be loaded; then it can be tried again.
   */
  begin(): Promise<void>;
  /** Begins a movement, in place of one that is under way; it goes on by itself up to a stop. Rejects with a reason. */
  move(command: Command): Promise<void>;
  /** Ends the movement under way where it is. */
  pause(): Promise<void>;
  /** Instructions a second; Infinity: as fast as it can. */
  setSpeed(perSecond: number): void;
  /** What the terminal's keyboard sends. */
  input(bytes: Uint8Array): Promise<void>;
  /** The terminal's window has this size now, in characters. */
  resize(rows: number, columns: number): void;
  /** Writes to a process's memory; how many bytes. In the past this begins another future. */
  poke(pid: number, address: number, bytes: Uint8Array): Promise<number>;
  /** x1..x31, or the pc as 0. In the past this begins another future. */
  setRegister(pid: number, index: number, value: number): Promise<boolean>;
  /** `pid`: whose names its expressions use. Rejects with a reason. Pictures list all breakpoints. */
  addBreakpoint(specification: BreakpointSpecification, pid?: number): Promise<Breakpoint>;
  removeBreakpoint(number: number): Promise<void>;
  enableBreakpoint(number: number, enabled: boolean): Promise<void>;
  /** The value of an expression in a process. Rejects with a reason. */
  evaluate(expression: string, pid?: number): Promise<Value>;
  /** Why a process is as it is. */
  why(pid: number): Promise<Why>;
  /** All that came from outside so far. */
  inputs(): Promise<readonly Input[]>;
  /** Hash of everything that the run depends on from here: equal states, equal hashes. */
  stateHash(): Promise<string>;
  /** The errors of a source; none if it assembles. `base`: the page's address. */
  sourceErrors(base: string, name: string, source: string): Promise<readonly Diagnostic[]>;
  /** The words that a source can use: instructions, directives, registers, system calls, the library's macros. */
  words(base: string): Promise<readonly Word[]>;
  /**
   * Null where nothing has changed since the last one with the same query. While the machine runs as fast as it can and
   * nothing else happens, it comes when it is due: see PicturePace.
   */
  picture(query: PictureQuery): Promise<Picture | null>;
  /** The picture that is waited for is null now, and the next one comes at once: another query is to be answered. */
  giveUpPicture(): void;
}
