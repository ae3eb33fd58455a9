// The policies behind one interface: who comes next, for how long, and whether a used-up slice costs the hart.
// A policy orders ready processes; it never changes a state (scheduler.ts does) and keeps what it must know in
// the PCBs and the machine record.

import { MACHINE, MACHINE_POLICY, POLICY_FIRST_COME } from "../../layout";
import { firstComeQuantum } from "./firstCome";
import { queueAppend, queueFirst, queueRemove } from "./queue";
import { roundRobinQuantum } from "./roundRobin";

/** A process became ready. */
export function policyEnqueue(slot: u32): void {
  queueAppend(slot);
}

/** A process is ready no longer: it was picked, or it ended. */
export function policyDequeue(slot: u32): void {
  queueRemove(slot);
}

/** Who is to run next on the hart, without taking it out of the queue; 0 when no one is ready. */
export function policyPick(hart: u32): u32 {
  return queueFirst(hart);
}

/** Length of the slice of a process that is given a hart, in instructions. */
export function policyQuantum(): u32 {
  return load<u32>(MACHINE + MACHINE_POLICY) == POLICY_FIRST_COME ? firstComeQuantum() : roundRobinQuantum();
}

/** Whether a process that has used up its slice must queue again. */
export function policyPreempts(): bool {
  return load<u32>(MACHINE + MACHINE_POLICY) != POLICY_FIRST_COME;
}
