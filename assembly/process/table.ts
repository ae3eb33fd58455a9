// The process table: slots, pids, the family tree. A slot is a PCB in linear memory; its picture is in
// layout.ts, group by group with who may write it. States are the scheduler's business (scheduler.ts).
//
// Children hang on PCB_FIRST_CHILD in order of birth; the list is doubly linked, and the first child's
// PREVIOUS link leads to the last, so that both ends are one step away.

import {
  CONTEXT_SIZE,
  CREATE_FORK,
  CREATE_START,
  CREATE_VFORK,
  EVENT_CREATE,
  EVENT_REAP,
  EVENT_REPARENT,
  MACHINE,
  MACHINE_FREE_SLOT,
  MACHINE_LAST_PID,
  MACHINE_PID_WRAPPED,
  MACHINE_PROCESS_COUNT,
  MACHINE_SLOT_LIMIT,
  MAX_PROCESSES,
  PCB_AFFINITY,
  PCB_BLOCKED,
  PCB_CHILDREN_TIME,
  PCB_CONTEXT,
  PCB_EXIT_STATUS,
  PCB_FIRST_CHILD,
  PCB_NAME,
  PCB_NEXT_SIBLING,
  PCB_NICE,
  PCB_PARENT,
  PCB_PGID,
  PCB_PID,
  PCB_POLICY,
  PCB_PREVIOUS_SIBLING,
  PCB_PRIORITY,
  PCB_QUEUE_NEXT,
  PCB_ROOT,
  PCB_SID,
  PCB_SIZE,
  PCB_START_TIME,
  PCB_STATE,
  PCB_STATE_SINCE,
  PCB_TGID,
  PCB_USER_TIME,
  PID_LIMIT,
  PID_SLOTS,
  PID_USES,
  PROCESSES,
  STATE_FREE,
  STATE_NEW,
} from "../layout";
import { frameRetain } from "../mmu/frames";
import { spaceFork, spaceRelease } from "../mmu/space";
import { now } from "../trap/clock";
import { emit } from "../trap/events";

const NAME_SIZE = 16;

// @ts-ignore: decorator
@inline
export function pcbOf(slot: u32): u32 {
  return PROCESSES + slot * PCB_SIZE;
}

export function tableInitialize(): void {
  store<u32>(MACHINE + MACHINE_FREE_SLOT, 0);
  store<u32>(MACHINE + MACHINE_SLOT_LIMIT, 1);
  store<u32>(MACHINE + MACHINE_LAST_PID, 0);
  store<u32>(MACHINE + MACHINE_PROCESS_COUNT, 0);
}

/** Slot of the process with this pid, or 0. */
export function pidSlot(pid: u32): u32 {
  return pid < <u32>PID_LIMIT ? load<u16>(PID_SLOTS + (pid << 1)) : 0;
}

/** A new process without memory, in state NEW, last child of `parent` (slot; 0: none). 0: the table is full. */
export function processCreate(parent: u32): u32 {
  const slot = takeSlot();
  if (!slot) return 0;
  const pcb = pcbOf(slot);
  memory.fill(pcb, 0, PCB_SIZE);
  const pid = takePid();
  store<u16>(PID_SLOTS + (pid << 1), slot);
  store<u32>(pcb, pid, PCB_PID);
  store<u32>(pcb, pid, PCB_TGID);
  setGroup(slot, pid);
  setSession(slot, pid);
  store<u32>(pcb, 255, PCB_AFFINITY);
  store<u32>(pcb, STATE_NEW, PCB_STATE);
  store<u64>(pcb, now(), PCB_START_TIME);
  store<u64>(pcb, now(), PCB_STATE_SINCE);
  store<u32>(MACHINE + MACHINE_PROCESS_COUNT, load<u32>(MACHINE + MACHINE_PROCESS_COUNT) + 1);
  if (parent) inherit(slot, pcbOf(parent));
  if (parent) adopt(parent, slot);
  if (!parent) emit(EVENT_CREATE, 0, slot, 0, CREATE_START, 0);
  return slot;
}

/**
 * A child with a copy of the parent's context and either a copy of its space or, `share`, the same one.
 * 0: no slot, or no frame for its page tables.
 */
export function processFork(parent: u32, share: bool): u32 {
  const slot = processCreate(parent);
  if (!slot) return 0;
  const from = pcbOf(parent);
  const to = pcbOf(slot);
  let root = load<u32>(from, PCB_ROOT);
  if (share) {
    frameRetain(root);
  } else {
    root = spaceFork(root);
  }
  if (!root) {
    discard(slot);
    return 0;
  }
  store<u32>(to, root, PCB_ROOT);
  memory.copy(to + PCB_CONTEXT, from + PCB_CONTEXT, CONTEXT_SIZE);
  emit(EVENT_CREATE, 0, slot, load<u32>(from, PCB_PID), share ? CREATE_VFORK : CREATE_FORK, 0);
  return slot;
}

/** Moves a process to another group. */
export function setGroup(slot: u32, pgid: u32): void {
  rename(pcbOf(slot) + PCB_PGID, pgid);
}

/** Moves a process to another session. */
export function setSession(slot: u32, sid: u32): void {
  rename(pcbOf(slot) + PCB_SID, sid);
}

/** Replaces the number of a group or session in a PCB, and counts who uses which; 0: none. */
function rename(field: u32, number: u32): void {
  count(load<u32>(field), -1);
  count(number, 1);
  store<u32>(field, number);
}

function count(number: u32, change: i32): void {
  if (!number) return;
  const place = PID_USES + (number << 1);
  store<u16>(place, load<u16>(place) + change);
}

