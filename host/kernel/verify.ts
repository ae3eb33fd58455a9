// Whether the state of a restored snapshot is one that a machine can have: a checksum tells damage, not intent. What
// bounds the loops of the core and of the other checks comes first; then the invariants (check.ts). Whatever
// else fails to make sense shows as an exception of a check, which counts as a problem.

import {
  FRAME_FREE,
  FRAME_NEXT,
  FRAME_PREVIOUS,
  FRAME_RECORD_SIZE,
  FRAME_REFERENCES,
  FRAME_TABLE,
  FRAMES,
  HART_CLOCK,
  HART_IDLE,
  HART_MODE,
  HART_RAISED,
  HART_RESERVATION,
  HART_ROOT,
  HART_SIZE,
  HART_SLOT,
  HART_TRAP,
  HART_TURN_END,
  HARTS,
  MACHINE,
  MACHINE_CLOCK_HZ,
  MACHINE_FRAME_COUNT,
  MACHINE_FRAME_LIMIT,
  MACHINE_FREE_FRAME,
  MACHINE_FREE_SLOT,
  MACHINE_HART,
  MACHINE_HART_COUNT,
  MACHINE_LAST_PID,
  MACHINE_PENDING,
  MACHINE_POLICY,
  MACHINE_QUANTUM,
  MACHINE_QUEUE_TAIL,
  MACHINE_SLOT_LIMIT,
  MACHINE_STOP_SLOT,
  MACHINE_TIMER_COUNT,
  MACHINE_TURN,
  MAX_PROCESSES,
  PAGE_SIZE,
  PCB_FIRST_CHILD,
  PCB_HART,
  PCB_NEXT_SIBLING,
  PCB_PARENT,
  PCB_PID,
  PCB_PREVIOUS_SIBLING,
  PCB_QUEUE_NEXT,
  PCB_QUEUE_PREVIOUS,
  PCB_STATE,
  PCB_VFORK_PARENT,
  PCB_WAIT_NEXT,
  PCB_WAIT_PREVIOUS,
  PID_LIMIT,
  PID_SLOTS,
  PTE_FRAME_SHIFT,
  STATE_FREE,
  STATE_ZOMBIE,
  STOP_RESUME,
  TIMERS,
} from "../../assembly/layout.ts";
import { frameCount, POLICIES } from "../machine/configuration.ts";
import { pcbWord, readTime } from "../machine/core.ts";
import { checkKernel } from "./check.ts";
import type { Kernel } from "./kernel.ts";

/** Fields of a PCB that name a slot, 0: none. */
const SLOT_LINKS = [
  PCB_PARENT,
  PCB_FIRST_CHILD,
  PCB_NEXT_SIBLING,
  PCB_PREVIOUS_SIBLING,
  PCB_WAIT_NEXT,
  PCB_WAIT_PREVIOUS,
  PCB_QUEUE_NEXT,
  PCB_QUEUE_PREVIOUS,
  PCB_VFORK_PARENT,
];

/** What is wrong with the state, the first thing found; null if it is one that a machine can have. */
export function verifyState(kernel: Kernel): string | null {
  try {
    return firstOf(configured(kernel)) ?? firstOf(linked(kernel)) ?? checkKernel(kernel)[0] ?? null;
  } catch (error) {
    return `a part of it makes no sense (${error instanceof Error ? error.message : String(error)})`;
  }
}

function firstOf(problems: Iterable<string>): string | null {
  for (const problem of problems) return problem;
  return null;
}

/** The machine's record agrees with the configuration, and its counts lie within the tables. */
function* configured(kernel: Kernel): Generator<string> {
  const { configuration } = kernel;
  const word = (field: number) => kernel.core.unsigned[(MACHINE + field) >>> 2];
  const equal: [string, number, number][] = [
    ["harts", MACHINE_HART_COUNT, configuration.harts],
    ["frames", MACHINE_FRAME_COUNT, frameCount(configuration)],
    ["turn", MACHINE_TURN, configuration.turn],
    ["quantum", MACHINE_QUANTUM, configuration.quantum],
    ["scheduler", MACHINE_POLICY, POLICIES[configuration.scheduler]],
    ["clock", MACHINE_CLOCK_HZ, configuration.clockHz],
  ];
  for (const [name, field, value] of equal) {
    if (word(field) !== value) yield `${name}: ${word(field)} in memory, ${value} configured`;
  }
  const bounded: [string, number, number, number][] = [
    ["slots", MACHINE_SLOT_LIMIT, 1, MAX_PROCESSES],
    ["frames ever used", MACHINE_FRAME_LIMIT, 1, frameCount(configuration)],
    ["hart whose turn it is", MACHINE_HART, 0, configuration.harts - 1],
    ["timers", MACHINE_TIMER_COUNT, 0, MAX_PROCESSES - 1],
    ["last pid", MACHINE_LAST_PID, 0, PID_LIMIT - 1],
  ];
  for (const [name, field, least, most] of bounded) {
    if (word(field) < least || word(field) > most) yield `${name}: ${word(field)}, not ${least} to ${most}`;
  }
}

