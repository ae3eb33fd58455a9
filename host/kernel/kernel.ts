// The kernel: what its parts (lifetime, signals, dispatcher) share. Its state is plain data; everything else
// here is a way to reach it, made anew whenever a machine is created or restored.

import type { Waker } from "../fs/services.ts";
import type { Configuration } from "../machine/configuration.ts";
import type { Core } from "../machine/core.ts";
import type { VirtualMemory } from "../memory/space.ts";
import type { KernelServices, SystemCall } from "../syscalls/call.ts";
import type { Inspection } from "./inspection.ts";
import type { KernelState } from "./state.ts";
import type { SpaceMemory } from "./user-memory.ts";

/** Who wants to know of what the kernel does; each may be absent. */
export interface KernelObserver {
  /** A system call is about to run (again, if it was blocked); `row` is undefined for an unknown number. */
  callBegins?(
    slot: number,
    row: SystemCall | undefined,
    number: number,
    args: Int32Array,
    resumed: boolean,
  ): void;
  /** It returned; `result` is a0, or undefined when it blocks or does not return. */
  callEnds?(
    slot: number,
    row: SystemCall | undefined,
    number: number,
    args: Int32Array,
    result: number | undefined,
  ): void;
  /** A process died of a fault: signal and address. */
  fault?(slot: number, signal: number, code: number, address: number): void;
  processEnds?(slot: number, status: number): void;
  /** Bytes for standard output (1) or standard error (2). Valid during the call. */
  output?(stream: number, bytes: Uint8Array): void;
}

/** The kernel as far as programs are put in place and looked at: before the first of them runs. */
export interface BootKernel extends Waker {
  readonly configuration: Configuration;
  readonly core: Core;
  readonly state: KernelState;
  readonly virtualMemory: VirtualMemory;
}

export interface Kernel extends BootKernel {
  readonly memory: SpaceMemory;
  /** The same process's memory for those who only look. */
  readonly inspection: Inspection;
  readonly services: KernelServices;
  readonly observer: KernelObserver;
}
