// Address spaces: real Sv32 page tables in guest frames (privileged specification 4.3).
//
// A space is named by its root frame, whose references count the processes that use it. A leaf entry that is
// not zero holds one reference of its frame; VALID is clear in it only while the page is mapped without any
// permission (PROT_NONE). A private writable page that others may still see is COPY instead of WRITE; the first
// store copies it, or takes it over when no one else holds it.
//
//   31          10 9      8    7 6 5 4 3 2 1 0
//  +--------------+------+----+-+-+-+-+-+-+-+-+
//  | frame        |SHARED|COPY|D|A|G|U|X|W|R|V|
//  +--------------+------+----+-+-+-+-+-+-+-+-+

import {
  FAULT_COPY,
  FAULT_REUSE,
  EVENT_FAULT,
  FRAME_ANONYMOUS,
  FRAME_FLAGS,
  FRAME_HAS_CODE,
  FRAME_NEXT,
  FRAME_PAGE_TABLE,
  HARTS,
  HART_RESERVATION,
  HART_ROOT,
  HART_SIZE,
  HART_SLOT,
  MACHINE,
  MACHINE_HART,
  MACHINE_HART_COUNT,
  PAGE_SHIFT,
  PAGE_SIZE,
  PCB_COPIES,
  PCB_SIZE,
  PROCESSES,
  PROTECT_EXECUTE,
  PROTECT_READ,
  PROTECT_WRITE,
  PTE_ACCESSED,
  PTE_COPY,
  PTE_DIRTY,
  PTE_EXECUTE,
  PTE_FRAME_SHIFT,
  PTE_READ,
  PTE_SHARED,
  PTE_USER,
  PTE_VALID,
  PTE_WRITE,
} from "../layout";
import { blocksDropFrame } from "../cpu/blocks";
import { emit } from "../trap/events";
import { markDirty } from "./dirty";
import {
  frameAllocate,
  frameAllocateRaw,
  frameRecord,
  frameReferences,
  frameRelease,
  frameRetain,
} from "./frames";
import { frameOf, linearOf, translationDropPage, translationFlush } from "./translation";

/** Of a page table in use: entries below it that are not zero (of a root: pages). */
const FRAME_ENTRIES = FRAME_NEXT;
const TABLE_POINTER = PTE_VALID;
const PERMISSIONS = PTE_VALID | PTE_READ | PTE_WRITE | PTE_EXECUTE | PTE_COPY;

/** The one place where an entry of a page table is changed. */
// @ts-ignore: decorator
@inline
function setEntry(entry: u32, value: u32): void {
  markDirty(frameOf(entry));
  store<u32>(entry, value);
}

/** A new, empty space with one user; 0 when there is no frame for its root. */
export function spaceCreate(): u32 {
  return frameAllocate(FRAME_PAGE_TABLE);
}

/** One user less; the last one releases every page and table. */
export function spaceRelease(root: u32): void {
  if (frameReferences(root) > 1) return frameRelease(root);
  forgetTranslations(root, true);
  const table = linearOf(root);
  let pages = load<u32>(frameRecord(root), FRAME_ENTRIES);
  for (let entry = table; pages; entry += 4) {
    entry = nextUsed(entry);
    pages -= releaseTable(load<u32>(entry) >>> PTE_FRAME_SHIFT);
  }
  frameRelease(root);
}

/** The first entry from `entry` on that is not zero: there is one. Empty runs of eight are passed over at once. */
function nextUsed(entry: u32): u32 {
  while (!load<u32>(entry)) {
    entry += 4;
    while (
      !(entry & 31) &&
      !(load<u64>(entry) | load<u64>(entry, 8) | load<u64>(entry, 16) | load<u64>(entry, 24))
    ) {
      entry += 32;
    }
  }
  return entry;
}

/** Releases the pages of one leaf table, and it; returns how many there were. */
function releaseTable(frame: u32): u32 {
  const pages = load<u32>(frameRecord(frame), FRAME_ENTRIES);
  let left = pages;
  for (let entry = linearOf(frame); left; entry += 4) {
    entry = nextUsed(entry);
    frameRelease(load<u32>(entry) >>> PTE_FRAME_SHIFT);
    left--;
  }
  frameRelease(frame);
  return pages;
}

/** A copy of the space that shares every frame; private writable pages become COPY in both. 0: no frame left. */
export function spaceFork(root: u32): u32 {
  const copy = frameAllocate(FRAME_PAGE_TABLE);
  if (!copy) return 0;
  forgetTranslations(root, false);
  const distance = linearOf(copy) - linearOf(root);
  let pages = load<u32>(frameRecord(root), FRAME_ENTRIES);
  for (let entry = linearOf(root); pages; entry += 4) {
    entry = nextUsed(entry);
    const table = frameAllocate(FRAME_PAGE_TABLE);
    if (!table) {
      spaceRelease(copy);
      return 0;
    }
    const count = forkTable(load<u32>(entry) >>> PTE_FRAME_SHIFT, table);
    setEntry(entry + distance, (table << PTE_FRAME_SHIFT) | TABLE_POINTER);
    addEntries(copy, count);
    pages -= count;
  }
  return copy;
}

