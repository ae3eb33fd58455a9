// The states of processes, and who runs where. Every change of state in the machine happens in this file;
// others say sleep, wakeup, yield, exit. Which ready process comes next is the policies' business (policy/).
//
//            ┌────────── quantum over, yield ──────────┐
//            ▼                                         │
//   NEW ──▶ READY ──────────── dispatch ───────────▶ RUNNING ──▶ ZOMBIE ──▶ reaped
//            ▲                                         │
//            └────── wakeup ────── BLOCKED ◀── sleep ──┘

import {
  CONTEXT_SIZE,
  EVENT_DECIDE,
  EVENT_EXIT,
  EVENT_STATE,
  HARTS,
  HART_CLOCK,
  HART_CONTEXT,
  HART_IDLE,
  HART_IDLE_TIME,
  HART_LAST_SLOT,
  HART_MODE,
  HART_RAISED,
  HART_RESCHEDULE,
  HART_RESERVATION,
  HART_SIZE,
  HART_SLOT,
  HART_TRAP,
  HART_USER,
  MACHINE,
  MACHINE_PENDING,
  MACHINE_STOP_SLOT,
  MACHINE_SWITCHES,
  PCB_CONTEXT,
  PCB_END_TIME,
  PCB_EXIT_STATUS,
  PCB_HART,
  PCB_QUANTUM_LEFT,
  PCB_ROOT,
  PCB_STATE,
  PCB_STATE_SINCE,
  PCB_STATE_TIMES,
  PCB_TIMER_INDEX,
  PCB_VOLUNTARY_SWITCHES,
  REASON_BLOCK,
  REASON_CREATE,
  REASON_EXIT,
  REASON_FIRST,
  REASON_IDLE,
  REASON_KEEP,
  REASON_NONE,
  REASON_WAKE,
  STATE_BLOCKED,
  STATE_READY,
  STATE_RUNNING,
  STATE_ZOMBIE,
  INIT_PID,
} from "../layout";
import { spaceRelease } from "../mmu/space";
import { currentHart, now } from "../trap/clock";
import { emit } from "../trap/events";
import { policyDequeue, policyEnqueue, policyPick, policyQuantum } from "./policy/policy";
import { pcbOf, pidSlot, reparentChildren } from "./table";
import { timerCancel, timerSet } from "./timers";
import { waitDequeue, waitEnqueue, waitFirst } from "./waits";

/** The one place where a state is written; the time since the last change goes to the old state's account. */
function changeState(slot: u32, state: u32, reason: u32, channel: u32): void {
  const pcb = pcbOf(slot);
  const from = load<u32>(pcb, PCB_STATE);
  const clock = now();
  const since = load<u64>(pcb, PCB_STATE_SINCE);
  const account = pcb + PCB_STATE_TIMES + (from << 3);
  // A process made ready by a hart ahead of this one has not waited yet on this one's clock.
  if (clock > since) store<u64>(account, load<u64>(account) + clock - since);
  store<u64>(pcb, max(clock, since), PCB_STATE_SINCE);
  store<u32>(pcb, state, PCB_STATE);
  emit(EVENT_STATE, reason, slot, from, state, channel);
}

function makeReady(slot: u32, reason: u32): void {
  changeState(slot, STATE_READY, reason, 0);
  policyEnqueue(slot);
}

/** A process that was created begins to compete for the harts. */
export function processRun(slot: u32): void {
  makeReady(slot, REASON_CREATE);
}

/** The running process waits on a channel, until `deadline` at the latest if it has one. */
export function sleep(slot: u32, channel: u32, hasDeadline: bool, deadline: u64): void {
  leaveHart(slot);
  count(slot, PCB_VOLUNTARY_SWITCHES);
  changeState(slot, STATE_BLOCKED, REASON_BLOCK, channel);
  waitEnqueue(slot, channel);
  if (hasDeadline) timerSet(slot, deadline);
}

/** A blocked process is ready again. */
export function wake(slot: u32, reason: u32): void {
  waitDequeue(slot);
  if (load<u32>(pcbOf(slot), PCB_TIMER_INDEX)) timerCancel(slot);
  makeReady(slot, reason);
}

/** Wakes all who wait on the channel, the longest sleeper first; returns how many. */
export function wakeup(channel: u32): u32 {
  let woken: u32 = 0;
  while (true) {
    const slot = waitFirst(channel);
    if (!slot) return woken;
    wake(slot, REASON_WAKE);
    woken++;
  }
}

