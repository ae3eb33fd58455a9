// Runs a hart in user mode. The generated `dispatch` executes decoded blocks; whatever its fast paths do not
// cover comes to `step`: the end of the budget, links not yet made, translations not yet filled, misaligned
// accesses, atomics, counters and traps. When a hart stops, its registers at REGISTERS and REGISTER_PC are exact.

import { codeIsHit } from "../debug/code";
import { NO_POINT, codePoints } from "../debug/points";
import {
  CAUSE_BREAKPOINT,
  CAUSE_DEBUG,
  CAUSE_ECALL,
  CAUSE_FETCH_PAGE_FAULT,
  CAUSE_ILLEGAL,
  DEBUG,
  DEBUG_CODE,
  HART_RESERVATION,
  REGISTER_PC,
} from "../layout";
import { translateFetch } from "../mmu/access";
import { isValid, translationGuardReservations } from "../mmu/translation";
import { buildStraddle } from "./build";
import { dispatch } from "./dispatch.gen";
import { enter, enterAt, executedBefore, pcOf, trapAt, trapBefore } from "./enter";
import { stepAtomic } from "./execute/atomic";
import { stepCounter, stepExit, stepJump } from "./execute/control";
import { stepLoad, stepStore } from "./execute/memory";
import {
  COUNTER,
  EBREAK,
  ECALL,
  EXIT,
  EXIT_FAR,
  ILLEGAL,
  JALR,
  POINT,
  STRADDLE,
  firstOf,
  isLoad,
  isStore,
} from "./opcodes.gen";
import {
  BLOCK_FETCH,
  BLOCK_LENGTH,
  BLOCK_PC,
  SLOT_OPCODE,
  SLOT_POINTS,
  SLOT_RD,
  SLOT_SIZE,
  imm,
} from "./slot";
import { BUDGET, ELAPSED, EXECUTED, HART, STRETCH, TRAP_CAUSE, TRAP_VALUE, hartRecord } from "./state";

/** V8 switches to its optimised code when `dispatch` is called anew: so it is, this many instructions later. */
const STRETCH_MAX = 1 << 20;

/**
 * Runs the hart from REGISTER_PC for at most `budget` instructions. Returns 0 when they are used up, else the
 * trap cause plus 1: REGISTER_PC is then that of the trapping instruction and `trapValue` has its value. An
 * ecall has retired, any other trapping instruction has not. CAUSE_DEBUG is no trap: the hart stops as at the end of
 * its budget. `executedCount` says how many retired.
 */
export function execute(hart: u32, budget: i32): u32 {
  store<u32>(HART, hart);
  store<u32>(TRAP_CAUSE, 0);
  store<i32>(EXECUTED, 0);
  translationGuardReservations(hart);
  for (let left = budget; left > 0 && !load<u32>(TRAP_CAUSE); left = budget - load<i32>(EXECUTED)) {
    executeStretch(hart, min(left, STRETCH_MAX));
  }
  store<u32>(ELAPSED, 0);
  const cause = load<u32>(TRAP_CAUSE);
  if (cause && cause != CAUSE_DEBUG + 1) store<u32>(hartRecord(hart), 0, HART_RESERVATION);
  return cause;
}

/** Instructions that retired in the last `execute`. */
export function executedCount(): u32 {
  return load<u32>(EXECUTED);
}

/** Address or encoding that belongs to the last trap; 0 where it has none. */
export function trapValue(): u32 {
  return load<u32>(TRAP_VALUE);
}

function executeStretch(hart: u32, budget: i32): void {
  store<i32>(STRETCH, budget);
  store<i32>(BUDGET, budget);
  const block = enterAt(load<u32>(REGISTER_PC));
  if (block) dispatch(block, hart);
  store<i32>(EXECUTED, load<i32>(EXECUTED) + budget - load<i32>(BUDGET));
}

/**
 * Does what `dispatch` has left at `p`, and returns the slot or block where it goes on; 0 where the hart stops.
 * A budget below zero means: the block at `p` was not paid for.
 */
export function step(p: u32): u32 {
  const budget = load<i32>(BUDGET);
  if (budget < 0) {
    store<i32>(BUDGET, budget + load<i32>(p, BLOCK_LENGTH));
    return enter(p);
  }
  const opcode = firstOf(load<u8>(p, SLOT_OPCODE));
  store<u32>(ELAPSED, executedBefore(p)); // events that the slow paths report have the exact time
  if (isLoad(opcode)) return stepLoad(p, opcode);
  if (isStore(opcode)) return stepStore(p, opcode);
  switch (opcode) {
    case EXIT:
    case EXIT_FAR:
      return stepExit(p);
    case JALR:
      return stepJump(p);
    case STRADDLE:
      return stepStraddle(p);
    case POINT:
      return stepPoint(p, load<u16>(p, SLOT_POINTS));
    case COUNTER:
      return stepCounter(p);
    case ECALL:
      return trapAt(pcOf(p), CAUSE_ECALL, 0);
    case EBREAK:
      return trapBefore(p, CAUSE_BREAKPOINT, pcOf(p));
    case ILLEGAL:
      return trapBefore(p, CAUSE_ILLEGAL, imm(p));
    default:
      return stepAtomic(p, opcode);
  }
}

/** Tests that the instruction's second half is what it was when the block was decoded, else decodes it again. */
function stepStraddle(p: u32): u32 {
  const pc = load<u32>(p, BLOCK_PC);
  const entry = translateFetch(pc + 2);
  if (!isValid(entry)) return trapBefore(p, CAUSE_FETCH_PAGE_FAULT, pc + 2);
  const isUnchanged = <u32>load<u16>(pc + 2 + entry) == <u32>imm(p);
  if (!isUnchanged) buildStraddle(p, pc, load<u32>(p, BLOCK_FETCH));
  if (!load<u32>(DEBUG + DEBUG_CODE)) return p + SLOT_SIZE;
  const points = codePoints(pc, load<u8>(p + SLOT_SIZE, SLOT_RD));
  return points == NO_POINT ? p + SLOT_SIZE : stepPoint(p, points);
}

/** Stops if one of the points at the instruction of the next slot is hit. `p` is the block. */
function stepPoint(p: u32, points: u32): u32 {
  const isHit = codeIsHit(points, load<u32>(p, BLOCK_PC), load<u8>(p + SLOT_SIZE, SLOT_RD));
  return isHit ? trapBefore(p, CAUSE_DEBUG, 0) : p + SLOT_SIZE;
}
