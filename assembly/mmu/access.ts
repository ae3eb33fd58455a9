// The executing hart's way to memory where its translation tables have no entry: the page-table walk, with
// permissions, copy-on-write, dirty bits, and what a first write means for decoded code and for reservations.

import { pageHasPoint } from "../debug/points";
import {
  DEBUG,
  DEBUG_WATCHES,
  FRAME_FLAGS,
  FRAME_HAS_CODE,
  HART_RESERVATION,
  HART_ROOT,
  MACHINE,
  MACHINE_HART_COUNT,
  PAGE_MASK,
  POINT_READ,
  POINT_WRITE,
  PTE_COPY,
  PTE_DIRTY,
  PTE_EXECUTE,
  PTE_FRAME_SHIFT,
  PTE_READ,
  PTE_USER,
  PTE_VALID,
  PTE_WRITE,
  TRANSLATION_FETCH,
  TRANSLATION_READ,
  TRANSLATION_WRITE,
} from "../layout";
import { blocksAreSpared, blocksDropFrame } from "../cpu/blocks";
import { CODE_CHANGED, FAULT_ADDRESS, HART, hartRecord, translationOf } from "../cpu/state";
import { markDirty } from "./dirty";
import { frameIsLeft, frameReferences } from "./frames";
import { resolveCopy, walk } from "./space";
import { INVALID, entryOf, fill, frameOf, isValid, linearOf } from "./translation";

/** Linear address behind `va` for a load of the executing hart, or 0: FAULT_ADDRESS is set then. */
export function translateRead(va: u32): u32 {
  const tables = translationOf(load<u32>(HART));
  const entry = entryOf(tables, va, TRANSLATION_READ);
  if (isValid(entry)) return va + entry;
  const pte = permittedEntry(va, PTE_READ);
  if (!pte) return 0;
  if (isWatched(va, POINT_READ)) return linearOf(load<u32>(pte) >>> PTE_FRAME_SHIFT) + (va & PAGE_MASK);
  return va + fill(tables, va, TRANSLATION_READ, load<u32>(pte));
}

/**
 * Linear address behind `va` for a store of up to four bytes of the executing hart, or 0: FAULT_ADDRESS is set then.
 * Resolves copy-on-write, marks the page dirty and drops the code decoded from it, if the store may meet some; where
 * that may concern the running block, CODE_CHANGED is set.
 */
export function translateWrite(va: u32): u32 {
  const tables = translationOf(load<u32>(HART));
  const entry = entryOf(tables, va, TRANSLATION_WRITE);
  if (isValid(entry)) return va + entry;
  const pte = permittedEntry(va, PTE_WRITE | PTE_COPY);
  if (!pte) return 0;
  if (load<u32>(pte) & PTE_COPY && !copy(tables, va, pte)) return 0;
  const before = load<u32>(pte);
  const value = before | PTE_DIRTY;
  if (value != before) {
    markDirty(frameOf(pte));
    store<u32>(pte, value);
  }
  const frame = value >>> PTE_FRAME_SHIFT;
  markDirty(frame);
  if (load<u8>(FRAME_FLAGS + frame) & FRAME_HAS_CODE) {
    const linear = linearOf(frame) + (va & PAGE_MASK);
    if (blocksAreSpared(linear)) return linear;
    blocksDropFrame(frame);
    store<u32>(CODE_CHANGED, 1);
  }
  if (isReservedByOther(frame) || isWatched(va, POINT_WRITE)) return linearOf(frame) + (va & PAGE_MASK);
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

/** Whether accesses of the kind (POINT_*) to the page of `va` must take the slow path for a debugger. */
// @ts-ignore: decorator
@inline
function isWatched(va: u32, kind: u32): bool {
  return load<u32>(DEBUG + DEBUG_WATCHES) != 0 && pageHasPoint(kind, va);
}

/** Whether `translateWrite` would give an address; nothing changes. */
export function mayWrite(va: u32): bool {
  const pte = permittedEntry(va, PTE_WRITE | PTE_COPY);
  if (!pte) return false;
  const value = load<u32>(pte);
  return !(value & PTE_COPY) || frameReferences(value >>> PTE_FRAME_SHIFT) == 1 || frameIsLeft();
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
