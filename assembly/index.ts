// The core's ABI: exports only. What they take and give is said where they are defined; records and codes are
// in layout.ts. No export may be called before `boot`.

import { DEBUG, DEBUG_DUE, DERIVED_END, MACHINE, MACHINE_HART_COUNT, STATIC_END } from "./layout";
import { blocksInitialize } from "./cpu/blocks";
import { hartsInitialize } from "./cpu/harts";
import { framesInitialize } from "./mmu/frames";
import { translationInitialize } from "./mmu/translation";
import { tableInitialize } from "./process/table";

// Running
export { run } from "./cpu/harts";

// Frames
export { frameAllocate, frameRelease, frameRetain } from "./mmu/frames";

// Address spaces
export {
  pageMap,
  pageMapZero,
  pagesProtect,
  pagesUnmap,
  spaceCreate,
  spaceFork,
  spaceRelease,
  translate,
} from "./mmu/space";

// Checkpoints: which frames have changed, and frames that the host has put back
export { dirtyClear, markDirty } from "./mmu/dirty";
export { blocksDropFrame as frameReplaced } from "./cpu/blocks";
export { translationFlush } from "./mmu/translation";

// Processes
export {
  discard as processDiscard,
  pidSlot,
  processCreate,
  processFork,
  processReap,
  setGroup,
  setSession,
} from "./process/table";
export { processExit, processRun, sleep, wake, wakeup, yieldHart } from "./process/scheduler";

// Events
export { emit } from "./trap/events";

// Debugging
export { debugChanged } from "./debug/setup";
export { accessedByCall } from "./debug/watch";

/** Prepares the replayable range for a machine as configured in its MACHINE_* fields; the rest must be zero. */
export function boot(): void {
  framesInitialize();
  tableInitialize();
  hartsInitialize();
  forget();
}

/** Drops everything derived, as after the replayable range was replaced. */
export function forget(): void {
  store<u32>(DEBUG + DEBUG_DUE, 0);
  blocksInitialize();
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let hart: u32 = 0; hart < harts; hart++) translationInitialize(hart);
}

/** Whether the compiler's static data stays below the regions of layout.ts. */
export function layoutHolds(): bool {
  return <u32>__heap_base <= <u32>STATIC_END && DERIVED_END > STATIC_END;
}
