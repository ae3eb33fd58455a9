// The trap path, one for all causes: raised, registers saved into the PCB, (decided,) registers loaded from the
// PCB of the one that runs next. Each step is an event, after which a debugger can make the machine stand still.
//
// A hart that executes has its registers at REGISTERS; x0..x31, then the sink, then the pc. In a PCB, and in the
// hart's record between two runs, the order is that of ucontext's mcontext: pc, x1..x31.

import {
  CONTEXT_SIZE,
  DEBUG,
  DEBUG_WATCHES,
  EVENT_LOAD,
  EVENT_SAVE,
  EVENT_TRAP,
  HART_CONTEXT,
  HART_MODE,
  HART_RAISED,
  HART_RESERVATION,
  HART_ROOT,
  HART_SLOT,
  HART_TRAP,
  HART_USER,
  MACHINE,
  MACHINE_HART,
  MACHINE_STOP_CAUSE,
  MACHINE_STOP_HART,
  MACHINE_STOP_SLOT,
  MACHINE_STOP_VALUE,
  PCB_CONTEXT,
  PCB_ROOT,
  REGISTERS,
  REGISTER_PC,
} from "../layout";
import { watcherChanges } from "../debug/points";
import { stopIsDue } from "../debug/until";
import { translationFlush } from "../mmu/translation";
import { pcbOf } from "../process/table";
import { currentHart } from "./clock";
import { emit } from "./events";

const REGISTERS_1_TO_31 = 124;

/** Registers of the executing hart → a context record. */
function storeContext(context: u32): void {
  store<u32>(context, load<u32>(REGISTER_PC));
  memory.copy(context + 4, REGISTERS + 4, REGISTERS_1_TO_31);
}

function loadContext(context: u32): void {
  store<u32>(REGISTER_PC, load<u32>(context));
  store<u32>(REGISTERS, 0);
  memory.copy(REGISTERS + 4, context + 4, REGISTERS_1_TO_31);
}

/** The hart in user mode traps; true if its registers are saved already, and no debugger wants to see it before. */
export function raise(cause: u32, value: u32): bool {
  const hart = currentHart();
  store<u32>(hart, HART_RAISED, HART_MODE);
  note(cause, value);
  emit(EVENT_TRAP, 0, load<u32>(hart, HART_SLOT), cause, load<u32>(REGISTER_PC), value);
  if (stopIsDue()) return false;
  save();
  return true;
}

/** Writes down whom this hart is in a trap with, and why. */
// @ts-ignore: decorator
@inline
export function note(cause: u32, value: u32): void {
  store<u32>(MACHINE + MACHINE_STOP_HART, load<u32>(MACHINE + MACHINE_HART));
  store<u32>(MACHINE + MACHINE_STOP_CAUSE, cause);
  store<u32>(MACHINE + MACHINE_STOP_VALUE, value);
  store<u32>(MACHINE + MACHINE_STOP_SLOT, load<u32>(currentHart(), HART_SLOT));
}

/** The registers of the hart that has raised a trap go into the PCB of its process. */
// @ts-ignore: decorator
@inline
export function save(): void {
  const hart = currentHart();
  const slot = load<u32>(hart, HART_SLOT);
  storeContext(pcbOf(slot) + PCB_CONTEXT);
  store<u32>(hart, HART_TRAP, HART_MODE);
  store<u32>(hart, 0, HART_RESERVATION);
  emit(EVENT_SAVE, 0, slot, load<u32>(REGISTER_PC), 0, 0);
}

/** The process on the hart returns to user mode: its registers are loaded from its PCB. */
export function resume(): void {
  const hart = currentHart();
  const slot = load<u32>(hart, HART_SLOT);
  const pcb = pcbOf(slot);
  loadContext(pcb + PCB_CONTEXT);
  enterSpace(hart, slot, load<u32>(pcb, PCB_ROOT));
  store<u32>(hart, HART_USER, HART_MODE);
  emit(EVENT_LOAD, 0, slot, load<u32>(REGISTER_PC), 0, 0);
}

/** Another address space than the one whose translations the hart holds makes it forget them. */
function enterSpace(hart: u32, slot: u32, root: u32): void {
  const index = load<u32>(MACHINE + MACHINE_HART);
  const keeps = load<u32>(hart, HART_ROOT) == root;
  if (!(load<u32>(DEBUG + DEBUG_WATCHES) && watcherChanges(index, slot)) && keeps) return;
  translationFlush(index);
  store<u32>(hart, root, HART_ROOT);
}

/** A hart that holds registers stops for now (end of turn or of budget, a debugger): they wait in its record. */
export function suspend(): void {
  storeContext(currentHart() + HART_CONTEXT);
}

/** A hart that holds registers goes on. Its record is cleared: what is dead must not tell two runs apart. */
export function proceed(): void {
  const context = currentHart() + HART_CONTEXT;
  loadContext(context);
  memory.fill(context, 0, CONTEXT_SIZE);
}
