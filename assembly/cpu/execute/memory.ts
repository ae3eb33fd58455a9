// Loads and stores that the fast path leaves: first touch of a page, first write to it, misaligned addresses.
// An access that crosses pages checks both before it has any effect; the fault address is then that of the first
// byte that could not be accessed.

import { readIsHit, writeIsHit } from "../../debug/watch";
import {
  CAUSE_DEBUG,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_STORE_PAGE_FAULT,
  DEBUG,
  DEBUG_DUE,
  DEBUG_WATCHES,
  HART_RESERVATION,
  MACHINE,
  MACHINE_HART_COUNT,
  PAGE_MASK,
  PAGE_SIZE,
} from "../../layout";
import { translateRead, translateWrite } from "../../mmu/access";
import { leaveTo, pcAfter, pcOf, trapBefore } from "../enter";
import { LB, LBU, LH, LHU, SB, SH } from "../opcodes.gen";
import { SLOT_SIZE, imm, rs1, rs2, setRd } from "../slot";
import { CODE_CHANGED, FAULT_ADDRESS, HART, LOADED, hartRecord } from "../state";

/** Executes the load of a slot and returns the next one, or 0 after a fault. */
export function stepLoad(p: u32, opcode: u32): u32 {
  const size = opcode == LB || opcode == LBU ? 1 : opcode == LH || opcode == LHU ? 2 : 4;
  const va: u32 = rs1(p) + imm(p);
  if (load<u32>(DEBUG + DEBUG_WATCHES) && readIsHit(pcOf(p), va, size)) return trapBefore(p, CAUSE_DEBUG, 0);
  if (!loadBytes(va, size)) {
    return trapBefore(p, CAUSE_LOAD_PAGE_FAULT, load<u32>(FAULT_ADDRESS));
  }
  const value = load<i32>(LOADED);
  setRd(p, opcode == LB ? <i32>(<i8>value) : opcode == LH ? <i32>(<i16>value) : value);
  return p + SLOT_SIZE;
}

/** Executes the store of a slot and returns the next one, or 0 after a fault. */
export function stepStore(p: u32, opcode: u32): u32 {
  const size = opcode == SB ? 1 : opcode == SH ? 2 : 4;
  const va: u32 = rs1(p) + imm(p);
  if (load<u32>(DEBUG + DEBUG_WATCHES) && writeIsHit(pcOf(p), va, size)) return trapBefore(p, CAUSE_DEBUG, 0);
  store<u32>(CODE_CHANGED, 0);
  if (!storeBytes(va, size, rs2(p))) {
    return trapBefore(p, CAUSE_STORE_PAGE_FAULT, load<u32>(FAULT_ADDRESS));
  }
  return afterStore(p);
}

/** The slot after a store; another block, if the store may have changed this one or its event stops the run. */
export function afterStore(p: u32): u32 {
  return load<u32>(CODE_CHANGED) | load<u32>(DEBUG + DEBUG_DUE) ? leaveTo(p, pcAfter(p)) : p + SLOT_SIZE;
}

// @ts-ignore: decorator
@inline
function crossesPage(va: u32, size: u32): bool {
  return (va & PAGE_MASK) + size > <u32>PAGE_SIZE;
}

/** Loads `size` bytes into LOADED, zero-extended; false after a fault. */
function loadBytes(va: u32, size: u32): bool {
  const first = translateRead(va);
  if (!first) return false;
  if (!crossesPage(va, size)) {
    store<u32>(
      LOADED,
      size == 1 ? <u32>load<u8>(first) : size == 2 ? <u32>load<u16>(first) : load<u32>(first),
    );
    return true;
  }
  const boundary = (va | PAGE_MASK) + 1;
  const second = translateRead(boundary);
  if (!second) return false;
  let value: u32 = 0;
  for (let i: u32 = 0; i < size; i++) {
    value |= (<u32>load<u8>(byteAt(va + i, first, va, second, boundary))) << (i << 3);
  }
  store<u32>(LOADED, value);
  return true;
}

/** Stores the low `size` bytes of `value`; false after a fault, nothing is stored then. */
function storeBytes(va: u32, size: u32, value: u32): bool {
  const first = translateWrite(va);
  if (!first) return false;
  if (!crossesPage(va, size)) {
    if (size == 1) store<u8>(first, value);
    else if (size == 2) store<u16>(first, value);
    else store<u32>(first, value);
    breakReservations(first, size);
    return true;
  }
  const boundary = (va | PAGE_MASK) + 1;
  const second = translateWrite(boundary);
  if (!second) return false;
  for (let i: u32 = 0; i < size; i++) {
    const linear = byteAt(va + i, first, va, second, boundary);
    store<u8>(linear, value >>> (i << 3));
    breakReservations(linear, 1);
  }
  return true;
}

/** Linear address of the byte at `at` of an access whose parts begin at `va` and at the page's `boundary`. */
function byteAt(at: u32, first: u32, va: u32, second: u32, boundary: u32): u32 {
  return at - va < boundary - va ? first + (at - va) : second + (at - boundary);
}

/** A store to a word that another hart has reserved ends the reservation (unprivileged specification 8.2). */
export function breakReservations(linear: u32, size: u32): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let hart: u32 = 0; hart < harts; hart++) {
    const reservation = load<u32>(hartRecord(hart), HART_RESERVATION);
    const isOther = hart != load<u32>(HART);
    if (isOther && linear < reservation + 4 && reservation < linear + size) {
      store<u32>(hartRecord(hart), 0, HART_RESERVATION);
    }
  }
}
