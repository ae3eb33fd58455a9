// What system call handlers may ask of the machine, over the core's table and the kernel's parts.

import {
  MACHINE,
  MACHINE_FRAME_COUNT,
  MACHINE_FRAMES_USED,
  MACHINE_PROCESS_COUNT,
  MACHINE_SLOT_LIMIT,
  PCB_SIZE,
  PROCESSES,
} from "../../assembly/layout.ts";
import { clock, pcbWord, readTime } from "../machine/core.ts";
import type { KernelServices, ProcessServices } from "../syscalls/call.ts";
import { executeProgram } from "./exec.ts";
import type { Kernel } from "./kernel.ts";
import { forkProcess } from "./lifetime.ts";
import { actionChanged, sendSignal, settleSignals, signalGroup } from "./signals.ts";

/** The services of a kernel. `kernel` may still be under construction: it is used when a call runs. */
export function createServices(kernel: Kernel): KernelServices {
  const { core } = kernel;
  return {
    clockHz: kernel.configuration.clockHz,
    virtualMemory: kernel.virtualMemory,
    processes: processServices(kernel),
    now: () => clock(core),
    output: (stream, bytes) => kernel.observer.output?.(stream, bytes),
    signal: (slot, signal) => sendSignal(kernel, slot, signal, 0),
    signalGroup: (group, session, signal) => signalGroup(kernel, group, session, signal),
    wakeup: kernel.wakeup,
  };
}

function processServices(kernel: Kernel): ProcessServices {
  const { core } = kernel;
  const machine = (field: number) => core.unsigned[(MACHINE + field) >>> 2];
  return {
    field: (slot, offset) => core.unsigned[pcbWord(slot, offset)],
    setField(slot, offset, value) {
      core.words[pcbWord(slot, offset)] = value;
    },
    setGroup: core.setGroup,
    setSession: core.setSession,
    time: (slot, offset) => readTime(core, PROCESSES + slot * PCB_SIZE + offset),
    slotOf: (pid) => core.pidSlot(pid),
    slotLimit: () => machine(MACHINE_SLOT_LIMIT),
    count: () => machine(MACHINE_PROCESS_COUNT),
    frames: () => ({ total: machine(MACHINE_FRAME_COUNT) - 1, used: machine(MACHINE_FRAMES_USED) }),
    fork: (slot, options) => forkProcess(kernel, slot, options),
    execute: (slot, path, args, environment) => executeProgram(kernel, slot, path, args, environment),
    signal: (slot, signal, sender) => sendSignal(kernel, slot, signal, sender),
    actionChanged: (slot, signal) => actionChanged(kernel, slot, signal),
    settleSignals: (slot) => settleSignals(kernel, slot),
    reap: (slot) => core.processReap(slot),
  };
}
