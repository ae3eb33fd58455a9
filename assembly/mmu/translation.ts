// The flat translation tables of each hart: a software TLB that one load and one test look up.
//
// An entry is (linear address - virtual address) of its page; an invalid one has its low bits set, so that
// `(entry | va) & (size - 1)` finds absence, missing permission and misalignment at once. The page-table walk
// fills entries, the list of filled pages empties them. Invariants:
// - a write entry exists only for a page that is writable and dirty, whose frame holds no decoded code and no
//   other hart's reservation: the first write to a page always comes through `translateWrite` (access.ts);
// - an entry never outlives its mapping: who changes a page-table entry drops the page here.

import {
  FRAMES,
  HART_RESERVATION,
  MACHINE,
  MACHINE_HART_COUNT,
  PAGE_MASK,
  PAGE_SHIFT,
  PTE_FRAME_SHIFT,
  TRANSLATION_FETCH,
  TRANSLATION_FILLED,
  TRANSLATION_FILLED_COUNT,
  TRANSLATION_FILLED_MAX,
  TRANSLATION_READ,
  TRANSLATION_WRITE,
  VIRTUAL_PAGES,
} from "../layout";
import { hartRecord, translationOf } from "../cpu/state";

/** Every byte of an invalid entry. */
const INVALID_BYTE: u8 = 7;
export const INVALID: u32 = 0x07070707;

/** Entry of the page of `va` in a table (TRANSLATION_READ, _WRITE, _FETCH) at `tables`. */
// @ts-ignore: decorator
@inline
export function entryOf(tables: u32, va: u32, table: u32): u32 {
  return load<u32>(tables + table + ((va >>> PAGE_SHIFT) << 2));
}

// @ts-ignore: decorator
@inline
export function isValid(entry: u32): bool {
  return (entry & 1) == 0;
}

/** Makes the hart's tables empty, whatever they held. */
export function translationInitialize(hart: u32): void {
  const tables = translationOf(hart);
  memory.fill(tables, INVALID_BYTE, VIRTUAL_PAGES * 4 * 3);
  store<u32>(tables, 0, TRANSLATION_FILLED_COUNT);
}

/** Forgets all translations of the hart, at the cost of those that it holds. */
export function translationFlush(hart: u32): void {
  const tables = translationOf(hart);
  const end = tables + TRANSLATION_FILLED + (load<u32>(tables, TRANSLATION_FILLED_COUNT) << 2);
  for (let item = tables + TRANSLATION_FILLED; item < end; item += 4) invalidate(tables, load<u32>(item));
  store<u32>(tables, 0, TRANSLATION_FILLED_COUNT);
}

/** Forgets the page of `va`. It stays in the list of filled pages, which does no harm. */
export function translationDropPage(hart: u32, va: u32): void {
  invalidate(translationOf(hart), va & ~PAGE_MASK);
}

/** No hart writes to the frame any more without coming through `translateWrite`. */
export function translationDropFrameWrites(frame: u32): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let hart: u32 = 0; hart < harts; hart++) dropFrameWrites(hart, frame);
}

function dropFrameWrites(hart: u32, frame: u32): void {
  const tables = translationOf(hart);
  const linear = linearOf(frame);
  const end = tables + TRANSLATION_FILLED + (load<u32>(tables, TRANSLATION_FILLED_COUNT) << 2);
  for (let item = tables + TRANSLATION_FILLED; item < end; item += 4) {
    const page = load<u32>(item);
    const place = tables + (page >>> (PAGE_SHIFT - 2));
    if (load<u32>(place, TRANSLATION_WRITE) + page == linear) store<u32>(place, INVALID, TRANSLATION_WRITE);
  }
}

/** The hart writes to no page any more without coming through `translateWrite`. */
export function translationDropWrites(hart: u32): void {
  const tables = translationOf(hart);
  const end = tables + TRANSLATION_FILLED + (load<u32>(tables, TRANSLATION_FILLED_COUNT) << 2);
  for (let item = tables + TRANSLATION_FILLED; item < end; item += 4) {
    store<u32>(tables + (load<u32>(item) >>> (PAGE_SHIFT - 2)), INVALID, TRANSLATION_WRITE);
  }
}

/** Before the hart runs: words that other harts have reserved are written to through `translateWrite` only. */
export function translationGuardReservations(hart: u32): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let other: u32 = 0; other < harts; other++) {
    const reservation = load<u32>(hartRecord(other), HART_RESERVATION);
    if (other != hart && reservation) dropFrameWrites(hart, frameOf(reservation));
  }
}

/** Linear address of the frame's bytes. */
// @ts-ignore: decorator
@inline
export function linearOf(frame: u32): u32 {
  return FRAMES + (frame << PAGE_SHIFT);
}

/** Frame that the linear address lies in. */
// @ts-ignore: decorator
@inline
export function frameOf(linear: u32): u32 {
  return (linear - FRAMES) >>> PAGE_SHIFT;
}

/** Enters the page of `va` into a table and returns the entry. */
export function fill(tables: u32, va: u32, table: u32, pte: u32): u32 {
  const page = va & ~PAGE_MASK;
  const place = tables + (page >>> (PAGE_SHIFT - 2));
  const isFilled =
    isValid(load<u32>(place, TRANSLATION_READ)) ||
    isValid(load<u32>(place, TRANSLATION_WRITE)) ||
    isValid(load<u32>(place, TRANSLATION_FETCH));
  if (!isFilled) remember(tables, page);
  const entry = linearOf(pte >>> PTE_FRAME_SHIFT) - page;
  store<u32>(place + table, entry);
  return entry;
}

function remember(tables: u32, page: u32): void {
  if (load<u32>(tables, TRANSLATION_FILLED_COUNT) == TRANSLATION_FILLED_MAX) {
    translationFlush((tables - translationOf(0)) / (translationOf(1) - translationOf(0)));
  }
  const count = load<u32>(tables, TRANSLATION_FILLED_COUNT);
  store<u32>(tables + TRANSLATION_FILLED + (count << 2), page);
  store<u32>(tables, count + 1, TRANSLATION_FILLED_COUNT);
}

function invalidate(tables: u32, page: u32): void {
  const place = tables + (page >>> (PAGE_SHIFT - 2));
  store<u32>(place, INVALID, TRANSLATION_READ);
  store<u32>(place, INVALID, TRANSLATION_WRITE);
  store<u32>(place, INVALID, TRANSLATION_FETCH);
}
