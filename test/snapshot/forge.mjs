// Forges snapshots: takes one of a machine at work, changes fields of its memory or of its tree at random, and
// puts right checksums on it. Each is refused, or runs without an exception of ours. In a process of its own,
// because a loop without end could be stopped by nothing else; names the seed before it tries it.
// Usage: forge.mjs FIRST-SEED COUNT

import { readFileSync, writeSync } from "node:fs";
import {
  EVENTS,
  FRAME_RECORD_SIZE,
  FRAME_TABLE,
  FRAMES,
  HARTS,
  MACHINE,
  MACHINE_FRAME_LIMIT,
  MACHINE_SLOT_LIMIT,
  PAGE_SIZE,
  PCB_SIZE,
  PID_SLOTS,
  PROCESSES,
  REPLAYABLE_BASE,
  WAIT_BUCKETS,
} from "../../build/assembly/layout.js";
import { Machine } from "../../build/host/index.js";
import { decodeSnapshot, encodeSnapshot, SnapshotError } from "../../build/host/machine/snapshot.js";

const BUILD = new URL("../../build/", import.meta.url);
const PROGRAMS = ["init", "pipeline", "tree", "orphan", "cat", "seq", "wc", "grep", "sleep", "tail", "crash"];
const INSTRUCTIONS = 300_000;
/** Values at which lists, counts and sizes go wrong. */
const VALUES = [
  0, 1, 2, 3, 5, 7, 0x7f, 0xff, 0x100, 0xfff, 0x1000, 0x1fff, 0x2000, 0xffff, 0x40000, 0x7fffffff, 0x80000000,
  0xfffffffe, 0xffffffff,
];

const core = new WebAssembly.Module(readFileSync(new URL("core.wasm", BUILD)));

async function machineAtWork(program, instructions) {
  const machine = await Machine.create({ core, memory: 1 << 20, harts: 2, turn: 50, quantum: 200 });
  for (const name of PROGRAMS)
    machine.writeFile(`/bin/${name}`, readFileSync(new URL(`bin/${name}`, BUILD)), 0o755);
  machine.start("/bin/init", ["init", `/bin/${program}`]);
  machine.run({ maxInstructions: instructions });
  return machine.snapshot();
}

function* numbers(seed) {
  for (let x = Math.imul(seed + 1, 0x9e3779b1) | 1; ; ) {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    yield x >>> 0;
  }
}

/** A place among the records that are in use. */
function placeIn(memory, next) {
  const words = new Uint32Array(memory.buffer);
  const word = (address) => words[(address - REPLAYABLE_BASE) >>> 2] ?? 0;
  const slots = word(MACHINE + MACHINE_SLOT_LIMIT);
  const frames = word(MACHINE + MACHINE_FRAME_LIMIT);
  const areas = [
    [MACHINE, 128],
    [HARTS, 512],
    [PROCESSES, slots * PCB_SIZE],
    [PROCESSES, slots * PCB_SIZE],
    [PID_SLOTS, 64],
    [WAIT_BUCKETS, EVENTS - WAIT_BUCKETS],
    [FRAME_TABLE, frames * FRAME_RECORD_SIZE],
    [FRAMES, frames * PAGE_SIZE],
  ];
  const [start, size] = areas[next(areas.length)];
  return start + (next(Math.max(size, 4)) & ~3);
}

function forgeMemory(image, next) {
  const last = image.numbers[image.numbers.length - 1] + 1;
  const memory = new Uint8Array(last * PAGE_SIZE);
  image.numbers.forEach((number, index) =>
    memory.set(image.bytes.subarray(index * PAGE_SIZE, (index + 1) * PAGE_SIZE), number * PAGE_SIZE),
  );
  const view = new DataView(memory.buffer);
  for (let changes = 1 + next(3); changes > 0; changes--) {
    const at = placeIn(memory, next) - REPLAYABLE_BASE;
    if (at + 4 > memory.length) continue;
    const old = view.getUint32(at, true);
    const kind = next(3);
    view.setUint32(
      at,
      kind === 0 ? VALUES[next(VALUES.length)] : kind === 1 ? old ^ (1 << next(32)) : old + next(5) - 2,
      true,
    );
  }
  const numbers = Uint32Array.from({ length: last }, (_, page) => page);
  return { numbers, bytes: memory };
}

/** All places of the tree that hold something: [container, key]. */
function placesOf(tree) {
  const places = [];
  const visit = (value) => {
    if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return;
    for (const key of value instanceof Map ? [] : Object.keys(value)) {
      places.push([value, key]);
      visit(value[key]);
    }
  };
  visit(tree);
  return places;
}

function forgeTree(tree, next) {
  for (let changes = 1 + next(2); changes > 0; changes--) {
    const places = placesOf(tree);
    const [container, key] = places[next(places.length)];
    const old = container[key];
    const others = [
      null,
      0,
      1,
      -1,
      7,
      2 ** 32,
      0.5,
      "",
      "x",
      true,
      [],
      {},
      typeof old === "number" ? old + 1 : 3,
    ];
    container[key] = others[next(others.length)];
  }
}

async function attempt(snapshot, next) {
  const parts = decodeSnapshot(snapshot);
  const forged = next(2) === 0 ? { ...parts, memory: forgeMemory(parts.memory, next) } : parts;
  if (forged === parts) forgeTree(parts.kernel, next);
  let machine;
  try {
    machine = await Machine.restore(core, encodeSnapshot(forged), { verify: true });
  } catch (error) {
    if (error instanceof SnapshotError) return "refused";
    throw error;
  }
  machine.run({ maxInstructions: INSTRUCTIONS });
  machine.snapshot();
  return "ran";
}

const snapshots = [];
for (const [program, instructions] of [
  ["pipeline", 20_000],
  ["tree", 9_000],
  ["orphan", 12_000],
  ["pipeline", 3_000],
]) {
  snapshots.push(await machineAtWork(program, instructions));
}
const [first, count] = process.argv.slice(2).map(Number);
const outcomes = { refused: 0, ran: 0 };
const failures = [];
for (let seed = first; seed < first + count; seed++) {
  writeSync(2, `${seed}\n`);
  const random = numbers(seed);
  const next = (limit) => random.next().value % limit;
  try {
    outcomes[await attempt(snapshots[seed % snapshots.length], next)]++;
  } catch (error) {
    failures.push(`seed ${seed}: ${error.stack.split("\n").slice(0, 4).join(" ")}`);
  }
}
console.log(JSON.stringify({ ...outcomes, failures }));