function forkTable(source: u32, target: u32): u32 {
  const count = load<u32>(frameRecord(source), FRAME_ENTRIES);
  const distance = linearOf(target) - linearOf(source);
  let left = count;
  for (let entry = linearOf(source); left; entry += 4) {
    entry = nextUsed(entry);
    let pte = load<u32>(entry);
    if ((pte & (PTE_WRITE | PTE_SHARED)) == PTE_WRITE) {
      pte = (pte & ~PTE_WRITE) | PTE_COPY;
      setEntry(entry, pte);
    }
    frameRetain(pte >>> PTE_FRAME_SHIFT);
    setEntry(entry + distance, pte);
    left--;
  }
  addEntries(target, count);
  return count;
}

function addEntries(table: u32, count: u32): void {
  const record = frameRecord(table);
  store<u32>(record, load<u32>(record, FRAME_ENTRIES) + count, FRAME_ENTRIES);
}

// @ts-ignore: decorator
@inline
function rootEntry(root: u32, va: u32): u32 {
  return linearOf(root) + ((va >>> 22) << 2);
}

/** Linear address of the leaf entry for the virtual address; 0 when there is no table for it. */
export function walk(root: u32, va: u32): u32 {
  const pointer = load<u32>(rootEntry(root, va));
  if (!pointer) return 0;
  return linearOf(pointer >>> PTE_FRAME_SHIFT) + (((va >>> PAGE_SHIFT) & 1023) << 2);
}

/** The same, with a new table where there was none; 0 when there is no frame for it. */
function walkOrCreate(root: u32, va: u32): u32 {
  const entry = rootEntry(root, va);
  if (!load<u32>(entry)) {
    const table = frameAllocate(FRAME_PAGE_TABLE);
    if (!table) return 0;
    setEntry(entry, (table << PTE_FRAME_SHIFT) | TABLE_POINTER);
  }
  return walk(root, va);
}

/** Permission bits of an entry. The specification reserves W without R: a write-only page is readable. */
function permissions(protection: u32, copy: bool): u32 {
  if (!protection) return 0;
  let bits: u32 = PTE_VALID;
  if (protection & (PROTECT_READ | PROTECT_WRITE)) bits |= PTE_READ;
  if (protection & PROTECT_WRITE) bits |= copy ? PTE_COPY : PTE_WRITE;
  if (protection & PROTECT_EXECUTE) bits |= PTE_EXECUTE;
  return bits;
}

/**
 * Maps a frame at a page that is not mapped, and takes over one reference of it. `copy`: writes go to a private
 * copy. False when there is no frame for a page table; the reference then stays with the caller.
 */
export function pageMap(root: u32, va: u32, frame: u32, protection: u32, copy: bool, shared: bool): bool {
  const entry = walkOrCreate(root, va);
  if (!entry) return false;
  assert(load<u32>(entry) == 0, "a mapped page was mapped again");
  let pte = (frame << PTE_FRAME_SHIFT) | PTE_USER | PTE_ACCESSED | permissions(protection, copy);
  if (shared) pte |= PTE_SHARED;
  setEntry(entry, pte);
  countPage(root, va, 1);
  return true;
}

/** Maps a fresh zeroed frame; returns its linear address, 0 when there is no frame. */
export function pageMapZero(root: u32, va: u32, protection: u32, shared: bool): u32 {
  const frame = frameAllocate(FRAME_ANONYMOUS);
  if (!frame) return 0;
  if (pageMap(root, va, frame, protection, false, shared)) return linearOf(frame);
  frameRelease(frame);
  return 0;
}

function countPage(root: u32, va: u32, difference: i32): void {
  addEntries(root, difference);
  const pointer = rootEntry(root, va);
  const table = load<u32>(pointer) >>> PTE_FRAME_SHIFT;
  addEntries(table, difference);
  if (load<u32>(frameRecord(table), FRAME_ENTRIES)) return;
  setEntry(pointer, 0);
  frameRelease(table);
}

/** Unmaps `count` pages from `va`; pages that are not mapped are passed over, empty tables released. */
export function pagesUnmap(root: u32, va: u32, count: u32): void {
  for (let i: u32 = 0; i < count;) {
    const page = va + (i << PAGE_SHIFT);
    const entry = walk(root, page);
    if (!entry) {
      i += 1024 - ((page >>> PAGE_SHIFT) & 1023);
      continue;
    }
    const pte = load<u32>(entry);
    if (pte) {
      setEntry(entry, 0);
      dropPage(root, page);
      frameRelease(pte >>> PTE_FRAME_SHIFT);
      countPage(root, page, -1);
    }
    i++;
  }
}

