// Memory that several processes reach: by a mapping that is shared, or, with vfork, by one address space.

import {
  CREATE_VFORK,
  EVENT_A,
  EVENT_B,
  EVENT_CREATE,
  EVENT_SIZE,
  EVENT_TYPE,
} from "../../assembly/layout.ts";
import type { EventLog } from "../history/event-log.ts";
import type { History } from "../history/history.ts";
import type { DebugPoint } from "../machine/debugging.ts";
import type { Machine } from "../machine.ts";
import { findRegion, type Region } from "../memory/region.ts";

/** Most addresses of a shared page that are watched besides the one that was asked for. */
const MOST_PLACES = 64;

/** Points at all writes that may reach this memory of a process; `isSameMemory` says of each whether it does. */
export function writePoints(history: History, pid: number, address: number, length: number): DebugPoint[] {
  const { machine } = history;
  const region = regionOf(machine, pid, address);
  const places = region?.kind === "shared" ? placesOf(machine, region, address) : [];
  if (places.length === 0 && !hasVforked(history.events, pid))
    return [{ kind: "write", address, length, pid }];
  const all = [...new Set([address, ...places])].slice(0, 1 + MOST_PLACES);
  return all.map((place) => ({ kind: "write", address: place, length: Math.min(length, 2 ** 32 - place) }));
}

/** Whether two processes reach the same memory at these addresses now. */
export function isSameMemory(
  machine: Machine,
  pid: number,
  address: number,
  other: number,
  at: number,
): boolean {
  if (pid === other && address === at) return true;
  const [a, b] = [regionOf(machine, pid, address), regionOf(machine, other, at)];
  if (a === null || b === null) return false;
  if (a.kind === "shared" || b.kind === "shared")
    return a.kind === b.kind && a.object === b.object && byteOf(a, address) === byteOf(b, at);
  return address === at && spaceOf(machine, pid) === spaceOf(machine, other);
}

function spaceOf({ kernel }: Machine, pid: number): number {
  return kernel.state.processes[kernel.core.pidSlot(pid)]?.space ?? -1;
}

function regionOf(machine: Machine, pid: number, address: number): Region | null {
  const space = machine.kernel.state.spaces[spaceOf(machine, pid)];
  return space ? findRegion(space.regions, address) : null;
}

/** Byte of its object that a region has at an address. */
function byteOf({ start, offset }: Region, address: number): number {
  return address - start + offset;
}

/** Addresses at which the processes of now have the byte of an object that a region has at `address`. */
function placesOf({ kernel }: Machine, region: Region, address: number): number[] {
  const byte = byteOf(region, address);
  return kernel.state.spaces.flatMap((space) =>
    (space?.regions ?? [])
      .filter(({ kind, object }) => kind === "shared" && object === region.object)
      .map((one) => ({ one, place: one.start + byte - one.offset }))
      .filter(({ one, place }) => place >= one.start && place < one.end)
      .map(({ place }) => place),
  );
}

/** Whether a process has ever lent its space to a child. */
function hasVforked(events: EventLog, pid: number): boolean {
  for (const { bytes, words } of events.blocks()) {
    for (let at = 0; at < bytes.length; at += EVENT_SIZE) {
      if (bytes[at + EVENT_TYPE] !== EVENT_CREATE) continue;
      if (words[(at + EVENT_A) >>> 2] === pid && words[(at + EVENT_B) >>> 2] === CREATE_VFORK) return true;
    }
  }
  return false;
}
