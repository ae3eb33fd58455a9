// Checkpoints of a run: what memory, kernel and event ring were at some moments, each kept as what had changed
// since the one before. They form a chain from the start of the history. A *stopover* hangs on one checkpoint of the
// chain and has all that changed since that: it makes steps close to where one stands quick, and goes first.
//
// The machine always stands on a checkpoint (its base) plus the changes that the core counts since then.

import { HART_CLOCK, HART_SIZE, HARTS } from "../../assembly/layout.ts";
import type { Kernel } from "../kernel/kernel.ts";
import type { KernelState } from "../kernel/state.ts";
import { readTime } from "../machine/core.ts";
import type { MemoryImage } from "../machine/snapshot-memory.ts";
import type { EventLog } from "./event-log.ts";
import {
  type EventSegment,
  joinSegments,
  readSegment,
  restoreRing,
  ringPages,
  sizeOfSegment,
} from "./event-segments.ts";
import { type Cell, changedCells, countCells, restoreCells, stateOfCells } from "./kernel-cells.ts";
import { imageOf, isFramePage, MemoryPages } from "./memory-pages.ts";
import { compareMoments, type Moment, momentOf } from "./moment.ts";
import { ZEROS } from "./page-store.ts";
import { Versions } from "./versions.ts";

export interface Checkpoint {
  /** Grows along the chain. */
  readonly serial: number;
  readonly moment: Moment;
  /** Clock of each hart. */
  readonly clocks: readonly number[];
  /** Pages that may have changed since the one before, the free frames' among them. */
  pages: Set<number>;
  /** Likewise of the kernel's cells. */
  cells: Set<number>;
  events: EventSegment;
}

interface Stopover {
  readonly base: Checkpoint;
  readonly moment: Moment;
  readonly pages: Map<number, number>;
  /** Frames that had changed since the base and were free. */
  readonly freed: readonly number[];
  readonly cells: Map<number, Cell>;
  readonly events: EventSegment;
}

/** What taking a checkpoint cost. */
export interface CheckpointCost {
  /** Pages copied. */
  readonly pages: number;
  /** Cells of the kernel compared. */
  readonly cells: number;
  /** Bytes of cells copied and of events kept, an estimate. */
  readonly bytes: number;
}

/** Bookkeeping of a page or cell of a checkpoint, in bytes: an estimate. */
const ENTRY_SIZE = 48;

export class Checkpoints {
  readonly #kernel: Kernel;
  readonly #limit: number;
  readonly #log: EventLog;
  readonly #memory: MemoryPages;
  readonly #pages: Versions<number>;
  readonly #cells: Versions<Cell>;
  #cellBytes = 0;
  /** In order of time; never empty. */
  readonly #chain: Checkpoint[] = [];
  #stopovers: Stopover[] = [];
  #base: Checkpoint;
  #nextSerial = 0;

