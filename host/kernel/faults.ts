// Exceptions of programs: page faults are served if the address space allows them; all else is a signal.

import {
  CAUSE_BREAKPOINT,
  CAUSE_FETCH_PAGE_FAULT,
  CAUSE_ILLEGAL,
  CAUSE_LOAD_PAGE_FAULT,
  CAUSE_STORE_PAGE_FAULT,
  EVENT_FAULT,
  FAULT_FILE,
  FAULT_ZERO,
  FRAME_FILE,
  FRAME_KIND,
  FRAME_RECORD_SIZE,
  FRAME_TABLE,
  PCB_PAGE_FAULTS,
  PCB_PC,
  PROTECT_EXECUTE,
  PROTECT_READ,
  PROTECT_WRITE,
  PTE_FRAME_SHIFT,
} from "../../assembly/layout.ts";
import { pcbWord } from "../machine/core.ts";
import { pageEntry } from "../memory/pages.ts";
import { populate } from "../memory/populate.ts";
import { mayReach, RLIMIT_AS } from "../syscalls/memory-limits.ts";
import { SIGBUS, SIGILL, SIGKILL, SIGSEGV, SIGTRAP } from "../syscalls/signal-numbers.ts";
import type { Kernel } from "./kernel.ts";
import { forceSignal } from "./signals.ts";
import { spaceOf } from "./spaces.ts";

const ACCESS: Readonly<Record<number, number>> = {
  [CAUSE_FETCH_PAGE_FAULT]: PROTECT_EXECUTE,
  [CAUSE_LOAD_PAGE_FAULT]: PROTECT_READ,
  [CAUSE_STORE_PAGE_FAULT]: PROTECT_WRITE,
};

// si_code values (asm-generic/siginfo.h).
const SEGV_MAPERR = 1;
const SEGV_ACCERR = 2;
const BUS_ADRALN = 1;
const BUS_ADRERR = 2;
const ILL_ILLOPC = 1;
const TRAP_BRKPT = 1;
const SI_KERNEL = 128;

/** Serves the exception (a trap cause other than ecall) of the process in `slot`. */
export function serveFault(kernel: Kernel, slot: number, cause: number, value: number): void {
  const access = ACCESS[cause];
  if (access !== undefined) return servePageFault(kernel, slot, value, access);
  const pc = kernel.core.unsigned[pcbWord(slot, PCB_PC)];
  if (cause === CAUSE_ILLEGAL) return fatal(kernel, slot, SIGILL, ILL_ILLOPC, pc);
  if (cause === CAUSE_BREAKPOINT) return fatal(kernel, slot, SIGTRAP, TRAP_BRKPT, value);
  fatal(kernel, slot, SIGBUS, BUS_ADRALN, value);
}

function servePageFault(kernel: Kernel, slot: number, address: number, access: number): void {
  const { core, virtualMemory } = kernel;
  const space = spaceOf(kernel, slot);
  if (space === null) throw new Error(`assertion: slot ${slot} faults and has no memory`);
  const [limit] = kernel.state.processes[slot]?.limits[RLIMIT_AS] ?? [-1];
  if (!mayReach(limit, core, space, address)) return fatal(kernel, slot, SIGSEGV, SEGV_MAPERR, address);
  switch (populate(virtualMemory, space, address, access)) {
    case "ok":
      core.words[pcbWord(slot, PCB_PAGE_FAULTS)]++;
      return reportPage(kernel, slot, address, pageEntry(core, space.root, address) >>> PTE_FRAME_SHIFT);
    case "segv-maperr":
      return fatal(kernel, slot, SIGSEGV, SEGV_MAPERR, address);
    case "segv-accerr":
      return fatal(kernel, slot, SIGSEGV, SEGV_ACCERR, address);
    case "bus":
      return fatal(kernel, slot, SIGBUS, BUS_ADRERR, address);
    case "no-memory":
      return fatal(kernel, slot, SIGKILL, SI_KERNEL, address);
  }
}

function reportPage(kernel: Kernel, slot: number, address: number, frame: number): void {
  const kind = kernel.core.words[(FRAME_TABLE + frame * FRAME_RECORD_SIZE + FRAME_KIND) >>> 2];
  kernel.core.emit(EVENT_FAULT, 0, slot, address, kind === FRAME_FILE ? FAULT_FILE : FAULT_ZERO, frame);
}

function fatal(kernel: Kernel, slot: number, signal: number, code: number, address: number): void {
  kernel.observer.fault?.(slot, signal, code, address);
  forceSignal(kernel, slot, signal);
}
