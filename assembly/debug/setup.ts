// After the host has written what it wants: derived state that was made under other points goes.

import { blocksDropAll } from "../cpu/blocks";
import {
  DEBUG,
  DEBUG_CODE,
  DEBUG_EVENTS,
  DEBUG_EVENT_MASK,
  DEBUG_UNTIL_EVENTS,
  DEBUG_WATCHED_SLOTS,
  DEBUG_WATCHES,
  HIT_EVENT_COUNT,
  MACHINE,
  MACHINE_EVENT_COUNT,
  MACHINE_HART_COUNT,
  POINT_EXECUTE,
  POINT_READ,
  POINT_REGISTER,
  POINT_WRITE,
} from "../layout";
import { translationFlush } from "../mmu/translation";
import { forgetHits, stopFor } from "./hit";
import { hasKind } from "./points";

/** Puts the host's fields and points into effect, between two runs; `code`: EXECUTE or REGISTER points have changed. */
export function debugChanged(code: bool): void {
  const hadWatches = load<u32>(DEBUG + DEBUG_WATCHES) != 0;
  const hasWatches = hasKind(POINT_READ, POINT_WRITE);
  const until = load<u64>(DEBUG + DEBUG_UNTIL_EVENTS);
  store<u32>(DEBUG + DEBUG_CODE, hasKind(POINT_EXECUTE, POINT_REGISTER));
  store<u32>(DEBUG + DEBUG_WATCHES, hasWatches);
  store<u32>(DEBUG + DEBUG_EVENTS, load<u32>(DEBUG + DEBUG_EVENT_MASK) != 0 || until != 0);
  forgetHits();
  if (until && load<u64>(MACHINE + MACHINE_EVENT_COUNT) >= until) stopFor(HIT_EVENT_COUNT, 0, 0, 0, 0, 0);
  if (code) blocksDropAll();
  if (!hadWatches && !hasWatches) return;
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let hart: u32 = 0; hart < harts; hart++) {
    translationFlush(hart);
    store<u32>(DEBUG + (hart << 2), 0, DEBUG_WATCHED_SLOTS);
  }
}