/** Links lead to what is there, lists end, and what is counted twice agrees. */
function* linked(kernel: Kernel): Generator<string> {
  const state = new Links(kernel);
  yield* state.harts();
  yield* state.slots();
  yield* state.freeSlots();
  yield* state.freeFrames();
  yield* state.pids();
  yield* state.pageTables();
}

class Links {
  readonly #kernel: Kernel;
  readonly #slotLimit: number;
  readonly #frameLimit: number;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    this.#slotLimit = this.#word(MACHINE + MACHINE_SLOT_LIMIT);
    this.#frameLimit = this.#word(MACHINE + MACHINE_FRAME_LIMIT);
  }

  #word(address: number): number {
    return this.#kernel.core.unsigned[address >>> 2];
  }

  #field(slot: number, field: number): number {
    return this.#kernel.core.unsigned[pcbWord(slot, field)];
  }

  *harts(): Generator<string> {
    const end = FRAMES + this.#frameLimit * PAGE_SIZE;
    const { harts, turn: turnLength } = this.#kernel.configuration;
    const longest = 2 * turnLength;
    const firstTurn = readTime(this.#kernel.core, HARTS + HART_TURN_END);
    for (let hart = 0; hart < harts; hart++) {
      const record = HARTS + hart * HART_SIZE;
      const reservation = this.#word(record + HART_RESERVATION);
      if (reservation !== 0 && (reservation < FRAMES || reservation > end - 4 || reservation & 3)) {
        yield `hart ${hart} has reserved what is no word of a frame`;
      }
      const slot = this.#word(record + HART_SLOT);
      if (slot >= this.#slotLimit) yield `hart ${hart} runs slot ${slot}, which is none`;
      const isIdle = this.#word(record + HART_MODE) === HART_IDLE;
      yield* this.#mode(hart, this.#word(record + HART_MODE), slot);
      if (isIdle !== (slot === 0)) yield `hart ${hart}: its mode and its process disagree`;
      const turn = readTime(this.#kernel.core, record + HART_TURN_END);
      const clock = readTime(this.#kernel.core, record + HART_CLOCK);
      if (!Number.isSafeInteger(clock)) yield `hart ${hart}: its clock is too far`;
      if (harts > 1 && (clock > turn || Math.abs(turn - firstTurn) > longest || turn - clock > longest)) {
        yield `hart ${hart}: its clock and its turn, or those of the harts, are too far from each other`;
      }
      if (this.#word(record + HART_ROOT) >= this.#frameLimit) yield `hart ${hart} has no root frame`;
    }
  }

  /** A trap that is raised, or waits to be served, is one of the hart whose turn it is. */
  *#mode(hart: number, mode: number, slot: number): Generator<string> {
    const isTurn = hart === this.#word(MACHINE + MACHINE_HART);
    const pending = this.#word(MACHINE + MACHINE_PENDING);
    if (mode > HART_RAISED) yield `hart ${hart} has no mode that there is`;
    if (mode === HART_RAISED && !isTurn) yield `hart ${hart} has raised a trap, and it is not its turn`;
    if (!isTurn || (mode !== HART_RAISED && pending === 0)) return;
    if (pending !== 0 && (mode !== HART_TRAP || pending > STOP_RESUME))
      yield "what is to be served is no trap";
    if (slot === 0 || this.#word(MACHINE + MACHINE_STOP_SLOT) !== slot) yield "the trap is of no process";
  }

  *slots(): Generator<string> {
    for (let slot = 1; slot < this.#slotLimit; slot++) {
      const state = this.#field(slot, PCB_STATE);
      if (state > STATE_ZOMBIE) yield `slot ${slot}: there is no state ${state}`;
      if (this.#field(slot, PCB_PID) >= PID_LIMIT) yield `slot ${slot}: its pid is too large`;
      if (this.#field(slot, PCB_HART) > this.#kernel.configuration.harts) yield `slot ${slot}: on no hart`;
      const wild = SLOT_LINKS.find((link) => this.#field(slot, link) >= this.#slotLimit);
      if (wild !== undefined) yield `slot ${slot}: its field ${wild} leads to no slot`;
    }
    if (this.#word(MACHINE + MACHINE_QUEUE_TAIL) >= this.#slotLimit) yield "the run queue ends in no slot";
    for (let index = 0; index < this.#word(MACHINE + MACHINE_TIMER_COUNT); index++) {
      const slot = this.#word(TIMERS + index * 4);
      if (slot === 0 || slot >= this.#slotLimit) yield `timer ${index} is of no slot`;
    }
  }

  /** Every free slot is in the list of free ones once. */
  *freeSlots(): Generator<string> {
    const free = new Set<number>();
    for (
      let slot = this.#word(MACHINE + MACHINE_FREE_SLOT);
      slot !== 0;
      slot = this.#field(slot, PCB_QUEUE_NEXT)
    ) {
      if (slot >= this.#slotLimit || this.#field(slot, PCB_STATE) !== STATE_FREE || free.has(slot)) {
        return yield `the list of free slots holds ${slot}`;
      }
      free.add(slot);
    }
    for (let slot = 1; slot < this.#slotLimit; slot++) {
      const isFree = this.#field(slot, PCB_STATE) === STATE_FREE;
      if (isFree && !free.has(slot)) yield `slot ${slot} is free and not in the list`;
    }
  }

  /** Every free frame is in the list of free ones once, and its links agree. */
  *freeFrames(): Generator<string> {
    const free = new Set<number>();
    let previous = 0;
    for (let frame = this.#word(MACHINE + MACHINE_FREE_FRAME); frame !== 0; ) {
      const record = FRAME_TABLE + frame * FRAME_RECORD_SIZE;
      if (
        frame >= this.#frameLimit ||
        free.has(frame) ||
        this.#word(record + FRAME_REFERENCES) !== FRAME_FREE
      ) {
        return yield `the list of free frames holds ${frame}`;
      }
      if (this.#word(record + FRAME_PREVIOUS) !== previous) yield `free frame ${frame} does not lead back`;
      free.add(frame);
      previous = frame;
      frame = this.#word(record + FRAME_NEXT);
    }
    for (let frame = 1; frame < this.#frameLimit; frame++) {
      const references = this.#word(FRAME_TABLE + frame * FRAME_RECORD_SIZE + FRAME_REFERENCES);
      if (references === 0 && !free.has(frame)) yield `frame ${frame} is free and not in the list`;
    }
  }

  /** A page table in use counts its entries (of a root: all pages) in the word that links free frames. */
  *pageTables(): Generator<string> {
    for (const space of this.#kernel.state.spaces) {
      if (space === null) continue;
      let pages = 0;
      for (const pointer of this.#entries(space.root)) {
        const table = pointer >>> PTE_FRAME_SHIFT;
        const count = this.#entries(table).length;
        if (count !== this.#countOf(table)) yield `page table ${table} miscounts its entries`;
        pages += count;
      }
      if (pages !== this.#countOf(space.root)) yield `page table ${space.root} miscounts its pages`;
    }
  }

  #entries(table: number): Uint32Array {
    const words = new Uint32Array(this.#kernel.core.bytes.buffer, FRAMES + table * PAGE_SIZE, PAGE_SIZE / 4);
    return words.filter((entry) => entry !== 0);
  }

  #countOf(table: number): number {
    return this.#word(FRAME_TABLE + table * FRAME_RECORD_SIZE + FRAME_NEXT);
  }

  /** A pid leads to the slot that has it, or nowhere. */
  *pids(): Generator<string> {
    const slots = new Uint16Array(this.#kernel.core.bytes.buffer, PID_SLOTS, PID_LIMIT);
    for (let pid = 0; pid < PID_LIMIT; pid++) {
      const slot = slots[pid];
      if (slot !== 0 && (slot >= this.#slotLimit || this.#field(slot, PCB_PID) !== pid)) {
        yield `pid ${pid} leads to slot ${slot}`;
      }
    }
  }
}
