// The beginning of a kernel over a core: with fresh state, or with the state of a snapshot.

import { createFileSystem, type FileSystemOptions } from "../fs/create.ts";
import { seedRandom } from "../fs/random.ts";
import type { Configuration } from "../machine/configuration.ts";
import type { Core } from "../machine/core.ts";
import { createPageCache } from "../memory/cache.ts";
import { createVirtualMemory } from "../memory/space.ts";
import type { BootKernel } from "./kernel.ts";
import { mappedFiles } from "./mapped-files.ts";
import type { KernelState } from "./state.ts";
import { wakeup } from "./wakeup.ts";

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

/** Builds what acts on `state` before anything runs; it holds nothing else that a run depends on. */
export function createBootKernel(configuration: Configuration, core: Core, state: KernelState): BootKernel {
  const virtualMemory = createVirtualMemory(core, mappedFiles(state.files), state.pageCache);
  return {
    configuration,
    core,
    state,
    virtualMemory,
    wakeup: (channel) => wakeup(core, state, channel),
  };
}