  /** The first checkpoint is where the machine stands. `limit`: bytes that all of it may take. */
  constructor(kernel: Kernel, log: EventLog, limit: number) {
    this.#kernel = kernel;
    this.#log = log;
    this.#limit = limit;
    this.#memory = new MemoryPages(kernel.core);
    this.#pages = new Versions((place) => this.#memory.store.release(place));
    this.#cells = new Versions((cell) => {
      this.#cellBytes -= cell.bytes;
    });
    this.#base = this.#append(this.#memory.all(), 0).checkpoint;
  }

  get chain(): readonly Checkpoint[] {
    return this.#chain;
  }

  /** Bytes that all of it takes, an estimate. */
  get size(): number {
    let size = this.#memory.store.size + this.#cellBytes;
    for (const { pages, cells, events } of [...this.#chain, ...this.#stopovers]) {
      size += sizeOfSegment(events) + (pages.size + cells.size) * ENTRY_SIZE;
    }
    return size;
  }

  /** A checkpoint where the machine stands, which must be after the last one of the chain. */
  take(): CheckpointCost {
    const last = this.#chain[this.#chain.length - 1];
    // It may have passed the last ones without a stop, and then has not begun to count changes anew there.
    const passed = this.#between(this.#base, last);
    const changes = this.#memory.changes((page) => this.#pages.at(page, last.serial), passed);
    const { checkpoint, cost } = this.#append(changes, last.moment.events);
    this.#base = checkpoint;
    return cost;
  }

  #append({ copies, freed }: ReturnType<MemoryPages["all"]>, eventsFrom: number) {
    const { core, state } = this.#kernel;
    const serial = this.#nextSerial++;
    for (const [page, place] of copies) this.#pages.put(page, serial, place);
    const cells = changedCells(state, (key) => this.#cells.last(key));
    for (const [key, cell] of cells) this.#cells.put(key, serial, cell);
    const bytes = sizeOf(cells);
    this.#cellBytes += bytes;
    this.#memory.forgetChanges();
    const harts = this.#kernel.configuration.harts;
    const checkpoint: Checkpoint = {
      serial,
      moment: momentOf(core),
      clocks: Array.from({ length: harts }, (_, hart) =>
        readTime(core, HARTS + hart * HART_SIZE + HART_CLOCK),
      ),
      pages: new Set([...copies.keys(), ...freed]),
      cells: new Set(cells.keys()),
      events: readSegment(core, this.#log, eventsFrom),
    };
    this.#chain.push(checkpoint);
    const cost: CheckpointCost = {
      pages: copies.size,
      cells: countCells(state),
      bytes: bytes + sizeOfSegment(checkpoint.events),
    };
    return { checkpoint, cost };
  }

  /** The machine has come to stand on a checkpoint of the chain by running: it is the base from now on. */
  arrive(): void {
    const moment = momentOf(this.#kernel.core);
    const checkpoint = this.#checkpointBefore(moment);
    if (checkpoint === this.#base || compareMoments(checkpoint.moment, moment) !== 0) return;
    this.#memory.forgetChanges();
    this.#base = checkpoint;
  }

  /** A stopover where the machine stands. */
  takeStopover(most: number): void {
    const { core, state } = this.#kernel;
    const moment = momentOf(core);
    const { serial } = this.#base;
    if (this.nearest(moment) === 0) return;
    const { copies, freed } = this.#memory.changes((page) => this.#pages.at(page, serial));
    const cells = changedCells(state, (key) => this.#cells.at(key, serial));
    const events = readSegment(core, this.#log, this.#base.moment.events);
    this.#stopovers.push({ base: this.#base, moment, pages: copies, freed, cells, events });
    this.#cellBytes += sizeOf(cells);
    while (this.#stopovers.length > most) this.#dropStopover(0);
    while (this.#stopovers.length > 0 && this.size > this.#limit) this.#dropStopover(0);
  }

  #dropStopover(index: number): void {
    for (const { pages, cells } of this.#stopovers.splice(index, 1)) {
      for (const place of pages.values()) this.#memory.store.release(place);
      this.#cellBytes -= sizeOf(cells);
    }
  }

  /** Instructions from the last checkpoint or stopover that is not after `moment` up to it. */
  nearest(moment: Moment): number {
    return moment.retired - (this.#stopoverBefore(moment) ?? this.#checkpointBefore(moment)).moment.retired;
  }

  /** Index of the last checkpoint of the chain that is not after `moment`; -1 if all are. */
  #indexBefore(moment: Moment): number {
    let low = 0;
    let high = this.#chain.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareMoments(this.#chain[middle].moment, moment) <= 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The last checkpoint that is before `moment`; the first one if none is. */
  before({ retired, events }: Moment): Checkpoint {
    return this.#checkpointBefore({ retired, events: events - 1 });
  }

  /** The first checkpoint that is after `moment`. */
  after(moment: Moment): Checkpoint | undefined {
    return this.#chain[this.#indexBefore(moment) + 1];
  }

  /** The last checkpoint before event number `events` - 1 was written; the first one if none is. */
  beforeEvent(events: number): Checkpoint {
    let index = this.#chain.length - 1;
    while (index > 0 && this.#chain[index].moment.events >= events) index--;
    return this.#chain[index];
  }

  #checkpointBefore(moment: Moment): Checkpoint {
    return this.#chain[Math.max(0, this.#indexBefore(moment))];
  }

  /** The stopover closest before `moment` if it is closer than every checkpoint. */
  #stopoverBefore(moment: Moment): Stopover | undefined {
    let best: Stopover | undefined;
    let latest = this.#checkpointBefore(moment).moment;
    for (const stopover of this.#stopovers) {
      const isCloser = compareMoments(stopover.moment, latest) > 0;
      if (!isCloser || compareMoments(stopover.moment, moment) > 0) continue;
      best = stopover;
      latest = stopover.moment;
    }
    return best;
  }

  /** Puts the machine on the last checkpoint or stopover that is not after `moment`. */
  restoreBefore(moment: Moment): void {
    const stopover = this.#stopoverBefore(moment);
    const target = stopover?.base ?? this.#checkpointBefore(moment);
    const { core, state } = this.#kernel;
    const from = momentOf(core).events;
    const pageAt = (page: number) => stopover?.pages.get(page) ?? this.#pages.at(page, target.serial);
    const overlay = stopover ? [...stopover.pages.keys(), ...stopover.freed].filter(isFramePage) : [];
    const suspects = [...this.#between(this.#base, target), ...overlay];
    const tables = [...this.#pages.keys(), ...(stopover?.pages.keys() ?? [])].filter(
      (page) => !isFramePage(page),
    );
    this.#memory.restore(pageAt, tables, suspects, overlay);
    restoreCells(state, (key) => stopover?.cells.get(key) ?? this.#cells.at(key, target.serial));
    const segments = this.#segmentsBack(target, stopover);
    restoreRing(core, from, (stopover ?? target).moment.events, segments);
    this.#base = target;
  }

  *#between(a: Checkpoint, b: Checkpoint): Generator<number> {
    const [first, last] = a.serial < b.serial ? [a, b] : [b, a];
    for (let i = this.#chain.indexOf(last); i >= 0 && this.#chain[i] !== first; i--) {
      for (const page of this.#chain[i].pages) if (isFramePage(page)) yield page;
    }
  }

  *#segmentsBack(target: Checkpoint, stopover: Stopover | undefined): Generator<EventSegment> {
    if (stopover) yield stopover.events;
    for (let i = this.#chain.indexOf(target); i >= 0; i--) yield this.#chain[i].events;
  }

  /** Forgets what is after `moment`, where the machine stands. */
  truncate(moment: Moment): void {
    const isAfter = (one: { readonly moment: Moment }) => compareMoments(one.moment, moment) > 0;
    for (let i = this.#stopovers.length - 1; i >= 0; i--) {
      if (isAfter(this.#stopovers[i])) this.#dropStopover(i);
    }
    while (this.#chain.length > 1 && isAfter(this.#chain[this.#chain.length - 1])) {
      const { serial, pages, cells } = this.#chain.pop() as Checkpoint;
      for (const page of pages) this.#pages.forget(page, serial);
      for (const key of cells) this.#cells.forget(key, serial);
    }
  }

  /** Gives up checkpoints until all fit into the limit; the first, the last and the base stay. */
  thin(): void {
    while (this.size > this.#limit) {
      if (this.#stopovers.length > 0) this.#dropStopover(0);
      else {
        const index = this.#mostCrowded();
        if (index < 0) return;
        this.#drop(index);
      }
    }
  }

  /** The checkpoint that is missed least: the one with the smallest gap for its age. -1: none can go. */
  #mostCrowded(): number {
    const chain = this.#chain;
    const now = chain[chain.length - 1].moment;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 1; i < chain.length - 1; i++) {
      if (chain[i] === this.#base) continue;
      const gap = distance(chain[i - 1].moment, chain[i + 1].moment);
      const crowd = gap / (distance(chain[i].moment, now) + 1);
      if (crowd >= least) continue;
      least = crowd;
      best = i;
    }
    return best;
  }

  #drop(index: number): void {
    const [gone] = this.#chain.splice(index, 1);
    const next = this.#chain[index];
    for (const page of gone.pages) {
      next.pages.add(page);
      this.#pages.passOn(page, gone.serial, next.serial);
    }
    for (const key of gone.cells) {
      next.cells.add(key);
      this.#cells.passOn(key, gone.serial, next.serial);
    }
    next.events = joinSegments(gone.events, next.events);
  }

  /** Kernel and memory as they were at the first checkpoint. */
  first(): { kernel: KernelState; memory: MemoryImage } {
    const [{ serial, pages, events }] = this.#chain;
    const images = ringPages(events);
    for (const page of pages) {
      const place = this.#pages.at(page, serial);
      if (place !== undefined && place !== ZEROS) images.set(page, this.#memory.store.page(place));
    }
    const kernel = stateOfCells((key) => this.#cells.at(key, serial));
    return { kernel, memory: imageOf(images) };
  }
}

function distance(a: Moment, b: Moment): number {
  return b.retired - a.retired + (b.events - a.events);
}

function sizeOf(cells: ReadonlyMap<number, Cell>): number {
  let size = 0;
  for (const { bytes } of cells.values()) size += bytes;
  return size;
}
