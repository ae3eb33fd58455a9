// Wakes those who wait on a channel, also in a poll. Processes in a poll sleep on a channel of their own and are listed
// with those that concern them.

import {
  PCB_STATE,
  PCB_WAIT_CHANNEL,
  REASON_WAKE,
  STATE_BLOCKED,
  WAIT_KIND_SHIFT,
  WAIT_POLL,
} from "../../assembly/layout.ts";
import { type Core, pcbWord } from "../machine/core.ts";
import type { KernelState } from "./state.ts";

/** `channel`: WAIT_* << WAIT_KIND_SHIFT | object. */
export function wakeup(core: Core, state: KernelState, channel: number): void {
  core.wakeup(channel);
  for (const { slot, channels } of state.pollers) {
    const own = (WAIT_POLL << WAIT_KIND_SHIFT) | slot;
    const isAsleep =
      core.words[pcbWord(slot, PCB_STATE)] === STATE_BLOCKED &&
      core.words[pcbWord(slot, PCB_WAIT_CHANNEL)] === own;
    if (isAsleep && channels.includes(channel)) core.wake(slot, REASON_WAKE);
  }
}
