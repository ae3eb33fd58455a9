// A run queue as one list in order of arrival, linked through the PCBs: what round robin and first-come share.
// Enqueue, remove and taking the head cost the same however many processes are ready.

import {
  MACHINE,
  MACHINE_QUEUE_HEAD,
  MACHINE_QUEUE_LENGTH,
  MACHINE_QUEUE_TAIL,
  PCB_AFFINITY,
  PCB_QUEUE_NEXT,
  PCB_QUEUE_PREVIOUS,
} from "../../layout";
import { pcbOf } from "../table";

export function queueAppend(slot: u32): void {
  const tail = load<u32>(MACHINE + MACHINE_QUEUE_TAIL);
  const pcb = pcbOf(slot);
  store<u32>(pcb, 0, PCB_QUEUE_NEXT);
  store<u32>(pcb, tail, PCB_QUEUE_PREVIOUS);
  if (tail) store<u32>(pcbOf(tail), slot, PCB_QUEUE_NEXT);
  else store<u32>(MACHINE + MACHINE_QUEUE_HEAD, slot);
  store<u32>(MACHINE + MACHINE_QUEUE_TAIL, slot);
  store<u32>(MACHINE + MACHINE_QUEUE_LENGTH, load<u32>(MACHINE + MACHINE_QUEUE_LENGTH) + 1);
}

export function queueRemove(slot: u32): void {
  const pcb = pcbOf(slot);
  const next = load<u32>(pcb, PCB_QUEUE_NEXT);
  const previous = load<u32>(pcb, PCB_QUEUE_PREVIOUS);
  if (next) store<u32>(pcbOf(next), previous, PCB_QUEUE_PREVIOUS);
  else store<u32>(MACHINE + MACHINE_QUEUE_TAIL, previous);
  if (previous) store<u32>(pcbOf(previous), next, PCB_QUEUE_NEXT);
  else store<u32>(MACHINE + MACHINE_QUEUE_HEAD, next);
  store<u32>(pcb, 0, PCB_QUEUE_NEXT);
  store<u32>(pcb, 0, PCB_QUEUE_PREVIOUS);
  store<u32>(MACHINE + MACHINE_QUEUE_LENGTH, load<u32>(MACHINE + MACHINE_QUEUE_LENGTH) - 1);
}

/** The first process that may run on the hart, still in the queue; 0 when there is none. */
export function queueFirst(hart: u32): u32 {
  let slot = load<u32>(MACHINE + MACHINE_QUEUE_HEAD);
  while (slot && !(load<u32>(pcbOf(slot), PCB_AFFINITY) & (1 << hart))) {
    slot = load<u32>(pcbOf(slot), PCB_QUEUE_NEXT);
  }
  return slot;
}
