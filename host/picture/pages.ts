// The page table of the process in focus: its regions, the pages in them that are present, and what lies between.
// The whole table is walked to count its rows; only those that are on the screen are made.

import { PAGE_SIZE, PCB_COPIES, PCB_PAGE_FAULTS, PTE_FRAME_SHIFT, PTE_VALID } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { type Core, pcbWord } from "../machine/core.ts";
import { cachedFrames } from "../memory/cache.ts";
import type { Region } from "../memory/region.ts";
import type { Focus } from "./focus.ts";
import { FrameUsers } from "./frame-users.ts";
import { type PageFault, pageFaults } from "./page-faults.ts";
import type { PictureSource } from "./source.ts";

export interface PagesQuery {
  /** Rows on the screen: the first, and the one after the last. */
  readonly from: number;
  readonly to: number;
}

export interface RegionRow {
  readonly kind: "region";
  readonly start: number;
  readonly end: number;
  /** Path of the file, "[stack]", "[heap]"; empty: anonymous. */
  readonly name: string;
  /** PROTECT_* bits. */
  readonly protection: number;
  readonly isShared: boolean;
  readonly resident: number;
}

export interface PageRow {
  readonly kind: "page";
  readonly address: number;
  /** Page-table entry, Sv32 with the two software bits. */
  readonly entry: number;
  readonly frame: number;
  /** Frame of the leaf table that has the entry. */
  readonly table: number;
  /** Users of the frame: mappings and, if `isCached`, the page cache. */
  readonly references: number;
  readonly isCached: boolean;
  /** Of the references: mappings in this space, and in others. The rest is the cache, or what was not found. */
  readonly own: number;
  readonly others: number;
  /** Some of the other processes that map the frame. */
  readonly sharers: readonly number[];
  /** The page fault that brought the present frame, as far as the log of events knows. */
  readonly fault: PageFault | null;
}

/** Pages of a region that were not touched yet. */
export interface AbsentRow {
  readonly kind: "absent";
  readonly address: number;
  readonly pages: number;
}

export type PagesRow = RegionRow | PageRow | AbsentRow;

export interface PagesPicture {
  /** Root frame; 0: it has no memory any more. */
  readonly root: number;
  /** Other processes in the same space: a vfork child and its parent. */
  readonly together: readonly number[];
  /** Leaf tables. */
  readonly tables: number;
  /** Present pages; those of them whose frame other spaces map as well. */
  readonly resident: number;
  readonly shared: number;
  /** Page faults that brought a page, copies on write. */
  readonly faults: number;
  readonly copies: number;
  /** Of the whole table. */
  readonly rowCount: number;
  /** Number of the first of `rows`. */
  readonly from: number;
  readonly rows: readonly PagesRow[];
}

export function takePages(
  source: PictureSource,
  focus: Focus | null,
  asked: PagesQuery,
): PagesPicture | null {
  if (focus === null) return null;
  const { core, state } = source.machine.kernel;
  const process = state.processes[focus.slot];
  const space = process && process.space >= 0 ? state.spaces[process.space] : null;
  const users = new FrameUsers(core, state, process?.space ?? -1);
  const walk = new Walk(source, focus, asked, users);
  if (space) walk.space(space);
  return {
    root: space?.root ?? 0,
    together: users.together.filter((pid) => pid !== focus.pid),
    tables: walk.tables,
    resident: walk.resident,
    shared: walk.shared,
    faults: core.unsigned[pcbWord(focus.slot, PCB_PAGE_FAULTS)],
    copies: core.unsigned[pcbWord(focus.slot, PCB_COPIES)],
    rowCount: walk.rowCount,
    from: asked.from,
    rows: walk.rows,
  };
}

/** Addresses below one entry of the root: 1024 pages. */
const TABLE_SPAN = PAGE_SIZE * 1024;

class Walk {
  readonly rows: PagesRow[] = [];
  rowCount = 0;
  tables = 0;
  resident = 0;
  shared = 0;
  /** Start and pages of the run of absent pages that is being walked over. */
  #absentFrom = 0;
  #absent = 0;
  #root = 0;
  /** How often a frame with several mappings was met. */
  readonly #seen = new Map<number, number>();

