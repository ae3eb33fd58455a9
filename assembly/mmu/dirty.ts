// Which frames may have changed since the last checkpoint: a flag for each frame, and a list of those that have
// it. Derived range: the machine runs the same whether anybody asks or not.
//
// A frame is dirty once it was handed out or given back, once a page-table entry in it was written, or once a page of
// it was made writable for a hart or for the host. A hart writes unnoticed only through a write translation, and there
// is none for a clean frame: `dirtyClear` takes them all away.

import { DIRTY_COUNT, DIRTY_FRAMES, FRAME_DIRTY, FRAME_FLAGS, MACHINE, MACHINE_HART_COUNT } from "../layout";
import { translationDropWrites } from "./translation";

/** The frame's bytes may change from now on. */
// @ts-ignore: decorator
@inline
export function markDirty(frame: u32): void {
  if (!(load<u8>(FRAME_FLAGS + frame) & FRAME_DIRTY)) remember(frame);
}

function remember(frame: u32): void {
  store<u8>(FRAME_FLAGS + frame, load<u8>(FRAME_FLAGS + frame) | FRAME_DIRTY);
  const count = load<u32>(DIRTY_COUNT);
  store<u32>(DIRTY_FRAMES + (count << 2), frame);
  store<u32>(DIRTY_COUNT, count + 1);
}

/** No frame is dirty: the host has copied them. Costs what was dirty and what translations are filled. */
export function dirtyClear(): void {
  const count = load<u32>(DIRTY_COUNT);
  for (let index: u32 = 0; index < count; index++) {
    const flags = FRAME_FLAGS + load<u32>(DIRTY_FRAMES + (index << 2));
    store<u8>(flags, load<u8>(flags) & ~FRAME_DIRTY);
  }
  store<u32>(DIRTY_COUNT, 0);
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let hart: u32 = 0; hart < harts; hart++) translationDropWrites(hart);
}
