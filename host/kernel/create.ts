// A kernel over a core: with fresh state, or with the state of a snapshot.

import { createFileSystem, type FileSystemOptions } from "../fs/create.ts";
import { seedRandom } from "../fs/random.ts";
import type { Configuration } from "../machine/configuration.ts";
import type { Core } from "../machine/core.ts";
import { createPageCache } from "../memory/cache.ts";
import { createVirtualMemory } from "../memory/space.ts";
import type { KernelServices } from "../syscalls/call.ts";
import { Inspection } from "./inspection.ts";
import type { Kernel, KernelObserver } from "./kernel.ts";
import { mappedFiles } from "./mapped-files.ts";
import { createServices } from "./services.ts";
import type { KernelState } from "./state.ts";
import { SpaceMemory } from "./user-memory.ts";

/** The state of a machine in which nothing has happened yet. */
export function initialState(configuration: Configuration, files: FileSystemOptions): KernelState {
  return {
    processes: [],
    spaces: [],
    freeSpaces: [],
    files: createFileSystem({ ...files, bootSeconds: configuration.bootSeconds }),
    pageCache: createPageCache(),
    random: seedRandom(configuration.seed >>> 0, Math.floor(configuration.seed / 2 ** 32)),
    pollers: [],
    status: -1,
  };
}

/** Builds what acts on `state`; it holds nothing else that a run depends on. */
export function createKernel(
  configuration: Configuration,
  core: Core,
  state: KernelState,
  observer: KernelObserver,
): Kernel {
  const virtualMemory = createVirtualMemory(core, mappedFiles(state.files), state.pageCache);
  const memory = new SpaceMemory(core, virtualMemory);
  const inspection = new Inspection(core, virtualMemory);
  const parts = { configuration, core, state, memory, inspection, virtualMemory, observer };
  const kernel: Kernel & { services: KernelServices } = { ...parts, services: undefined as never };
  kernel.services = createServices(kernel);
  return kernel;
}
