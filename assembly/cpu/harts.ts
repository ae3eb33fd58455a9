// The machine's run loop: harts in turns, timers, time slices, idling.
//
// Each pass first settles what is due at this hart's clock (a timer, the end of a slice, a return from a trap,
// the end of its turn), and only then executes: at most up to the next such moment, so that each comes exactly at
// its instruction. What is due depends on state alone, never on how the caller cut its budget.

import {
  CAUSE_DEBUG,
  CAUSE_ECALL,
  CAUSE_TIMER,
  HARTS,
  HART_CLOCK,
  HART_IDLE,
  HART_LAST_SLOT,
  HART_MODE,
  HART_RAISED,
  HART_RESCHEDULE,
  HART_RETIRED,
  HART_SIZE,
  HART_SLOT,
  HART_TRAP,
  HART_TURN_END,
  HART_USER,
  MACHINE,
  MACHINE_HART,
  MACHINE_HART_COUNT,
  MACHINE_PENDING,
  MACHINE_QUEUE_LENGTH,
  MACHINE_RETIRED,
  MACHINE_STOP_CAUSE,
  MACHINE_TURN,
  PCB_CALL_ACTIVE,
  PCB_INVOLUNTARY_SWITCHES,
  PCB_QUANTUM_LEFT,
  PCB_USER_TIME,
  PCB_VOLUNTARY_SWITCHES,
  REASON_NONE,
  REASON_QUANTUM,
  REASON_TIMEOUT,
  STOP_BUDGET,
  STOP_DEBUG,
  STOP_IDLE,
  STOP_RESUME,
  STOP_TRAP,
} from "../layout";
import { awaitsUserTime, stopIsDue, takeStop, untilUserTime, userTimeReached } from "../debug/until";
import { policyPick, policyPreempts, policyQuantum } from "../process/policy/policy";
import { declareIdle, dispatch, giveUp, idleUntil, wake } from "../process/scheduler";
import { pcbOf } from "../process/table";
import { NEVER, timerFirst, timerNext } from "../process/timers";
import { currentHart } from "../trap/clock";
import { note, proceed, raise, resume, save, suspend } from "../trap/trap";
import { execute, executedCount, trapValue } from "./interpreter";

/** Lengths of time fit in 31 bits where they bound one stretch of execution. */
const LONGEST: u64 = 0x40000000;

export function hartsInitialize(): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let index: u32 = 0; index < harts; index++) {
    const hart = HARTS + index * HART_SIZE;
    store<u32>(hart, HART_IDLE, HART_MODE);
    store<u64>(hart, load<u32>(MACHINE + MACHINE_TURN), HART_TURN_END);
  }
}

/**
 * Runs until `budget` instructions have retired (all harts together), the host is needed, or a debugger wants to
 * stop: STOP_*. What the host has not served yet is said again. A debugger may stop after each step of the trap path.
 */
export function run(budget: i32): i32 {
  const pending = load<u32>(MACHINE + MACHINE_PENDING);
  if (pending) return takeStop() ? STOP_DEBUG : pending;
  let left = budget;
  if (holdsRegisters()) proceed();
  if (mode() == HART_RAISED && !stopIsDue()) {
    save();
    if (load<u32>(MACHINE + MACHINE_STOP_CAUSE) != CAUSE_TIMER) return stop(STOP_TRAP);
  }
  while (true) {
    if (stopsHere()) return pause(STOP_DEBUG);
    if (interrupt()) continue;
    if (mode() == HART_TRAP) {
      leaveTrap();
      if (stopsHere()) return pause(STOP_DEBUG);
    }
    if (turnIsOver()) {
      nextTurn();
      continue;
    }
    if (mode() == HART_IDLE) {
      const slot = dispatch(load<u32>(MACHINE + MACHINE_HART));
      if (slot) {
        if (load<u32>(pcbOf(slot), PCB_CALL_ACTIVE)) {
          note(CAUSE_ECALL, 0);
          return stop(STOP_RESUME);
        }
      } else {
        declareIdle();
        if (!idle()) return takeStop() ? STOP_DEBUG : STOP_IDLE;
      }
      continue;
    }
    if (awaitsUserTime() && userTimeReached()) continue;
    if (left <= 0) return pause(STOP_BUDGET);
    const cause = advance(left);
    left -= executedCount();
    if (cause && cause != CAUSE_DEBUG + 1 && raise(cause - 1, trapValue())) return stop(STOP_TRAP);
  }
}

// @ts-ignore: decorator
@inline
function mode(): u32 {
  return load<u32>(currentHart(), HART_MODE);
}

/** Whether the hart whose turn it is has a process's registers in it. */
// @ts-ignore: decorator
@inline
function holdsRegisters(): bool {
  return mode() == HART_USER || mode() == HART_RAISED;
}

/**
 * Whether to stop for a debugger. What comes next must be an event or an instruction: passes without either belong to
 * the moment before, so that a number of instructions and events names one state only.
 */
// @ts-ignore: decorator
@inline
function stopsHere(): bool {
  return stopIsDue() && isMomentous() && takeStop();
}

/** Whether the next pass writes an event, executes, or ends the run. */
function isMomentous(): bool {
  const hart = currentHart();
  const isDue = timerNext() <= load<u64>(hart, HART_CLOCK);
  if (isDue || mode() == HART_TRAP || mode() == HART_RAISED) return true;
  if (mode() == HART_USER)
    return load<u32>(pcbOf(load<u32>(hart, HART_SLOT)), PCB_QUANTUM_LEFT) == 0 || !turnIsOver();
  if (turnIsOver()) return false;
  return load<u32>(hart, HART_LAST_SLOT) != 0 || policyPick(load<u32>(MACHINE + MACHINE_HART)) != 0;
}

