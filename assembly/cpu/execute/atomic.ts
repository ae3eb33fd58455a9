// Atomics (unprivileged specification 8). Harts take turns, so that every instruction is atomic by itself. A
// misaligned one traps before anything else.
//
// A reservation is the linear address of a word. It ends with the next sc of its hart, with a trap, with a
// context switch, and with a store of another hart to the word, however the budget is cut; the hart's own stores
// leave it.

import { readIsHit, updateIsHit, writeIsHit } from "../../debug/watch";
import {
  CAUSE_DEBUG,
  CAUSE_LOAD_MISALIGNED,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_STORE_MISALIGNED,
  CAUSE_STORE_PAGE_FAULT,
  DEBUG,
  DEBUG_WATCHES,
  HART_RESERVATION,
} from "../../layout";
import { translateRead, translateWrite } from "../../mmu/access";
import { pcOf, trapBefore } from "../enter";
import {
  AMOADD,
  AMOAND,
  AMOMAX,
  AMOMAXU,
  AMOMIN,
  AMOMINU,
  AMOOR,
  AMOSWAP,
  AMOXOR,
  LR,
  SC,
} from "../opcodes.gen";
import { SLOT_SIZE, rs1, rs2, setRd } from "../slot";
import { CODE_CHANGED, FAULT_ADDRESS, HART, hartRecord } from "../state";
import { afterStore, breakReservations } from "./memory";

/** Executes the atomic of a slot and returns the next one, or 0 after a fault. */
export function stepAtomic(p: u32, opcode: u32): u32 {
  const va = rs1(p);
  if (va & 3) return trapBefore(p, opcode == LR ? CAUSE_LOAD_MISALIGNED : CAUSE_STORE_MISALIGNED, va);
  if (load<u32>(DEBUG + DEBUG_WATCHES) && isHit(p, opcode, va)) return trapBefore(p, CAUSE_DEBUG, 0);
  store<u32>(CODE_CHANGED, 0);
  if (opcode == LR) return loadReserved(p, va);
  if (opcode == SC) return storeConditional(p, va);
  const linear = translateWrite(va);
  if (!linear) return storeFault(p);
  const old = load<i32>(linear);
  const operand = rs2(p);
  setRd(p, old);
  store<i32>(linear, combine(opcode, old, operand));
  breakReservations(linear, 4);
  return afterStore(p);
}

/** Whether a watch is hit: lr reads, an sc that succeeds writes, the others do both. */
function isHit(p: u32, opcode: u32, va: u32): bool {
  if (opcode == LR) return readIsHit(pcOf(p), va, 4);
  if (opcode != SC) return updateIsHit(pcOf(p), va);
  const reservation = load<u32>(hartRecord(load<u32>(HART)), HART_RESERVATION);
  return reservation && reservation == translateRead(va) ? writeIsHit(pcOf(p), va, 4) : false;
}

function storeFault(p: u32): u32 {
  return trapBefore(p, CAUSE_STORE_PAGE_FAULT, load<u32>(FAULT_ADDRESS));
}

function loadReserved(p: u32, va: u32): u32 {
  const linear = translateRead(va);
  if (!linear) return trapBefore(p, CAUSE_LOAD_PAGE_FAULT, load<u32>(FAULT_ADDRESS));
  store<u32>(hartRecord(load<u32>(HART)), linear, HART_RESERVATION);
  setRd(p, load<i32>(linear));
  return p + SLOT_SIZE;
}

/** Without a reservation it fails and touches nothing. The page may be copied between the two on its first write. */
function storeConditional(p: u32, va: u32): u32 {
  const hart = hartRecord(load<u32>(HART));
  const reservation = load<u32>(hart, HART_RESERVATION);
  const isReserved = reservation && reservation == translateRead(va);
  if (isReserved) {
    const linear = translateWrite(va);
    if (!linear) return storeFault(p);
    store<i32>(linear, rs2(p));
    breakReservations(linear, 4);
  }
  store<u32>(hart, 0, HART_RESERVATION);
  setRd(p, isReserved ? 0 : 1);
  return afterStore(p);
}

function combine(opcode: u32, old: i32, operand: i32): i32 {
  switch (opcode) {
    case AMOSWAP:
      return operand;
    case AMOADD:
      return old + operand;
    case AMOXOR:
      return old ^ operand;
    case AMOAND:
      return old & operand;
    case AMOOR:
      return old | operand;
    case AMOMIN:
      return old < operand ? old : operand;
    case AMOMAX:
      return old > operand ? old : operand;
    case AMOMINU:
      return <u32>old < <u32>operand ? old : operand;
    case AMOMAXU:
      return <u32>old > <u32>operand ? old : operand;
  }
  return unreachable();
}