/** What a child has from its parent at birth, whatever its memory. */
function inherit(slot: u32, parent: u32): void {
  const pcb = pcbOf(slot);
  setGroup(slot, load<u32>(parent, PCB_PGID));
  setSession(slot, load<u32>(parent, PCB_SID));
  memory.copy(pcb + PCB_NAME, parent + PCB_NAME, NAME_SIZE);
  store<u64>(pcb, load<u64>(parent, PCB_BLOCKED), PCB_BLOCKED);
  store<u32>(pcb, load<u32>(parent, PCB_POLICY), PCB_POLICY);
  store<u32>(pcb, load<u32>(parent, PCB_PRIORITY), PCB_PRIORITY);
  store<u32>(pcb, load<u32>(parent, PCB_NICE), PCB_NICE);
  store<u32>(pcb, load<u32>(parent, PCB_AFFINITY), PCB_AFFINITY);
}

/** Undoes processCreate for a process that never ran. */
export function discard(slot: u32): void {
  const root = load<u32>(pcbOf(slot), PCB_ROOT);
  if (root) spaceRelease(root);
  disown(slot);
  release(slot);
}

/** Takes a zombie out of the table; its times go to the parent that waited for it. */
export function processReap(slot: u32): void {
  const pcb = pcbOf(slot);
  const parent = pcbOf(load<u32>(pcb, PCB_PARENT));
  const time = load<u64>(pcb, PCB_USER_TIME) + load<u64>(pcb, PCB_CHILDREN_TIME);
  store<u64>(parent, load<u64>(parent, PCB_CHILDREN_TIME) + time, PCB_CHILDREN_TIME);
  emit(EVENT_REAP, 0, slot, load<u32>(pcb, PCB_EXIT_STATUS), load<u32>(parent, PCB_PID), 0);
  disown(slot);
  release(slot);
}

/** Gives all children of `slot` to `heir` (init), in order of birth. */
export function reparentChildren(slot: u32, heir: u32): void {
  const pid = load<u32>(pcbOf(slot), PCB_PID);
  for (;;) {
    const child = load<u32>(pcbOf(slot), PCB_FIRST_CHILD);
    if (!child) return;
    disown(child);
    adopt(heir, child);
    emit(EVENT_REPARENT, 0, child, pid, 0, 0);
  }
}

function adopt(parent: u32, child: u32): void {
  const pcb = pcbOf(child);
  store<u32>(pcb, parent, PCB_PARENT);
  store<u32>(pcb, 0, PCB_NEXT_SIBLING);
  const first = load<u32>(pcbOf(parent), PCB_FIRST_CHILD);
  if (!first) {
    store<u32>(pcbOf(parent), child, PCB_FIRST_CHILD);
    store<u32>(pcb, child, PCB_PREVIOUS_SIBLING);
    return;
  }
  const last = load<u32>(pcbOf(first), PCB_PREVIOUS_SIBLING);
  store<u32>(pcbOf(last), child, PCB_NEXT_SIBLING);
  store<u32>(pcb, last, PCB_PREVIOUS_SIBLING);
  store<u32>(pcbOf(first), child, PCB_PREVIOUS_SIBLING);
}

function disown(child: u32): void {
  const pcb = pcbOf(child);
  const parent = load<u32>(pcb, PCB_PARENT);
  if (!parent) return;
  const first = load<u32>(pcbOf(parent), PCB_FIRST_CHILD);
  const next = load<u32>(pcb, PCB_NEXT_SIBLING);
  const previous = load<u32>(pcb, PCB_PREVIOUS_SIBLING);
  if (first == child) store<u32>(pcbOf(parent), next, PCB_FIRST_CHILD);
  else store<u32>(pcbOf(previous), next, PCB_NEXT_SIBLING);
  if (next) store<u32>(pcbOf(next), previous, PCB_PREVIOUS_SIBLING);
  else if (first != child) store<u32>(pcbOf(first), previous, PCB_PREVIOUS_SIBLING);
  store<u32>(pcb, 0, PCB_PARENT);
}

function takeSlot(): u32 {
  const free = load<u32>(MACHINE + MACHINE_FREE_SLOT);
  if (free) {
    store<u32>(MACHINE + MACHINE_FREE_SLOT, load<u32>(pcbOf(free), PCB_QUEUE_NEXT));
    return free;
  }
  const slot = load<u32>(MACHINE + MACHINE_SLOT_LIMIT);
  if (slot >= <u32>MAX_PROCESSES) return 0;
  store<u32>(MACHINE + MACHINE_SLOT_LIMIT, slot + 1);
  return slot;
}

function release(slot: u32): void {
  const pcb = pcbOf(slot);
  store<u16>(PID_SLOTS + (load<u32>(pcb, PCB_PID) << 1), 0);
  setGroup(slot, 0);
  setSession(slot, 0);
  memory.fill(pcb, 0, PCB_SIZE);
  store<u32>(pcb, STATE_FREE, PCB_STATE);
  store<u32>(pcb, load<u32>(MACHINE + MACHINE_FREE_SLOT), PCB_QUEUE_NEXT);
  store<u32>(MACHINE + MACHINE_FREE_SLOT, slot);
  store<u32>(MACHINE + MACHINE_PROCESS_COUNT, load<u32>(MACHINE + MACHINE_PROCESS_COUNT) - 1);
}

/** The next pid that names neither a process nor, still, a group or session (fork(2): pids are reused late). */
function takePid(): u32 {
  let pid = load<u32>(MACHINE + MACHINE_LAST_PID);
  do {
    pid++;
    if (pid == PID_LIMIT) {
      pid = 2;
      store<u32>(MACHINE + MACHINE_PID_WRAPPED, 1);
    }
  } while (load<u16>(PID_SLOTS + (pid << 1)) || load<u16>(PID_USES + (pid << 1)));
  store<u32>(MACHINE + MACHINE_LAST_PID, pid);
  return pid;
}