/** Leaves `run` where the next call goes on. */
function pause(kind: i32): i32 {
  if (holdsRegisters()) suspend();
  return kind;
}

/** Leaves `run` for the host to serve the process in a trap that was noted. */
function stop(kind: i32): i32 {
  store<u32>(MACHINE + MACHINE_PENDING, kind);
  return takeStop() ? STOP_DEBUG : kind;
}

/**
 * The timer interrupts the hart when a sleeper's deadline has come or the time slice is over; then the sleepers
 * wake, one in each pass. False when nothing of it is due.
 */
function interrupt(): bool {
  const hart = currentHart();
  const due = timerNext() <= load<u64>(hart, HART_CLOCK);
  if (load<u32>(hart, HART_MODE) == HART_USER) {
    const over = load<u32>(pcbOf(load<u32>(hart, HART_SLOT)), PCB_QUANTUM_LEFT) == 0;
    if (due || over) {
      raise(CAUSE_TIMER, 0);
      return true;
    }
  }
  if (due) wake(timerFirst(), REASON_TIMEOUT);
  return due;
}

/** Back to user mode, or to the ready processes when the slice is over or the process gives way. */
function leaveTrap(): void {
  const hart = currentHart();
  const slot = load<u32>(hart, HART_SLOT);
  const pcb = pcbOf(slot);
  const asked = load<u32>(hart, HART_RESCHEDULE);
  if (asked != REASON_NONE) return giveUp(slot, asked, PCB_VOLUNTARY_SWITCHES);
  if (load<u32>(pcb, PCB_QUANTUM_LEFT) == 0) {
    if (policyPreempts()) return giveUp(slot, REASON_QUANTUM, PCB_INVOLUNTARY_SWITCHES);
    store<u32>(pcb, policyQuantum(), PCB_QUANTUM_LEFT);
  }
  resume();
}

/** Executes up to the next moment at which something is due; returns 0 or the trap's cause + 1. */
function advance(left: i32): i32 {
  const hart = currentHart();
  const index = load<u32>(MACHINE + MACHINE_HART);
  const pcb = pcbOf(load<u32>(hart, HART_SLOT));
  const clock = load<u64>(hart, HART_CLOCK);
  let limit = min<i32>(left, load<i32>(pcb, PCB_QUANTUM_LEFT));
  const deadline = timerNext();
  if (deadline - clock < LONGEST) limit = min<i32>(limit, <i32>(deadline - clock));
  if (load<u32>(MACHINE + MACHINE_HART_COUNT) > 1) {
    limit = min<i32>(limit, <i32>(load<u64>(hart, HART_TURN_END) - clock));
  }
  if (awaitsUserTime()) limit = untilUserTime(pcb, limit);
  const cause = execute(index, limit);
  const count = executedCount();
  store<u64>(hart, clock + count, HART_CLOCK);
  store<u64>(hart, load<u64>(hart, HART_RETIRED) + count, HART_RETIRED);
  store<u64>(MACHINE + MACHINE_RETIRED, load<u64>(MACHINE + MACHINE_RETIRED) + count);
  store<u64>(pcb, load<u64>(pcb, PCB_USER_TIME) + count, PCB_USER_TIME);
  store<u32>(pcb, load<u32>(pcb, PCB_QUANTUM_LEFT) - count, PCB_QUANTUM_LEFT);
  return cause;
}

function turnIsOver(): bool {
  if (load<u32>(MACHINE + MACHINE_HART_COUNT) == 1) return false;
  const hart = currentHart();
  return load<u64>(hart, HART_CLOCK) >= load<u64>(hart, HART_TURN_END);
}

/** The next hart's turn: it ends one turn's length after its last one, on its own clock. */
function nextTurn(): void {
  if (mode() == HART_USER) suspend();
  const index = load<u32>(MACHINE + MACHINE_HART) + 1;
  store<u32>(MACHINE + MACHINE_HART, index == load<u32>(MACHINE + MACHINE_HART_COUNT) ? 0 : index);
  if (mode() == HART_USER) proceed();
  const hart = currentHart();
  store<u64>(hart, load<u64>(hart, HART_TURN_END) + load<u32>(MACHINE + MACHINE_TURN), HART_TURN_END);
}

/** Nothing to run on this hart: its clock moves on. False when nothing can ever be due by itself. */
function idle(): bool {
  const hart = currentHart();
  const deadline = timerNext();
  if (anyoneReadyOrRunning()) {
    idleUntil(hart, min<u64>(load<u64>(hart, HART_TURN_END), deadline));
    return true;
  }
  if (deadline == NEVER) return false;
  skipTo(deadline);
  return true;
}

function anyoneReadyOrRunning(): bool {
  if (load<u32>(MACHINE + MACHINE_QUEUE_LENGTH)) return true;
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let index: u32 = 0; index < harts; index++) {
    if (load<u32>(HARTS + index * HART_SIZE, HART_SLOT)) return true;
  }
  return false;
}

/** All harts are idle: time jumps to the next timer for all of them, and turns begin anew there. */
function skipTo(deadline: u64): void {
  const harts = load<u32>(MACHINE + MACHINE_HART_COUNT);
  for (let index: u32 = 0; index < harts; index++) {
    const hart = HARTS + index * HART_SIZE;
    idleUntil(hart, deadline);
    store<u64>(hart, load<u64>(hart, HART_CLOCK) + load<u32>(MACHINE + MACHINE_TURN), HART_TURN_END);
  }
}
