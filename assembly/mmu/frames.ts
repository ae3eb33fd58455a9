// Guest frames: who holds how many references, and which are free.
//
// A frame is free (references 0, on the free list or never used) or in use. Free frames are reused last in,
// first out, and fresh ones are taken in ascending order, so allocation is a function of history alone.
// The list is doubly linked so that one day a *preferred* free frame can be taken out of its middle.
// While a frame is in use its link words serve its owner: see FRAME_ENTRIES in space.ts.

import {
  FRAME_FREE,
  FRAME_KIND,
  FRAME_NEXT,
  FRAME_PREVIOUS,
  FRAME_RECORD_SIZE,
  FRAME_REFERENCES,
  FRAME_TABLE,
  MACHINE,
  MACHINE_FAIL_COUNTDOWN,
  MACHINE_FRAMES_USED,
  MACHINE_FRAME_COUNT,
  MACHINE_FRAME_LIMIT,
  MACHINE_FREE_FRAME,
  PAGE_SIZE,
} from "../layout";
import { blocksDropFrame } from "../cpu/blocks";
import { markDirty } from "./dirty";
import { linearOf } from "./translation";

// @ts-ignore: decorator
@inline
export function frameRecord(frame: u32): u32 {
  return FRAME_TABLE + frame * FRAME_RECORD_SIZE;
}

/** Frame 0 stands for "none", so the first one handed out is 1. */
export function framesInitialize(): void {
  store<u32>(MACHINE + MACHINE_FREE_FRAME, 0);
  store<u32>(MACHINE + MACHINE_FRAME_LIMIT, 1);
  store<u32>(MACHINE + MACHINE_FRAMES_USED, 0);
}

/** Counts down to the allocation that a test has asked to fail. */
function failsOnPurpose(): bool {
  const countdown = load<u32>(MACHINE + MACHINE_FAIL_COUNTDOWN);
  if (countdown == 0) return false;
  store<u32>(MACHINE + MACHINE_FAIL_COUNTDOWN, countdown - 1);
  return countdown == 1;
}

/** Whether an allocation would succeed. */
export function frameIsLeft(): bool {
  if (load<u32>(MACHINE + MACHINE_FAIL_COUNTDOWN) == 1) return false;
  if (load<u32>(MACHINE + MACHINE_FREE_FRAME)) return true;
  return load<u32>(MACHINE + MACHINE_FRAME_LIMIT) < load<u32>(MACHINE + MACHINE_FRAME_COUNT);
}

/** A frame with one reference and arbitrary contents, or 0 when there is none left. */
export function frameAllocateRaw(kind: u32): u32 {
  if (failsOnPurpose()) return 0;
  let frame = load<u32>(MACHINE + MACHINE_FREE_FRAME);
  if (frame) {
    unlink(frame);
  } else {
    frame = load<u32>(MACHINE + MACHINE_FRAME_LIMIT);
    if (frame >= load<u32>(MACHINE + MACHINE_FRAME_COUNT)) return 0;
    store<u32>(MACHINE + MACHINE_FRAME_LIMIT, frame + 1);
  }
  const record = frameRecord(frame);
  store<u32>(record, 1, FRAME_REFERENCES);
  store<u32>(record, 0, FRAME_NEXT);
  store<u32>(record, 0, FRAME_PREVIOUS);
  store<u32>(record, kind, FRAME_KIND);
  markDirty(frame);
  store<u32>(MACHINE + MACHINE_FRAMES_USED, load<u32>(MACHINE + MACHINE_FRAMES_USED) + 1);
  return frame;
}

/** A zeroed frame with one reference, or 0 when there is none left. */
export function frameAllocate(kind: u32): u32 {
  const frame = frameAllocateRaw(kind);
  if (frame) memory.fill(linearOf(frame), 0, PAGE_SIZE);
  return frame;
}

// @ts-ignore: decorator
@inline
export function frameReferences(frame: u32): u32 {
  return load<u32>(frameRecord(frame), FRAME_REFERENCES);
}

// @ts-ignore: decorator
@inline
export function frameRetain(frame: u32): void {
  const record = frameRecord(frame);
  store<u32>(record, load<u32>(record, FRAME_REFERENCES) + 1, FRAME_REFERENCES);
}

/** Gives one reference back; with the last one the frame is free. */
export function frameRelease(frame: u32): void {
  const record = frameRecord(frame);
  const references = load<u32>(record, FRAME_REFERENCES);
  assert(references != 0, "a free frame was released");
  store<u32>(record, references - 1, FRAME_REFERENCES);
  if (references == 1) free(frame);
}

function free(frame: u32): void {
  blocksDropFrame(frame);
  markDirty(frame);
  const record = frameRecord(frame);
  const head = load<u32>(MACHINE + MACHINE_FREE_FRAME);
  store<u32>(record, FRAME_FREE, FRAME_KIND);
  store<u32>(record, head, FRAME_NEXT);
  store<u32>(record, 0, FRAME_PREVIOUS);
  if (head) store<u32>(frameRecord(head), frame, FRAME_PREVIOUS);
  store<u32>(MACHINE + MACHINE_FREE_FRAME, frame);
  store<u32>(MACHINE + MACHINE_FRAMES_USED, load<u32>(MACHINE + MACHINE_FRAMES_USED) - 1);
}

function unlink(frame: u32): void {
  const record = frameRecord(frame);
  const next = load<u32>(record, FRAME_NEXT);
  const previous = load<u32>(record, FRAME_PREVIOUS);
  if (next) store<u32>(frameRecord(next), previous, FRAME_PREVIOUS);
  if (previous) store<u32>(frameRecord(previous), next, FRAME_NEXT);
  else store<u32>(MACHINE + MACHINE_FREE_FRAME, next);
}