  readonly #core: Core;
  readonly #asked: PagesQuery;
  readonly #users: FrameUsers;
  readonly #cached: ReadonlySet<number>;
  readonly #faults: ReadonlyMap<number, PageFault>;

  constructor(source: PictureSource, focus: Focus, asked: PagesQuery, users: FrameUsers) {
    const { core, state } = source.machine.kernel;
    this.#core = core;
    this.#asked = asked;
    this.#users = users;
    this.#cached = new Set(cachedFrames(state.pageCache));
    this.#faults = pageFaults(source.history.events, source.machine.eventCount, focus);
  }

  space({ root, regions }: SpaceState): void {
    this.#root = root;
    for (let index = 0; index < 1024; index++)
      if (this.#core.frameWord(root, index) & PTE_VALID) this.tables++;
    for (const region of regions) this.#region(region);
  }

  #isShown(): boolean {
    return this.rowCount >= this.#asked.from && this.rowCount < this.#asked.to;
  }

  #region(region: Region): void {
    const at = this.#isShown() ? this.rows.length : -1;
    const { start, end, name, protection, shared: isShared } = region;
    const before = this.resident;
    this.rowCount++;
    if (at >= 0) this.rows.push({ kind: "absent", address: start, pages: 0 });
    for (
      let from = start;
      from < end;
      from = Math.min(end, (Math.floor(from / TABLE_SPAN) + 1) * TABLE_SPAN)
    ) {
      this.#table(from, Math.min(end, (Math.floor(from / TABLE_SPAN) + 1) * TABLE_SPAN));
    }
    this.#endAbsent();
    const resident = this.resident - before;
    if (at >= 0) this.rows[at] = { kind: "region", start, end, name, protection, isShared, resident };
  }

  /** The pages of [from, to), which lie below one entry of the root. */
  #table(from: number, to: number): void {
    const pointer = this.#core.frameWord(this.#root, Math.floor(from / TABLE_SPAN));
    if ((pointer & PTE_VALID) === 0) return this.#skip(from, (to - from) / PAGE_SIZE);
    const table = pointer >>> PTE_FRAME_SHIFT;
    for (let address = from; address < to; address += PAGE_SIZE) {
      const entry = this.#core.frameWord(table, (address / PAGE_SIZE) & 1023);
      if (entry === 0) this.#skip(address, 1);
      else this.#page(address, entry, table);
    }
  }

  #skip(address: number, pages: number): void {
    if (this.#absent === 0) this.#absentFrom = address;
    this.#absent += pages;
  }

  #endAbsent(): void {
    if (this.#absent === 0) return;
    if (this.#isShown()) this.rows.push({ kind: "absent", address: this.#absentFrom, pages: this.#absent });
    this.rowCount++;
    this.#absent = 0;
  }

  #page(address: number, entry: number, table: number): void {
    this.#endAbsent();
    const frame = entry >>> PTE_FRAME_SHIFT;
    const references = this.#core.frameReferences(frame);
    const isCached = this.#cached.has(frame);
    this.resident++;
    this.#count(frame, references - (isCached ? 1 : 0));
    if (this.#isShown()) {
      const { own, mappings: others, pids: sharers } = this.#users.of(frame, address);
      const last = this.#faults.get(address / PAGE_SIZE);
      const fault = last?.frame === frame ? last : null;
      const page = { address, entry, frame, table, references, isCached, own, others, sharers, fault };
      this.rows.push({ kind: "page", ...page });
    }
    this.rowCount++;
  }

  /** A frame that this space maps several times is shared only if others map it as well. */
  #count(frame: number, mappings: number): void {
    if (mappings === 1) return;
    const seen = (this.#seen.get(frame) ?? 0) + 1;
    this.#seen.set(frame, seen);
    this.shared++;
    if (seen === mappings) this.shared -= seen;
  }
}
