// The flat translation tables of each hart: a software TLB that one load and one test look up.
//
// An entry is (linear address - virtual address) of its page; an invalid one has its low bits set, so that
// `(entry | va) & (size - 1)` finds absence, missing permission and misalignment at once. The page-table walk
// fills entries, the list of filled pages empties them. Invariants:
// - a write entry exists only for a page that is writable and dirty, whose frame holds no decoded code and no
//   other hart's reservation: the first write to a page always comes through `translateWrite`;
// - an entry never outlives its mapping: who changes a page-table entry drops the page here.

import {
  FRAMES,
  FRAME_FLAGS,
  FRAME_HAS_CODE,
  HART_RESERVATION,
  HART_ROOT,
  MACHINE,
  MACHINE_HART_COUNT,
  PAGE_MASK,
  PAGE_SHIFT,
  PAGE_SIZE,
  PTE_COPY,
  PTE_DIRTY,
  PTE_EXECUTE,
  PTE_FRAME_SHIFT,
  PTE_READ,
  PTE_USER,
  PTE_VALID,
  PTE_WRITE,
  TRANSLATION_FETCH,
  TRANSLATION_FILLED,
  TRANSLATION_FILLED_COUNT,
  TRANSLATION_FILLED_MAX,
  TRANSLATION_READ,
  TRANSLATION_WRITE,
  VIRTUAL_PAGES,
} from "../layout";
import { blocksDropFrame } from "../cpu/blocks";
import { CODE_CHANGED, FAULT_ADDRESS, HART, hartRecord, translationOf } from "../cpu/state";
import { frameAddress } from "./frames";
import { resolveCopy, walk } from "./space";

/** Every byte of an invalid entry. */
const INVALID_BYTE: u8 = 7;
const INVALID: u32 = 0x07070707;

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
  const linear = frameAddress(frame);
  const end = tables + TRANSLATION_FILLED + (load<u32>(tables, TRANSLATION_FILLED_COUNT) << 2);
  for (let item = tables + TRANSLATION_FILLED; item < end; item += 4) {
    const page = load<u32>(item);
    const place = tables + (page >>> (PAGE_SHIFT - 2));
    if (load<u32>(place, TRANSLATION_WRITE) + page == linear) store<u32>(place, INVALID, TRANSLATION_WRITE);
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

/** Linear address behind `va` for a load of the executing hart, or 0: FAULT_ADDRESS is set then. */
export function translateRead(va: u32): u32 {
  const tables = translationOf(load<u32>(HART));
  const entry = entryOf(tables, va, TRANSLATION_READ);
  if (isValid(entry)) return va + entry;
  const pte = permittedEntry(va, PTE_READ);
  if (!pte) return 0;
  return va + fill(tables, va, TRANSLATION_READ, load<u32>(pte));
}

/**
 * Linear address behind `va` for a store of the executing hart, or 0: FAULT_ADDRESS is set then. Resolves
 * copy-on-write, marks the page dirty and drops the code decoded from it; where that may concern the running
 * block, CODE_CHANGED is set.
 */
export function translateWrite(va: u32): u32 {
  const tables = translationOf(load<u32>(HART));
  const entry = entryOf(tables, va, TRANSLATION_WRITE);
  if (isValid(entry)) return va + entry;
  const pte = permittedEntry(va, PTE_WRITE | PTE_COPY);
  if (!pte) return 0;
  if (load<u32>(pte) & PTE_COPY && !copy(tables, va, pte)) return 0;
  const value = load<u32>(pte) | PTE_DIRTY;
  store<u32>(pte, value);
  const frame = value >>> PTE_FRAME_SHIFT;
  if (load<u8>(FRAME_FLAGS + frame) & FRAME_HAS_CODE) {
    blocksDropFrame(frame);
    store<u32>(CODE_CHANGED, 1);
  }
  if (isReservedByOther(frame)) return frameAddress(frame) + (va & PAGE_MASK);
  return va + fill(tables, va, TRANSLATION_WRITE, value);
}

/** Entry of the executing hart's fetch table for the page of `va`, filled if need be; odd if it must not fetch. */
export function translateFetch(va: u32): u32 {
  const tables = translationOf(load<u32>(HART));
  const entry = entryOf(tables, va, TRANSLATION_FETCH);
  if (isValid(entry)) return entry;
  const pte = permittedEntry(va, PTE_EXECUTE);
  if (!pte) return INVALID;
  return fill(tables, va, TRANSLATION_FETCH, load<u32>(pte));
}

// @ts-ignore: decorator
@inline
export function frameOf(linear: u32): u32 {
  return (linear - FRAMES) >>> PAGE_SHIFT;
}

/** Address of the page-table entry for `va` if user mode has one of these permissions, else 0. */
function permittedEntry(va: u32, permissions: u32): u32 {
  const root = load<u32>(hartRecord(load<u32>(HART)), HART_ROOT);
  const pte = walk(root, va);
  if (pte) {
    const value = load<u32>(pte);
    if ((value & (PTE_VALID | PTE_USER)) == (PTE_VALID | PTE_USER) && value & permissions) return pte;
  }
  store<u32>(FAULT_ADDRESS, va);
  return 0;
}

/** Resolves copy-on-write; a page that was fetched from before may have code of the running block. */
function copy(tables: u32, va: u32, pte: u32): bool {
  const fetch = entryOf(tables, va, TRANSLATION_FETCH);
  const frame = load<u32>(pte) >>> PTE_FRAME_SHIFT;
  if (!resolveCopy(load<u32>(hartRecord(load<u32>(HART)), HART_ROOT), va, pte)) {
    store<u32>(FAULT_ADDRESS, va);
    return false;
  }
  if (load<u32>(pte) >>> PTE_FRAME_SHIFT != frame && isValid(fetch)) store<u32>(CODE_CHANGED, 1);
  return true;
}

function isReservedByOther(frame: u32): bool {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  const own = load<u32>(HART);
  for (let hart: u32 = 0; hart < harts; hart++) {
    const reservation = load<u32>(hartRecord(hart), HART_RESERVATION);
    if (hart != own && reservation && frameOf(reservation) == frame) return true;
  }
  return false;
}

/** Enters the page of `va` into a table and returns the entry. */
function fill(tables: u32, va: u32, table: u32, pte: u32): u32 {
  const page = va & ~PAGE_MASK;
  const place = tables + (page >>> (PAGE_SHIFT - 2));
  const isFilled =
    isValid(load<u32>(place, TRANSLATION_READ)) ||
    isValid(load<u32>(place, TRANSLATION_WRITE)) ||
    isValid(load<u32>(place, TRANSLATION_FETCH));
  if (!isFilled) remember(tables, page);
  const entry = frameAddress(pte >>> PTE_FRAME_SHIFT) - page;
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
