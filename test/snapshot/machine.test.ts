// Snapshots of whole machines, taken in the middle of a program with several processes, copy-on-write, shared
// memory, heap and pipe: what is restored runs on exactly like what was saved.

import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { MACHINE, MACHINE_FRAME_LIMIT, MACHINE_FRAMES_USED } from "../../assembly/layout.ts";
import { SnapshotError } from "../../host/machine/snapshot.ts";
import { Machine } from "../../host/machine.ts";
import { cachedFrames } from "../../host/memory/cache.ts";
import { checkMemory } from "../../host/memory/check.ts";
import { missing } from "../harness/tools.ts";
import { compile } from "../loader/compiled.ts";

/** Three children fill their copies of the heap and add to a shared page; the parent reads their sums from a pipe. */
const WORKLOAD = `
static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long a7 __asm__("a7") = number, a0 __asm__("a0") = a, a1 __asm__("a1") = b, a2 __asm__("a2") = c,
    a3 __asm__("a3") = d, a4 __asm__("a4") = e, a5 __asm__("a5") = f;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
  return a0;
}
enum { READ = 63, WRITE = 64, PIPE2 = 59, EXIT_GROUP = 94, WAITID = 95, YIELD = 124, BRK = 214, MUNMAP = 215, CLONE = 220,
  MMAP2 = 222, MPROTECT = 226 };
enum { PAGES = 6, WORDS = PAGES * 1024 };
static unsigned* heap;
static volatile unsigned* shared;
static int ends[2];

static unsigned child(unsigned seed) {
  for (int round = 0; round < 4; round++) {
    for (int i = 0; i < WORDS; i += 37) heap[i] = heap[i] * 1664525u + seed + i;
    call(MPROTECT, (long)heap, 4096, 1, 0, 0, 0);
    shared[seed] += heap[5];
    call(YIELD, 0, 0, 0, 0, 0, 0);
    call(MPROTECT, (long)heap, 4096, 3, 0, 0, 0);
  }
  unsigned sum = 0;
  for (int i = 0; i < WORDS; i++) sum = sum * 31 + heap[i];
  return sum;
}

static void print(unsigned value) {
  char text[9];
  for (int i = 0; i < 8; i++) text[i] = "0123456789abcdef"[value >> (28 - 4 * i) & 15];
  text[8] = '\\n';
  call(WRITE, 1, (long)text, 9, 0, 0, 0);
}

void _start(void) {
  heap = (unsigned*)call(BRK, 0, 0, 0, 0, 0, 0);
  call(BRK, (long)(heap + WORDS), 0, 0, 0, 0, 0);
  for (int i = 0; i < WORDS; i++) heap[i] = i;
  shared = (unsigned*)call(MMAP2, 0, 8192, 3, 0x21, -1, 0);
  call(PIPE2, (long)ends, 0, 0, 0, 0, 0);
  for (unsigned n = 1; n <= 3; n++) {
    if (call(CLONE, 17, 0, 0, 0, 0, 0) == 0) {
      unsigned sum = child(n);
      call(WRITE, ends[1], (long)&sum, 4, 0, 0, 0);
      call(EXIT_GROUP, n, 0, 0, 0, 0, 0);
    }
  }
  for (int n = 0; n < 3; n++) {
    unsigned sum;
    call(READ, ends[0], (long)&sum, 4, 0, 0, 0);
    print(sum);
  }
  while (call(WAITID, 0, -1, 0, 4, 0, 0) == 0) {}
  print(shared[1] ^ shared[2] ^ shared[3]);
  print(heap[7]);
  call(EXIT_GROUP, 42, 0, 0, 0, 0, 0);
}
`;

let core: WebAssembly.Module;
beforeAll(async () => {
  core = await WebAssembly.compile(new Uint8Array(await readFile("build/core.wasm")));
});

/** What is wrong with the machine's memory. */
function problems(machine: Machine): string[] {
  const { core: pages, state } = machine.kernel;
  const word = (field: number) => pages.unsigned[(MACHINE + field) >>> 2];
  const frames = { limit: word(MACHINE_FRAME_LIMIT), used: word(MACHINE_FRAMES_USED) };
  return checkMemory(state.spaces, state.pageCache, pages, frames);
}

describe.skipIf(missing("riscv64-unknown-elf-gcc"))("a machine with several processes", () => {
  let program: Uint8Array;
  beforeAll(() => {
    // Nothing sets gp up, so nothing may be addressed through it.
    program = compile("gcc", WORKLOAD, ["-Wl,--no-relax"]);
  });

  async function newMachine(harts: number): Promise<Machine> {
    const machine = await Machine.create({ core, harts, quantum: 3000, turn: 100, memory: 4 * 1024 * 1024 });
    expect(machine.load(program, ["workload"])).toBe(1);
    return machine;
  }

  /** Runs in stretches of that many instructions; the hash after each, what was printed, and the end. */
  function trace(machine: Machine, stretch: number) {
    const hashes: string[] = [];
    let output = "";
    machine.on("output", (bytes) => {
      output += Buffer.from(bytes).toString();
    });
    for (;;) {
      const result = machine.run({ maxInstructions: stretch });
      expect(problems(machine)).toEqual([]);
      hashes.push(machine.stateHash());
      if (result.reason !== "budget") return { hashes, output, result };
    }
  }

  test.each([1, 4])(
    "keeps the invariants of memory and ends with every frame given back (%i harts)",
    async (harts) => {
      const machine = await newMachine(harts);
      const { result, output } = trace(machine, 1500);
      expect(result).toMatchObject({ reason: "ended", status: 42 << 8 });
      expect(output).toMatch(/^([0-9a-f]{8}\n){4}00000007\n$/);
      const { core: pages, state } = machine.kernel;
      expect(pages.unsigned[(MACHINE + MACHINE_FRAMES_USED) >>> 2]).toBe(
        cachedFrames(state.pageCache).length,
      );
    },
  );

  test.each([1, 4])("is the same machine twice (%i harts)", async (harts) => {
    const [first, second] = [trace(await newMachine(harts), 5000), trace(await newMachine(harts), 5000)];
    expect(second).toEqual(first);
  });

  test.each([1, 4])("runs on identically after a restore at any moment (%i harts)", async (harts) => {
    const original = await newMachine(harts);
    for (let moment = 0; moment < 12; moment++) {
      const restored = await Machine.restore(core, original.snapshot());
      expect(restored.stateHash()).toBe(original.stateHash());
      const result = original.run({ maxInstructions: 7919 });
      expect(restored.run({ maxInstructions: 7919 })).toEqual(result);
      expect(restored.stateHash()).toBe(original.stateHash());
      expect(Buffer.compare(restored.snapshot(), original.snapshot())).toBe(0);
      expect(problems(restored)).toEqual([]);
    }
  });

  test("is refused when its snapshot is damaged", async () => {
    const file = (await newMachine(1)).snapshot();
    file[file.length >> 1] ^= 1;
    await expect(Machine.restore(core, file)).rejects.toThrow(SnapshotError);
  });
});
