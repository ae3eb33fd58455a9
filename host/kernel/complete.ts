// The whole kernel, from its beginning on: adds what programs that run ask of it.

import type { KernelServices } from "../syscalls/call.ts";
import { Inspection } from "./inspection.ts";
import type { BootKernel, Kernel, KernelObserver } from "./kernel.ts";
import { createServices } from "./services.ts";
import { SpaceMemory } from "./user-memory.ts";

/** It acts on the state of `boot`, and holds nothing else that a run depends on. */
export function completeKernel(boot: BootKernel, observer: KernelObserver): Kernel {
  const memory = new SpaceMemory(boot.core, boot.virtualMemory);
  const inspection = new Inspection(boot.core, boot.virtualMemory);
  const parts = { ...boot, memory, inspection, observer };
  const kernel: Kernel & { services: KernelServices } = { ...parts, services: undefined as never };
  kernel.services = createServices(kernel);
  return kernel;
}
