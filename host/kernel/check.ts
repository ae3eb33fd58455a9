// The invariants of the process table, checked from the outside, together with those of memory and files. For
// tests, and for whoever doubts a restored snapshot; slow, and changes nothing.

import {
  HART_SIZE,
  HART_SLOT,
  HARTS,
  INIT_PID,
  MACHINE,
  MACHINE_EVENT_COUNT,
  MACHINE_FRAME_LIMIT,
  MACHINE_FRAMES_USED,
  MACHINE_HART,
  MACHINE_HART_COUNT,
  MACHINE_LAST_PID,
  MACHINE_PROCESS_COUNT,
  MACHINE_QUEUE_HEAD,
  MACHINE_QUEUE_LENGTH,
  MACHINE_RETIRED,
  MACHINE_SLOT_LIMIT,
  MACHINE_TIMER_COUNT,
  MAX_PROCESSES,
  PCB_DEADLINE,
  PCB_FIRST_CHILD,
  PCB_HART,
  PCB_NEXT_SIBLING,
  PCB_PARENT,
  PCB_PGID,
  PCB_PID,
  PCB_QUEUE_NEXT,
  PCB_ROOT,
  PCB_SID,
  PCB_SIZE,
  PCB_STATE,
  PCB_TIMER_INDEX,
  PCB_VFORK_PARENT,
  PCB_WAIT_CHANNEL,
  PCB_WAIT_NEXT,
  PID_LIMIT,
  PID_USES,
  PROCESSES,
  STATE_BLOCKED,
  STATE_FREE,
  STATE_READY,
  STATE_RUNNING,
  STATE_ZOMBIE,
  TIMERS,
  WAIT_BUCKET_COUNT,
  WAIT_BUCKETS,
  WAIT_KIND_SHIFT,
  WAIT_PIPE_READ,
  WAIT_PIPE_WRITE,
  WAIT_SLEEP,
  WAIT_TTY,
  WAIT_VFORK,
} from "../../assembly/layout.ts";
import { checkFileSystem } from "../fs/check.ts";
import { disciplineOf } from "../fs/console.ts";
import type { Inode, Terminal } from "../fs/state.ts";
import { isInputReady } from "../fs/terminal-input.ts";
import { frameCount } from "../machine/configuration.ts";
import { pcbWord, readTime } from "../machine/core.ts";
import { checkMemory } from "../memory/check.ts";
import type { Kernel } from "./kernel.ts";

const PIPE_CAPACITY = 65536;
const PIPE_ATOMIC = 4096;

/** What is wrong, a sentence each; nothing if all is well. Between two runs only. */
export function checkKernel(kernel: Kernel): string[] {
  const { core, state } = kernel;
  const beyond = limitsProblem(kernel);
  if (beyond !== null) return [beyond];
  const table = new TableCheck(kernel);
  table.run();
  const frames = {
    limit: core.words[(MACHINE + MACHINE_FRAME_LIMIT) >>> 2],
    used: core.words[(MACHINE + MACHINE_FRAMES_USED) >>> 2],
  };
  return [
    ...table.problems,
    ...checkMemory(state.spaces, state.pageCache, core, frames),
    ...checkFileSystem(state, mappedInodes(kernel)),
  ];
}

/** What is larger than it can be: nothing may be counted up to it. */
function limitsProblem({ core, configuration }: Kernel): string | null {
  const most: readonly [field: number, most: number, what: string][] = [
    [MACHINE_SLOT_LIMIT, MAX_PROCESSES, "slots of processes"],
    [MACHINE_FRAME_LIMIT, frameCount(configuration), "frames"],
    [MACHINE_TIMER_COUNT, MAX_PROCESSES, "timers"],
    [MACHINE_LAST_PID, PID_LIMIT - 1, "pids"],
    [MACHINE_EVENT_COUNT + 4, 2 ** 20, "times 2^32 events"],
    [MACHINE_RETIRED + 4, 2 ** 20, "times 2^32 instructions"],
    [MACHINE_HART, configuration.harts - 1, "is the hart whose turn it is, of those"],
  ];
  for (const [field, limit, what] of most) {
    const value = core.unsigned[(MACHINE + field) >>> 2];
    if (value > limit) return `${value} ${what}: there can be at most ${limit}`;
  }
  const harts = core.unsigned[(MACHINE + MACHINE_HART_COUNT) >>> 2];
  return harts === configuration.harts ? null : `${harts} harts, where ${configuration.harts} are configured`;
}

/** By inode: the regions that map it. */
function mappedInodes(kernel: Kernel): Record<number, number> {
  const mapped: Record<number, number> = {};
  for (const space of kernel.state.spaces) {
    for (const region of space?.regions ?? []) {
      if (region.kind === "file") mapped[region.object] = (mapped[region.object] ?? 0) + 1;
    }
  }
  return mapped;
}

