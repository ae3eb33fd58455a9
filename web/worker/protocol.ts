// What page and worker say to each other. Plain data both ways; comlink carries it.

import type { Configuration } from "../../host/machine/configuration.ts";
import type { Picture, PictureQuery } from "../../host/picture/index.ts";

/** A program to boot the machine with. */
export interface Program {
  /** What is shown, and the first argument. */
  readonly name: string;
  /** Where its executable is: an address relative to the page, or the bytes. */
  readonly executable: string | Uint8Array;
  /** After the name. */
  readonly args: readonly string[];
  /** Programs of the machine's own that it uses, for /bin: names. */
  readonly uses: readonly string[];
}

export interface OpenRequest {
  /** The page's address: what `executable` and /bin are relative to. */
  readonly base: string;
  readonly program: Program;
  readonly configuration: Partial<Configuration>;
}

/** The machine's worker, as the page calls it. Every call resolves when it has been done. */
export interface MachineCalls {
  /** Makes a new machine with the program about to start. Rejects with a message for people. */
  open(request: OpenRequest): Promise<void>;
  /** Goes on until a stop. */
  run(): void;
  pause(): void;
  /** Executes that many instructions. */
  step(count: number): void;
  /** Instructions a second; Infinity: as fast as it can. */
  setSpeed(perSecond: number): void;
  /** Bytes for the terminal. */
  input(bytes: Uint8Array): void;
  /** Null where nothing has changed since the last one with the same query. */
  picture(query: PictureQuery): Promise<Picture | null>;
}
