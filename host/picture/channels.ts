// What a blocked process waits for, as channels.

import { PCB_WAIT_CHANNEL, WAIT_KIND_SHIFT, WAIT_POLL } from "../../assembly/layout.ts";
import type { KernelState } from "../kernel/state.ts";
import { type Core, pcbWord } from "../machine/core.ts";

const NONE: readonly number[] = [];

/** The channels that would wake the process in a slot: none, one, or those of its poll. */
export function channelsOf(core: Core, state: KernelState, slot: number): readonly number[] {
  const channel = core.unsigned[pcbWord(slot, PCB_WAIT_CHANNEL)];
  if (channel === 0) return NONE;
  if (channel >>> WAIT_KIND_SHIFT !== WAIT_POLL) return [channel];
  return state.pollers.find((poller) => poller.slot === slot)?.channels ?? NONE;
}

/** The object that a channel names: the inode of a pipe, the slot of a process. */
export function objectOf(channel: number): number {
  return channel & ((1 << WAIT_KIND_SHIFT) - 1);
}
