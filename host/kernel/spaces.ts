// Who uses which address space: a process alone, or with it the child of its vfork.

import { PCB_VFORK_PARENT, WAIT_KIND_SHIFT, WAIT_VFORK } from "../../assembly/layout.ts";
import { pcbWord } from "../machine/core.ts";
import { clearRegions } from "../memory/space.ts";
import type { BootKernel } from "./kernel.ts";
import type { ProcessState, SpaceState } from "./state.ts";

export function waitChannel(kind: number, object: number): number {
  return (kind << WAIT_KIND_SHIFT) | object;
}

/** The address space of a process, or null. */
export function spaceOf(kernel: BootKernel, slot: number): SpaceState | null {
  const process = kernel.state.processes[slot];
  return process && process.space >= 0 ? kernel.state.spaces[process.space] : null;
}

/** Gives a space an index: the one freed last, or a new one. */
export function addSpace(kernel: BootKernel, space: SpaceState): number {
  const { spaces, freeSpaces } = kernel.state;
  const index = freeSpaces.pop() ?? spaces.length;
  spaces[index] = space;
  return index;
}

/** Takes the process's use of its space back. The page tables' own count is the core's. */
export function leaveSpace(kernel: BootKernel, process: ProcessState): void {
  const space = process.space < 0 ? null : kernel.state.spaces[process.space];
  const index = process.space;
  process.space = -1;
  if (!space || --space.users > 0) return;
  clearRegions(kernel.virtualMemory, space);
  kernel.state.spaces[index] = null;
  kernel.state.freeSpaces.push(index);
}

/** The vfork parent goes on when its child execs or ends. */
export function releaseVforkParent(kernel: BootKernel, child: number): void {
  const word = pcbWord(child, PCB_VFORK_PARENT);
  if (kernel.core.words[word] === 0) return;
  kernel.core.words[word] = 0;
  kernel.core.wakeup(waitChannel(WAIT_VFORK, child));
}
