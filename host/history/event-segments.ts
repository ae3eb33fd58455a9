// The event ring as checkpoints see it: each has the events since the one before, as many as the ring holds. The
// ring at a checkpoint is put together from its events and those of the checkpoints before. The records are those of
// the log, shared with it: what is in a block of the log stays as long as a checkpoint needs it.

import {
  EVENT_CAPACITY,
  EVENT_SIZE,
  EVENTS,
  MACHINE,
  MACHINE_EVENT_COUNT,
  PAGE_SHIFT,
  PAGE_SIZE,
} from "../../assembly/layout.ts";
import { type Core, readTime } from "../machine/core.ts";
import type { EventLog } from "./event-log.ts";

/** Records of the events with numbers `first` to `end` - 1, as they are in the ring. */
interface EventPart {
  readonly first: number;
  readonly end: number;
  readonly bytes: Uint8Array;
}

/** The same in parts, in order and without a gap. */
export interface EventSegment {
  readonly first: number;
  readonly end: number;
  readonly parts: readonly EventPart[];
}

/** Bytes of its records. */
export function sizeOfSegment({ first, end }: EventSegment): number {
  return (end - first) * EVENT_SIZE;
}

/** The place in the ring of an event. */
function placeOf(number: number): number {
  return EVENTS + (number % EVENT_CAPACITY) * EVENT_SIZE;
}

/** The events from number `first` on that the ring still holds; those that the log has lost are copied. */
export function readSegment(core: Core, log: EventLog, first: number): EventSegment {
  const end = eventCount(core);
  const from = Math.min(end, Math.max(first, end - EVENT_CAPACITY));
  if (from === end) return { first: from, end, parts: [] };
  const isLogged = from >= log.first && end <= log.end;
  return { first: from, end, parts: isLogged ? [...log.blocks(from, end)] : [copyPart(core, from, end)] };
}

function copyPart(core: Core, first: number, end: number): EventPart {
  const bytes = new Uint8Array((end - first) * EVENT_SIZE);
  for (let number = first; number < end; ) {
    const count = Math.min(end - number, EVENT_CAPACITY - (number % EVENT_CAPACITY));
    const at = placeOf(number);
    bytes.set(core.bytes.subarray(at, at + count * EVENT_SIZE), (number - first) * EVENT_SIZE);
    number += count;
  }
  return { first, end, bytes };
}

export function eventCount(core: Core): number {
  return readTime(core, MACHINE + MACHINE_EVENT_COUNT);
}

/** Two neighbours as one, as far as a ring holds it. */
export function joinSegments(a: EventSegment, b: EventSegment): EventSegment {
  const first = Math.max(a.first, b.end - EVENT_CAPACITY);
  if (b.first !== a.end || first >= b.first) return b;
  const kept = a.parts.filter(({ end }) => end > first).map((part) => partFrom(part, first));
  return { first, end: b.end, parts: [...kept, ...b.parts] };
}

/** The part without what is before event number `first`. */
function partFrom(part: EventPart, first: number): EventPart {
  if (part.first >= first) return part;
  return { first, end: part.end, bytes: part.bytes.subarray((first - part.first) * EVENT_SIZE) };
}

/**
 * Turns the ring after `from` events into that after `to` events of the same run. `segments` lead back from the
 * last event wanted, without a gap, as far as the ring reaches.
 */
export function restoreRing(core: Core, from: number, to: number, segments: Iterable<EventSegment>): void {
  const oldest = Math.max(0, to - EVENT_CAPACITY);
  // Backwards, what was overwritten since comes back; forwards, what is missing comes.
  const first = to <= from ? oldest : Math.max(from, oldest);
  const end = to <= from ? Math.max(oldest, Math.min(to, from - EVENT_CAPACITY)) : to;
  for (let number = to; number < Math.min(from, EVENT_CAPACITY); number++) {
    const at = placeOf(number);
    core.bytes.fill(0, at, at + EVENT_SIZE);
  }
  let left = end;
  for (const segment of segments) {
    if (left <= first) return;
    if (segment.first >= left) continue;
    const start = Math.max(first, segment.first);
    writeRecords(core, segment, start, left);
    left = start;
  }
  if (left > first) throw new Error(`assertion: no checkpoint has event ${left - 1}`);
}

function writeRecords(core: Core, { parts }: EventSegment, start: number, end: number): void {
  for (const part of parts) {
    const stop = Math.min(end, part.end);
    for (let number = Math.max(start, part.first); number < stop; ) {
      const count = Math.min(stop - number, EVENT_CAPACITY - (number % EVENT_CAPACITY));
      const from = (number - part.first) * EVENT_SIZE;
      core.bytes.set(part.bytes.subarray(from, from + count * EVENT_SIZE), placeOf(number));
      number += count;
    }
  }
}

/** The pages of a ring that holds just these events, by number (linear address / 4096). */
export function ringPages({ end, parts }: EventSegment): Map<number, Uint8Array> {
  const ring = new Uint8Array(EVENT_CAPACITY * EVENT_SIZE);
  for (const part of parts) {
    for (let number = part.first; number < part.end; number++) {
      const from = (number - part.first) * EVENT_SIZE;
      ring.set(part.bytes.subarray(from, from + EVENT_SIZE), placeOf(number) - EVENTS);
    }
  }
  const pages = new Map<number, Uint8Array>();
  for (let at = 0; at < Math.min(end, EVENT_CAPACITY) * EVENT_SIZE; at += PAGE_SIZE) {
    pages.set((EVENTS + at) >>> PAGE_SHIFT, ring.subarray(at, at + PAGE_SIZE));
  }
  return pages;
}
