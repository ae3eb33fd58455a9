// The list of the processes that wait in a poll (see poll.ts).

import type { KernelState, Poller } from "../kernel/state.ts";

/** A process no longer waits in a poll: it runs again, or it ended. Gives what was kept of it. */
export function forgetPoller(kernel: KernelState, slot: number): Poller | null {
  const at = kernel.pollers.findIndex((poller) => poller.slot === slot);
  return at < 0 ? null : kernel.pollers.splice(at, 1)[0];
}
