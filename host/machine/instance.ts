// Makes an instance of the core and boots it. The only file that knows the loader. All memory is reserved at once and
// never grows, so the views of it stay valid.

import { instantiateSync } from "@assemblyscript/loader";
import {
  FRAME_RECORD_SIZE,
  FRAME_REFERENCES,
  FRAME_TABLE,
  FRAMES,
  MACHINE,
  MACHINE_CLOCK_HZ,
  MACHINE_FRAME_COUNT,
  MACHINE_HART_COUNT,
  MACHINE_POLICY,
  MACHINE_QUANTUM,
  MACHINE_SEED,
  MACHINE_TURN,
  PAGE_SIZE,
} from "../../assembly/layout.ts";
import { type Configuration, frameCount, POLICIES, reservedPages } from "./configuration.ts";
import type { Core, CoreExports } from "./core.ts";

/** Instantiates the core and boots it with the configuration. */
export async function createCore(module: WebAssembly.Module, configuration: Configuration): Promise<Core> {
  const pages = reservedPages(configuration);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  // The loader's other form asks whether it was given a Response: at that name Node loads all of fetch.
  const { exports } = instantiateSync(module, { env: { memory } });
  const core = bind(exports as unknown as CoreExports, memory);
  if (!core.layoutHolds()) throw new Error("assertion: the core's static data runs into its first region");
  writeConfiguration(core, configuration);
  core.boot();
  return core;
}

function bind(exports: CoreExports, memory: WebAssembly.Memory): Core {
  const bytes = new Uint8Array(memory.buffer);
  const unsigned = new Uint32Array(memory.buffer);
  return {
    ...exports,
    bytes,
    unsigned,
    words: new Int32Array(memory.buffer),
    doublewords: new BigUint64Array(memory.buffer),
    frameReferences: (frame) => unsigned[(FRAME_TABLE + frame * FRAME_RECORD_SIZE + FRAME_REFERENCES) >>> 2],
    frameWord: (frame, index) => unsigned[((FRAMES + frame * PAGE_SIZE) >>> 2) + index],
    frameBytes: (frame) => bytes.subarray(FRAMES + frame * PAGE_SIZE, FRAMES + (frame + 1) * PAGE_SIZE),
    translate: (root, va, access) => exports.translate(root, va, access) >>> 0,
    pageMapZero: (root, va, protection, shared) => exports.pageMapZero(root, va, protection, shared) >>> 0,
  };
}

function writeConfiguration(core: Core, configuration: Configuration): void {
  const set = (field: number, value: number) => {
    core.unsigned[(MACHINE + field) >>> 2] = value;
  };
  set(MACHINE_HART_COUNT, configuration.harts);
  set(MACHINE_FRAME_COUNT, frameCount(configuration));
  set(MACHINE_TURN, configuration.turn);
  set(MACHINE_QUANTUM, configuration.quantum);
  set(MACHINE_POLICY, POLICIES[configuration.scheduler]);
  set(MACHINE_CLOCK_HZ, configuration.clockHz);
  core.doublewords[(MACHINE + MACHINE_SEED) >>> 3] = BigInt(configuration.seed);
}
