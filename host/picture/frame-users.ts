// Which other processes map a frame. After a fork, and for the pages of a program, that is at the same address;
// else where a region of the same object lies. A frame's count says whether some were not found.

import { PAGE_SIZE, PTE_FRAME_SHIFT } from "../../assembly/layout.ts";
import type { KernelState } from "../kernel/state.ts";
import type { Core } from "../machine/core.ts";
import { pageEntry } from "../memory/pages.ts";
import { findRegion, offsetAt, type Region } from "../memory/region.ts";

interface User {
  readonly root: number;
  readonly regions: readonly Region[];
  readonly pids: number[];
}

export interface FrameUse {
  /** Some of the other processes that map it. */
  readonly pids: readonly number[];
  /** How often other spaces map it, and how often the own one does. */
  readonly mappings: number;
  readonly own: number;
}

/** Pids that are told. */
const PIDS_MOST = 6;

export class FrameUsers {
  readonly #core: Core;
  readonly #others: User[];
  readonly #own: User | null;

  /** `own`: index of the space whose pages are asked about. */
  constructor(core: Core, { processes, spaces }: KernelState, own: number) {
    this.#core = core;
    const users = new Map<number, User>();
    for (const process of processes) {
      const space = process && process.space >= 0 ? spaces[process.space] : null;
      if (!process || !space) continue;
      const known = users.get(process.space);
      if (known) known.pids.push(process.pid);
      else users.set(process.space, { root: space.root, regions: space.regions, pids: [process.pid] });
    }
    this.#own = users.get(own) ?? null;
    users.delete(own);
    this.#others = [...users.values()];
  }

  /** The processes in the own space. */
  get together(): readonly number[] {
    return this.#own?.pids ?? [];
  }

  /** Who maps the frame that the own space has at `address`. */
  of(frame: number, address: number): FrameUse {
    const region = this.#own && findRegion(this.#own.regions, address);
    const pids: number[] = [];
    let mappings = 0;
    for (const { root, regions, pids: theirs } of this.#others) {
      const found = this.#mappings(root, regions, region, address, frame);
      mappings += found;
      if (found > 0 && pids.length < PIDS_MOST) pids.push(...theirs);
    }
    const own =
      this.#own === null ? 0 : this.#mappings(this.#own.root, this.#own.regions, region, address, frame);
    return { pids, mappings, own };
  }

  #mappings(
    root: number,
    regions: readonly Region[],
    region: Region | null,
    address: number,
    frame: number,
  ): number {
    const elsewhere = region !== null && region.object >= 0 ? placesOf(regions, region, address) : [];
    return [address, ...elsewhere].filter((at) => this.#has(root, at, frame)).length;
  }

  #has(root: number, address: number, frame: number): boolean {
    return pageEntry(this.#core, root, address) >>> PTE_FRAME_SHIFT === frame;
  }
}

/** Where else the page of the object that `region` has at `address` is mapped. */
function placesOf(regions: readonly Region[], region: Region, address: number): number[] {
  const page = Math.floor(offsetAt(region, address) / PAGE_SIZE) * PAGE_SIZE;
  return regions
    .filter(({ kind, object }) => kind === region.kind && object === region.object)
    .map((other) => other.start + (page - Math.floor(other.offset / PAGE_SIZE) * PAGE_SIZE))
    .filter(
      (at, index, all) => at !== address && all.indexOf(at) === index && findRegion(regions, at) !== null,
    );
}