/** The process ends: out of every queue, memory released, children to init, a zombie until it is reaped. */
export function processExit(slot: u32, status: u32): void {
  const pcb = pcbOf(slot);
  const state = load<u32>(pcb, PCB_STATE);
  if (state == STATE_RUNNING) leaveHart(slot);
  if (state == STATE_READY) policyDequeue(slot);
  if (state == STATE_BLOCKED) {
    waitDequeue(slot);
    if (load<u32>(pcb, PCB_TIMER_INDEX)) timerCancel(slot);
  }
  // A trap that the host has not served yet ends with the process: the outside may end it before.
  if (load<u32>(MACHINE + MACHINE_STOP_SLOT) == slot) store<u32>(MACHINE + MACHINE_PENDING, 0);
  changeState(slot, STATE_ZOMBIE, REASON_EXIT, 0);
  store<u64>(pcb, now(), PCB_END_TIME);
  store<u32>(pcb, status, PCB_EXIT_STATUS);
  emit(EVENT_EXIT, 0, slot, status, 0, 0);
  const root = load<u32>(pcb, PCB_ROOT);
  if (root) spaceRelease(root);
  store<u32>(pcb, 0, PCB_ROOT);
  const init = pidSlot(INIT_PID);
  if (init != slot) reparentChildren(slot, init);
}

/** Takes the process off its hart, which is idle then. A context that was still in the hart goes to the PCB. */
function leaveHart(slot: u32): void {
  const pcb = pcbOf(slot);
  const hart = HARTS + (load<u32>(pcb, PCB_HART) - 1) * HART_SIZE;
  const mode = load<u32>(hart, HART_MODE);
  if (mode == HART_USER || mode == HART_RAISED) {
    memory.copy(pcb + PCB_CONTEXT, hart + HART_CONTEXT, CONTEXT_SIZE);
    memory.fill(hart + HART_CONTEXT, 0, CONTEXT_SIZE);
  }
  store<u32>(hart, 0, HART_SLOT);
  store<u32>(hart, HART_IDLE, HART_MODE);
  store<u32>(hart, REASON_NONE, HART_RESCHEDULE);
  store<u32>(hart, 0, HART_RESERVATION);
  store<u32>(pcb, 0, PCB_HART);
}

/** The process in a trap on this hart goes back to the ready ones. */
export function giveUp(slot: u32, reason: u32, counter: u32): void {
  leaveHart(slot);
  count(slot, counter);
  makeReady(slot, reason);
}

function count(slot: u32, counter: u32): void {
  const field = pcbOf(slot) + counter;
  store<u32>(field, load<u32>(field) + 1);
}

/** The process in a trap asks to give way before it returns to user mode. */
export function yieldHart(slot: u32, reason: u32): void {
  store<u32>(HARTS + (load<u32>(pcbOf(slot), PCB_HART) - 1) * HART_SIZE, reason, HART_RESCHEDULE);
}

/**
 * Gives the idle hart whose turn it is to the process that the policy picks; returns it, or 0 when none is ready.
 * A process that a hart ahead in time made ready cannot run earlier than that: the clock moves up to it.
 */
export function dispatch(index: u32): u32 {
  const hart = currentHart();
  const slot = policyPick(index);
  const last = load<u32>(hart, HART_LAST_SLOT);
  if (!slot) return 0;
  policyDequeue(slot);
  const pcb = pcbOf(slot);
  idleUntil(hart, load<u64>(pcb, PCB_STATE_SINCE));
  emit(EVENT_DECIDE, slot == last ? REASON_KEEP : REASON_FIRST, slot, last, 0, 0);
  changeState(slot, STATE_RUNNING, REASON_FIRST, 0);
  store<u32>(pcb, index + 1, PCB_HART);
  store<u32>(pcb, policyQuantum(), PCB_QUANTUM_LEFT);
  store<u32>(hart, slot, HART_SLOT);
  store<u32>(hart, HART_TRAP, HART_MODE);
  if (slot != last) store<u64>(MACHINE + MACHINE_SWITCHES, load<u64>(MACHINE + MACHINE_SWITCHES) + 1);
  store<u32>(hart, slot, HART_LAST_SLOT);
  return slot;
}

/** Records, once, that the hart found nothing to run. */
export function declareIdle(): void {
  const hart = currentHart();
  const last = load<u32>(hart, HART_LAST_SLOT);
  if (!last) return;
  emit(EVENT_DECIDE, REASON_IDLE, 0, last, 0, 0);
  store<u32>(hart, 0, HART_LAST_SLOT);
}

/** The hart's clock moves up to `clock` without an instruction. */
export function idleUntil(hart: u32, clock: u64): void {
  const from = load<u64>(hart, HART_CLOCK);
  if (from >= clock) return;
  store<u64>(hart, load<u64>(hart, HART_IDLE_TIME) + clock - from, HART_IDLE_TIME);
  store<u64>(hart, clock, HART_CLOCK);
}
