// Among whom the scheduler has just decided: the one that was picked, and those that stay in the run queue, in its order.

import * as L from "../../assembly/layout.ts";
import { pcbWord, readTime } from "../machine/core.ts";
import { nameAt } from "./names.ts";
import type { StillSource } from "./source.ts";

export interface Candidate {
  readonly pid: number;
  readonly name: string;
  /** Ticks that it has been ready for; -1 for the one that was picked. */
  readonly waits: number;
}

export interface CandidatesPicture {
  /** Null: nobody was ready. */
  readonly picked: Candidate | null;
  /** The first of the others. */
  readonly others: readonly Candidate[];
  /** How many others are not listed. */
  readonly unlisted: number;
  /** As the configuration names it. */
  readonly scheduler: string;
}

const MOST = 8;

/** `picked`: a slot, or 0. */
export function takeCandidates({ machine }: StillSource, picked: number): CandidatesPicture {
  const { core } = machine.kernel;
  const word = (field: number) => core.unsigned[(L.MACHINE + field) >>> 2];
  const candidate = (slot: number, waits: number) => ({
    pid: core.unsigned[pcbWord(slot, L.PCB_PID)],
    name: nameAt(core, slot),
    waits,
  });
  const others: Candidate[] = [];
  let slot = word(L.MACHINE_QUEUE_HEAD);
  while (slot !== 0 && others.length < MOST) {
    const since = readTime(core, L.PROCESSES + slot * L.PCB_SIZE + L.PCB_STATE_SINCE);
    // A hart that is ahead may have made it ready.
    others.push(candidate(slot, Math.max(0, machine.time - since)));
    slot = core.unsigned[pcbWord(slot, L.PCB_QUEUE_NEXT)];
  }
  return {
    picked: picked === 0 ? null : candidate(picked, -1),
    others,
    unlisted: word(L.MACHINE_QUEUE_LENGTH) - others.length,
    scheduler: machine.configuration.scheduler,
  };
}
