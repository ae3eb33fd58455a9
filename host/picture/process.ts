// The process in focus as the debugger looks at it, with its program. Programs are read once for each machine.

import { DebuggedProcess } from "../debug/process.ts";
import { Programs } from "../debug/program.ts";
import type { Machine } from "../machine.ts";
import type { Focus } from "./focus.ts";
import type { PictureSource } from "./source.ts";

const known = new WeakMap<Machine, Programs>();

export function processInFocus({ machine }: PictureSource, { pid, slot }: Focus): DebuggedProcess {
  return new DebuggedProcess(machine, pid, slot, programsOf(machine));
}

function programsOf(machine: Machine): Programs {
  let programs = known.get(machine);
  if (programs === undefined) {
    programs = new Programs(() => machine.kernel.state.files);
    known.set(machine, programs);
  }
  return programs;
}
