// All processes in columns, a row for each, by slot. One walk over the table and no object for a process, so
// that a picture of a thousand of them is taken in a fraction of a millisecond.

import {
  INIT_PID,
  MACHINE,
  MACHINE_SLOT_LIMIT,
  PCB_DEADLINE,
  PCB_EXIT_STATUS,
  PCB_HART,
  PCB_PARENT,
  PCB_PGID,
  PCB_PID,
  PCB_SID,
  PCB_SIZE,
  PCB_STATE,
  PCB_STATE_SINCE,
  PCB_STATE_TIMES,
  PCB_TIMER_INDEX,
  PCB_USER_TIME,
  PCB_WAIT_CHANNEL,
  PROCESSES,
  STATE_FREE,
} from "../../assembly/layout.ts";
import { type Core, contextWord, pcbWord, readTime } from "../machine/core.ts";
import type { Adoption } from "./adoptions.ts";
import { nameAt } from "./names.ts";
import type { StillSource } from "./source.ts";
import { takeWakers, type WakersPicture } from "./wakers.ts";

/** STATE_* values, so columns of `timeInState`. */
export const STATES = 7;

/** One entry of each column is one process. */
export interface ProcessesPicture extends WakersPicture {
  readonly count: number;
  readonly slot: Uint16Array;
  readonly pid: Uint16Array;
  /** Pid; 0 for the first process. */
  readonly parent: Uint16Array;
  /** Of an orphan that init adopted: pid of the parent it had, as far as the ring of events still knows; else 0. */
  readonly orphanOf: Uint16Array;
  readonly group: Uint16Array;
  readonly session: Uint16Array;
  /** STATE_*. */
  readonly state: Uint8Array;
  /** Hart it runs on, or -1. */
  readonly hart: Int8Array;
  readonly pc: Uint32Array;
  /** WAIT_* << 24 | object while it is blocked, else 0: `channelName` has words for it. */
  readonly waitChannel: Uint32Array;
  /** Tick at which a timer ends the wait; 0: none does. */
  readonly deadline: Float64Array;
  /** As wait(2) has it; of a zombie. */
  readonly exitStatus: Uint32Array;
  /** Instructions retired. */
  readonly instructions: Float64Array;
  /** Ticks, STATES to a process: up to now, the present state included. */
  readonly timeInState: Float64Array;
  readonly name: readonly string[];
}

/** `adoptions`: those up to now that are known, in order. */
export function takeProcesses(source: StillSource, adoptions: readonly Adoption[] = []): ProcessesPicture {
  const { machine } = source;
  const { core } = machine.kernel;
  const slots = usedSlots(core);
  const count = slots.length;
  const names: string[] = new Array(count);
  const picture = { ...columns(count), ...takeWakers(source, slots), slot: slots, name: names };
  const { unsigned } = core;
  const now = machine.time;
  for (let row = 0; row < count; row++) {
    const slot = slots[row];
    const field = (offset: number) => unsigned[pcbWord(slot, offset)];
    const time = (offset: number) => readTime(core, PROCESSES + slot * PCB_SIZE + offset);
    picture.pid[row] = field(PCB_PID);
    picture.parent[row] = unsigned[pcbWord(field(PCB_PARENT), PCB_PID)];
    picture.group[row] = field(PCB_PGID);
    picture.session[row] = field(PCB_SID);
    picture.state[row] = field(PCB_STATE);
    picture.hart[row] = field(PCB_HART) - 1;
    picture.pc[row] = unsigned[contextWord(core, slot)];
    picture.waitChannel[row] = field(PCB_WAIT_CHANNEL);
    if (field(PCB_TIMER_INDEX) !== 0) picture.deadline[row] = time(PCB_DEADLINE);
    picture.exitStatus[row] = field(PCB_EXIT_STATUS);
    picture.instructions[row] = time(PCB_USER_TIME);
    fillTimes(core, slot, now, picture.timeInState.subarray(row * STATES, (row + 1) * STATES));
    names[row] = nameAt(core, slot);
  }
  fillOrphans(picture, adoptions);
  return picture;
}

function columns(count: number) {
  return {
    count,
    pid: new Uint16Array(count),
    parent: new Uint16Array(count),
    orphanOf: new Uint16Array(count),
    group: new Uint16Array(count),
    session: new Uint16Array(count),
    state: new Uint8Array(count),
    hart: new Int8Array(count),
    pc: new Uint32Array(count),
    waitChannel: new Uint32Array(count),
    deadline: new Float64Array(count),
    exitStatus: new Uint32Array(count),
    instructions: new Float64Array(count),
    timeInState: new Float64Array(count * STATES),
  };
}

function usedSlots({ unsigned }: Core): Uint16Array {
  const limit = unsigned[(MACHINE + MACHINE_SLOT_LIMIT) >>> 2];
  const slots = new Uint16Array(limit);
  let count = 0;
  for (let slot = 1; slot < limit; slot++) {
    if (unsigned[pcbWord(slot, PCB_STATE)] !== STATE_FREE) slots[count++] = slot;
  }
  return slots.slice(0, count);
}

function fillTimes(core: Core, slot: number, now: number, times: Float64Array): void {
  const pcb = PROCESSES + slot * PCB_SIZE;
  for (let state = 0; state < STATES; state++)
    times[state] = readTime(core, pcb + PCB_STATE_TIMES + state * 8);
  const since = readTime(core, pcb + PCB_STATE_SINCE);
  // Clocks of several harts differ by up to a turn: one that is behind adds nothing.
  times[core.unsigned[pcbWord(slot, PCB_STATE)]] += Math.max(0, now - since);
}

type Orphans = Pick<ProcessesPicture, "pid" | "slot" | "parent" | "orphanOf">;

function fillOrphans({ pid, slot, parent, orphanOf }: Orphans, adoptions: readonly Adoption[]): void {
  const last = new Map(adoptions.map((one) => [one.slot, one]));
  parent.forEach((one, row) => {
    const adoption = one === INIT_PID ? last.get(slot[row]) : undefined;
    if (adoption?.pid === pid[row]) orphanOf[row] = adoption.parent;
  });
}