/** Gives `count` pages from `va` a new protection; private pages become writable by copy or take-over. */
export function pagesProtect(root: u32, va: u32, count: u32, protection: u32): void {
  for (let i: u32 = 0; i < count;) {
    const page = va + (i << PAGE_SHIFT);
    const entry = walk(root, page);
    if (!entry) {
      i += 1024 - ((page >>> PAGE_SHIFT) & 1023);
      continue;
    }
    const pte = load<u32>(entry);
    if (pte) {
      const shared = (pte & PTE_SHARED) != 0;
      setEntry(entry, (pte & ~PERMISSIONS) | permissions(protection, !shared));
      dropPage(root, page);
    }
    i++;
  }
}

/**
 * Makes the COPY page of entry `pte` writable: takes the frame over when no one else holds it, else copies it.
 * False when there is no frame for the copy; nothing has changed then.
 */
export function resolveCopy(root: u32, va: u32, pte: u32): bool {
  const value = load<u32>(pte);
  const frame = value >>> PTE_FRAME_SHIFT;
  let target = frame;
  if (frameReferences(frame) > 1) {
    target = frameAllocateRaw(FRAME_ANONYMOUS);
    if (!target) return false;
    memory.copy(linearOf(target), linearOf(frame), PAGE_SIZE);
    frameRelease(frame);
    dropPage(root, va);
  }
  const flags = (value & ((1 << PTE_FRAME_SHIFT) - 1) & ~PTE_COPY) | PTE_WRITE;
  setEntry(pte, (target << PTE_FRAME_SHIFT) | flags);
  reportCopy(va, target, target == frame ? FAULT_REUSE : FAULT_COPY);
  return true;
}

function reportCopy(va: u32, frame: u32, kind: u32): void {
  const slot = load<u32>(HARTS + load<u32>(MACHINE + MACHINE_HART) * HART_SIZE, HART_SLOT);
  const pcb = PROCESSES + slot * PCB_SIZE;
  if (kind == FAULT_COPY) store<u32>(pcb, load<u32>(pcb, PCB_COPIES) + 1, PCB_COPIES);
  emit(EVENT_FAULT, 0, slot, va, kind, frame);
}

/**
 * Linear address behind a virtual one for the host's access on a process's behalf (PROTECT_* bit), or 0 when
 * the page is not present, forbids the access, or there is no frame for its copy.
 */
export function translate(root: u32, va: u32, access: u32): u32 {
  const entry = walk(root, va);
  if (!entry) return 0;
  let pte = load<u32>(entry);
  if (!(pte & PTE_VALID)) return 0;
  if (access & PROTECT_READ && !(pte & PTE_READ)) return 0;
  if (access & PROTECT_EXECUTE && !(pte & PTE_EXECUTE)) return 0;
  if (access & PROTECT_WRITE) {
    if (pte & PTE_COPY && !resolveCopy(root, va, entry)) return 0;
    pte = load<u32>(entry);
    if (!(pte & PTE_WRITE)) return 0;
    if (!(pte & PTE_DIRTY)) setEntry(entry, pte | PTE_DIRTY);
    const frame = pte >>> PTE_FRAME_SHIFT;
    markDirty(frame);
    if (load<u8>(FRAME_FLAGS + frame) & FRAME_HAS_CODE) blocksDropFrame(frame);
    endReservations(frame);
  }
  return linearOf(pte >>> PTE_FRAME_SHIFT) + (va & (PAGE_SIZE - 1));
}

/** The host may write anywhere in the frame: whoever has reserved a word of it must try again. */
function endReservations(frame: u32): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let index: u32 = 0; index < harts; index++) {
    const hart = HARTS + index * HART_SIZE;
    const reservation = load<u32>(hart, HART_RESERVATION);
    if (reservation && frameOf(reservation) == frame) store<u32>(hart, 0, HART_RESERVATION);
  }
}

/** Every hart that holds translations of the space forgets this page. */
function dropPage(root: u32, va: u32): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let hart: u32 = 0; hart < harts; hart++) {
    if (load<u32>(HARTS + hart * HART_SIZE, HART_ROOT) == root) translationDropPage(hart, va);
  }
}

/** Every hart that holds translations of the space forgets them all (and, at its end, the space itself). */
function forgetTranslations(root: u32, forgetRoot: bool): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let index: u32 = 0; index < harts; index++) {
    const hart = HARTS + index * HART_SIZE;
    if (load<u32>(hart, HART_ROOT) != root) continue;
    translationFlush(index);
    if (forgetRoot) store<u32>(hart, 0, HART_ROOT);
  }
}
