// Who sleeps on pipes and terminals, and for what.

import {
  MACHINE,
  MACHINE_SLOT_LIMIT,
  PCB_PID,
  PCB_STATE,
  STATE_BLOCKED,
  WAIT_KIND_SHIFT,
  WAIT_PIPE_READ,
  WAIT_PIPE_WRITE,
  WAIT_TTY,
} from "../../assembly/layout.ts";
import type { KernelState } from "../kernel/state.ts";
import { type Core, pcbWord } from "../machine/core.ts";
import { channelsOf, objectOf } from "./channels.ts";

export interface Sleeper {
  readonly pid: number;
  readonly for: "bytes" | "room" | "input";
}

const FOR: Readonly<Record<number, Sleeper["for"]>> = {
  [WAIT_PIPE_READ]: "bytes",
  [WAIT_PIPE_WRITE]: "room",
};

/** By inode; whoever sleeps on the console's terminal is with each inode of it. */
export function sleepersOf(
  core: Core,
  state: KernelState,
  inodes: ReadonlySet<number>,
): Map<number, Sleeper[]> {
  const sleepers = new Map<number, Sleeper[]>();
  const add = (inode: number, sleeper: Sleeper) => {
    const known = sleepers.get(inode);
    if (known) known.push(sleeper);
    else sleepers.set(inode, [sleeper]);
  };
  const terminals = [...inodes].filter((id) => state.files.inodes[id]?.kind === "device");
  const limit = core.unsigned[(MACHINE + MACHINE_SLOT_LIMIT) >>> 2];
  for (let slot = 1; slot < limit; slot++) {
    if (core.unsigned[pcbWord(slot, PCB_STATE)] !== STATE_BLOCKED) continue;
    const pid = core.unsigned[pcbWord(slot, PCB_PID)];
    for (const channel of channelsOf(core, state, slot)) {
      const kind = channel >>> WAIT_KIND_SHIFT;
      const inode = objectOf(channel);
      if (FOR[kind] && inodes.has(inode)) add(inode, { pid, for: FOR[kind] });
      if (kind === WAIT_TTY) for (const terminal of terminals) add(terminal, { pid, for: "input" });
    }
  }
  return sleepers;
}