class TableCheck {
  readonly problems: string[] = [];
  readonly #kernel: Kernel;
  readonly #slots: number[] = [];

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
    const limit = this.#machine(MACHINE_SLOT_LIMIT);
    for (let slot = 1; slot < limit; slot++) {
      if (this.#field(slot, PCB_STATE) !== STATE_FREE) this.#slots.push(slot);
    }
  }

  #machine(field: number): number {
    return this.#kernel.core.words[(MACHINE + field) >>> 2];
  }

  #field(slot: number, field: number): number {
    return this.#kernel.core.words[pcbWord(slot, field)];
  }

  #expect(condition: boolean, problem: () => string): void {
    if (!condition) this.problems.push(problem());
  }

  run(): void {
    const count = this.#machine(MACHINE_PROCESS_COUNT);
    this.#expect(
      count === this.#slots.length,
      () => `${count} processes are counted, ${this.#slots.length} are there`,
    );
    this.#queue();
    this.#harts();
    this.#waits();
    this.#timers();
    for (const slot of this.#slots) this.#process(slot);
    this.#numbers();
    this.#tree();
  }

  /** Numbers of groups and sessions are counted: none is given to a new process meanwhile. */
  #numbers(): void {
    const uses = new Uint16Array(PID_LIMIT);
    for (const slot of this.#slots) {
      for (const field of [PCB_PGID, PCB_SID]) uses[this.#field(slot, field)]++;
    }
    const { bytes } = this.#kernel.core;
    const counted = new Uint16Array(bytes.buffer, PID_USES, PID_LIMIT);
    const wrong = uses.findIndex((count, number) => number > 0 && count !== counted[number]);
    this.#expect(
      wrong < 0,
      () => `${uses[wrong]} processes are in group or session ${wrong}, ${counted[wrong]} counted`,
    );
  }

  #process(slot: number): void {
    const pid = this.#field(slot, PCB_PID);
    const state = this.#field(slot, PCB_STATE);
    this.#expect(this.#kernel.core.pidSlot(pid) === slot, () => `pid ${pid} does not lead to slot ${slot}`);
    const process = this.#kernel.state.processes[slot] ?? null;
    const isZombie = state === STATE_ZOMBIE;
    this.#expect(
      (process === null) === isZombie,
      () => `pid ${pid}: state ${state}, but its files say otherwise`,
    );
    this.#expect(
      (this.#field(slot, PCB_ROOT) === 0) === isZombie,
      () => `pid ${pid}: state ${state} and its memory`,
    );
    const space = process && this.#kernel.state.spaces[process.space];
    const root = this.#field(slot, PCB_ROOT);
    this.#expect(!space || space.root === root, () => `pid ${pid}: its space is not that of its PCB`);
    const onHart = this.#field(slot, PCB_HART) !== 0;
    this.#expect(onHart === (state === STATE_RUNNING), () => `pid ${pid}: state ${state} and its hart`);
  }

  /** A ready process is in the run queue exactly once, and no other is. */
  #queue(): void {
    const seen = new Set<number>();
    let slot = this.#machine(MACHINE_QUEUE_HEAD);
    for (; slot !== 0 && !seen.has(slot); slot = this.#field(slot, PCB_QUEUE_NEXT)) {
      seen.add(slot);
      const at = slot;
      this.#expect(this.#field(slot, PCB_STATE) === STATE_READY, () => `slot ${at} is queued and not ready`);
    }
    this.#expect(slot === 0, () => `slot ${slot} is in the run queue twice`);
    this.#expect(seen.size === this.#machine(MACHINE_QUEUE_LENGTH), () => "the run queue's length is wrong");
    const ready = this.#slots.filter((slot) => this.#field(slot, PCB_STATE) === STATE_READY);
    for (const slot of ready) this.#expect(seen.has(slot), () => `slot ${slot} is ready and not queued`);
  }

  /** Exactly one running process a busy hart. */
  #harts(): void {
    const running = new Set(this.#slots.filter((slot) => this.#field(slot, PCB_STATE) === STATE_RUNNING));
    for (let hart = 0; hart < this.#machine(MACHINE_HART_COUNT); hart++) {
      const slot = this.#kernel.core.words[(HARTS + hart * HART_SIZE + HART_SLOT) >>> 2];
      if (slot === 0) continue;
      this.#expect(running.delete(slot), () => `hart ${hart} has slot ${slot}, which is not running`);
      this.#expect(this.#field(slot, PCB_HART) === hart + 1, () => `slot ${slot} is not on hart ${hart}`);
    }
    for (const slot of running) this.problems.push(`slot ${slot} is running on no hart`);
  }

  /** A blocked process is in exactly one bucket, once, and what it waits for is not so now. */
  #waits(): void {
    const seen = new Set<number>();
    for (let bucket = 0; bucket < WAIT_BUCKET_COUNT; bucket++) {
      let slot = this.#kernel.core.words[(WAIT_BUCKETS + bucket * 4) >>> 2];
      for (; slot !== 0 && !seen.has(slot); slot = this.#field(slot, PCB_WAIT_NEXT)) seen.add(slot);
      this.#expect(slot === 0, () => `slot ${slot} waits twice`);
    }
    for (const slot of this.#slots) {
      const isBlocked = this.#field(slot, PCB_STATE) === STATE_BLOCKED;
      this.#expect(isBlocked === seen.has(slot), () => `slot ${slot}: blocked and waiting disagree`);
      const reason = isBlocked ? this.#couldRun(slot) : null;
      this.#expect(reason === null, () => `slot ${slot} is blocked, but ${reason}`);
    }
  }

  /** Why a blocked process need not wait, or null. */
  #couldRun(slot: number): string | null {
    const channel = this.#kernel.core.unsigned[pcbWord(slot, PCB_WAIT_CHANNEL)];
    const object = channel & ((1 << WAIT_KIND_SHIFT) - 1);
    const { files } = this.#kernel.state;
    switch (channel >>> WAIT_KIND_SHIFT) {
      case WAIT_PIPE_READ:
        return readable(files.inodes[object]) ? `pipe ${object} can be read` : null;
      case WAIT_PIPE_WRITE:
        return writable(files.inodes[object]) ? `pipe ${object} can be written` : null;
      case WAIT_TTY:
        return hasInput(files.terminals[object]) ? "there is input" : null;
      case WAIT_VFORK:
        return this.#field(object, PCB_VFORK_PARENT) === slot ? null : "its vfork child has let it go";
      case WAIT_SLEEP:
        return this.#field(slot, PCB_TIMER_INDEX) !== 0 ? null : "nothing will wake it from its sleep";
      default:
        return null;
    }
  }

  #timers(): void {
    const { core } = this.#kernel;
    const count = this.#machine(MACHINE_TIMER_COUNT);
    const slotAt = (index: number) => core.words[(TIMERS >>> 2) + index];
    const deadline = (index: number) => readTime(core, PROCESSES + slotAt(index) * PCB_SIZE + PCB_DEADLINE);
    for (let index = 0; index < count; index++) {
      const slot = slotAt(index);
      this.#expect(
        this.#field(slot, PCB_TIMER_INDEX) === index + 1,
        () => `slot ${slot}: its timer is elsewhere`,
      );
      this.#expect(
        this.#field(slot, PCB_STATE) === STATE_BLOCKED,
        () => `slot ${slot} has a timer, not blocked`,
      );
      const parent = (index - 1) >>> 1;
      this.#expect(
        index === 0 || deadline(parent) <= deadline(index),
        () => `timer ${index} is before its parent`,
      );
    }
  }

  /** Parents form a tree rooted at init; each child is in its parent's list once. */
  #tree(): void {
    const reached = new Set<number>();
    const visit = (slot: number): void => {
      if (reached.has(slot)) this.problems.push(`slot ${slot} is in the tree twice`);
      reached.add(slot);
      let child = this.#field(slot, PCB_FIRST_CHILD);
      for (; child !== 0 && !reached.has(child); child = this.#field(child, PCB_NEXT_SIBLING)) {
        const at = child;
        this.#expect(
          this.#field(child, PCB_PARENT) === slot,
          () => `slot ${at} is listed with a wrong parent`,
        );
        visit(child);
      }
      this.#expect(child === 0, () => `slot ${child} is a child twice`);
    };
    const init = this.#kernel.core.pidSlot(INIT_PID);
    if (init !== 0) visit(init);
    for (const slot of this.#slots) this.#expect(reached.has(slot), () => `slot ${slot} is not below init`);
  }
}

/** A writer may wait beside input while output is stopped. */
function hasInput(terminal: Terminal): boolean {
  const discipline = disciplineOf(terminal, 0);
  if (terminal.ended) return true;
  return discipline ? !discipline.stopped && isInputReady(terminal, discipline) : terminal.input.length > 0;
}

function readable(inode: Inode | null): boolean {
  return inode?.kind === "pipe" && (inode.queue.length > 0 || inode.writers === 0);
}

/** A small write waits until all of it fits, so only a pipe with that much room must have woken everyone. */
function writable(inode: Inode | null): boolean {
  return inode?.kind === "pipe" && (inode.readers === 0 || PIPE_CAPACITY - inode.queue.length >= PIPE_ATOMIC);
}
