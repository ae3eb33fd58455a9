// Wait queues: blocked processes by what they wait for. A channel is hashed to a bucket; a bucket is a list in
// order of falling asleep, doubly linked, the head's PREVIOUS leading to the tail. Written by scheduler.ts alone.

import {
  PCB_WAIT_CHANNEL,
  PCB_WAIT_NEXT,
  PCB_WAIT_PREVIOUS,
  WAIT_BUCKETS,
  WAIT_BUCKET_COUNT,
  WAIT_KIND_SHIFT,
} from "../layout";
import { pcbOf } from "./table";

/** Address of the bucket's head: objects are small indices, kinds few, so mixing both spreads well. */
function bucketOf(channel: u32): u32 {
  const hash = channel ^ ((channel >>> WAIT_KIND_SHIFT) * 509);
  return WAIT_BUCKETS + ((hash & (WAIT_BUCKET_COUNT - 1)) << 2);
}

export function waitEnqueue(slot: u32, channel: u32): void {
  const bucket = bucketOf(channel);
  const head = load<u32>(bucket);
  const pcb = pcbOf(slot);
  store<u32>(pcb, channel, PCB_WAIT_CHANNEL);
  store<u32>(pcb, 0, PCB_WAIT_NEXT);
  if (!head) {
    store<u32>(bucket, slot);
    store<u32>(pcb, slot, PCB_WAIT_PREVIOUS);
    return;
  }
  const tail = load<u32>(pcbOf(head), PCB_WAIT_PREVIOUS);
  store<u32>(pcbOf(tail), slot, PCB_WAIT_NEXT);
  store<u32>(pcb, tail, PCB_WAIT_PREVIOUS);
  store<u32>(pcbOf(head), slot, PCB_WAIT_PREVIOUS);
}

export function waitDequeue(slot: u32): void {
  const pcb = pcbOf(slot);
  const bucket = bucketOf(load<u32>(pcb, PCB_WAIT_CHANNEL));
  const head = load<u32>(bucket);
  const next = load<u32>(pcb, PCB_WAIT_NEXT);
  const previous = load<u32>(pcb, PCB_WAIT_PREVIOUS);
  if (head == slot) store<u32>(bucket, next);
  else store<u32>(pcbOf(previous), next, PCB_WAIT_NEXT);
  if (next) store<u32>(pcbOf(next), previous, PCB_WAIT_PREVIOUS);
  else if (head != slot) store<u32>(pcbOf(head), previous, PCB_WAIT_PREVIOUS);
  store<u32>(pcb, 0, PCB_WAIT_CHANNEL);
  store<u32>(pcb, 0, PCB_WAIT_NEXT);
  store<u32>(pcb, 0, PCB_WAIT_PREVIOUS);
}

/** The one that has waited longest on the channel, or 0. */
export function waitFirst(channel: u32): u32 {
  let slot = load<u32>(bucketOf(channel));
  while (slot && load<u32>(pcbOf(slot), PCB_WAIT_CHANNEL) != channel) {
    slot = load<u32>(pcbOf(slot), PCB_WAIT_NEXT);
  }
  return slot;
}
