// The core's own frames and page tables, for the same tests as their model.

import { readFile } from "node:fs/promises";
import {
  MACHINE,
  MACHINE_FAIL_COUNTDOWN,
  MACHINE_FRAME_LIMIT,
  MACHINE_FRAMES_USED,
} from "../../assembly/layout.ts";
import { configure } from "../../host/machine/configuration.ts";
import { createCore } from "../../host/machine/instance.ts";
import type { TestPages } from "./page-model.ts";

/** Of a freshly booted core with this much guest memory, in bytes. */
export async function corePages(memory: number): Promise<TestPages> {
  const module = await WebAssembly.compile(new Uint8Array(await readFile("build/core.wasm")));
  const core = await createCore(module, configure({ memory }));
  const word = (field: number) => (MACHINE + field) >>> 2;
  return {
    ...core,
    get used() {
      return core.unsigned[word(MACHINE_FRAMES_USED)];
    },
    get limit() {
      return core.unsigned[word(MACHINE_FRAME_LIMIT)];
    },
    get failAfter() {
      return core.unsigned[word(MACHINE_FAIL_COUNTDOWN)];
    },
    set failAfter(count: number) {
      core.unsigned[word(MACHINE_FAIL_COUNTDOWN)] = count;
    },
  };
}
