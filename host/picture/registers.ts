// The registers of the process in focus.

import { contextWord } from "../machine/core.ts";
import type { Focus } from "./focus.ts";
import type { PictureSource } from "./source.ts";

export interface RegistersPicture {
  readonly pc: number;
  /** x0..x31, unsigned. */
  readonly values: Uint32Array;
}

export function takeRegisters({ machine }: PictureSource, { slot }: Focus): RegistersPicture {
  const { core } = machine.kernel;
  const context = contextWord(core, slot);
  const values = core.unsigned.slice(context, context + 32);
  values[0] = 0;
  return { pc: core.unsigned[context], values };
}
