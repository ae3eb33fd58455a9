import { expect, test } from "vitest";
import { FRAME_TABLE, FRAMES, MACHINE, MACHINE_FRAME_LIMIT, PAGE_SIZE } from "../../assembly/layout.ts";
import {
  decodeSnapshot,
  encodeSnapshot,
  SNAPSHOT_VERSION,
  type Snapshot,
  SnapshotError,
} from "../../host/machine/snapshot.ts";
import { hashState } from "../../host/machine/snapshot-hash.ts";
import { captureMemory, restoreMemory } from "../../host/machine/snapshot-memory.ts";

const FRAME_COUNT = 8;
const MEMORY_SIZE = FRAMES + FRAME_COUNT * PAGE_SIZE;

/** A core's memory with five frames ever used: 1 holds bytes, 2 zeros, 3 is free with old bytes in it, 4 bytes. */
function sampleMemory(): Uint8Array {
  const memory = new Uint8Array(MEMORY_SIZE);
  const words = new Int32Array(memory.buffer);
  words[(MACHINE + MACHINE_FRAME_LIMIT) >>> 2] = 5;
  for (const frame of [1, 2, 4]) words[(FRAME_TABLE + frame * 16) >>> 2] = 1;
  for (const frame of [1, 3, 4])
    memory.fill(frame, FRAMES + frame * PAGE_SIZE, FRAMES + frame * PAGE_SIZE + 100);
  return memory;
}

const memory = sampleMemory();
const kernel = { processes: [null, { pid: 1, name: "init" }], data: Uint8Array.of(1, 2, 3) };
const snapshot: Snapshot = { configuration: { harts: 2, seed: 7 }, kernel, memory: captureMemory(memory) };
const file = encodeSnapshot(snapshot);

function errorOf(bytes: Uint8Array): SnapshotError {
  try {
    decodeSnapshot(bytes);
  } catch (error) {
    if (error instanceof SnapshotError) return error;
    throw error;
  }
  throw new Error("it was accepted");
}

test("a file gives back what was put in", () => {
  expect(decodeSnapshot(file)).toEqual(snapshot);
});

test("zero pages and free frames are not in the image", () => {
  const firstFrame = (FRAMES - (MACHINE - (MACHINE % PAGE_SIZE))) / PAGE_SIZE;
  const frames = Array.from(snapshot.memory.numbers, (page) => page - firstFrame).filter(
    (frame) => frame >= 0,
  );
  expect(frames).toEqual([1, 4]);
});

test("restored memory hashes like the captured one, whatever was there before", () => {
  const other = new Uint8Array(MEMORY_SIZE);
  new Int32Array(other.buffer)[(MACHINE + MACHINE_FRAME_LIMIT) >>> 2] = FRAME_COUNT;
  other.fill(0xaa, FRAMES + PAGE_SIZE);
  restoreMemory(other, snapshot.memory);
  expect(hashState(other, kernel)).toBe(hashState(memory, kernel));
  expect(captureMemory(other)).toEqual(snapshot.memory);
});

test("an image of a larger machine is refused", () => {
  expect(() => restoreMemory(new Uint8Array(FRAMES), snapshot.memory)).toThrow(RangeError);
});

test("the hash depends on memory, on the page a value is in, and on the kernel's state", () => {
  const changed = sampleMemory();
  changed[FRAMES + PAGE_SIZE + 50] ^= 1;
  const moved = sampleMemory();
  moved.copyWithin(FRAMES + 2 * PAGE_SIZE, FRAMES + PAGE_SIZE, FRAMES + 2 * PAGE_SIZE);
  moved.fill(0, FRAMES + PAGE_SIZE, FRAMES + 2 * PAGE_SIZE);
  const hashes = [
    hashState(memory, kernel),
    hashState(changed, kernel),
    hashState(moved, kernel),
    hashState(memory, {}),
  ];
  expect(new Set(hashes).size).toBe(4);
});

test("what a free frame still holds does not count", () => {
  const other = sampleMemory();
  other.fill(0x55, FRAMES + 3 * PAGE_SIZE, FRAMES + 4 * PAGE_SIZE);
  expect(hashState(other, kernel)).toBe(hashState(memory, kernel));
});

test("another file is told apart from a damaged snapshot", () => {
  expect(errorOf(new TextEncoder().encode("#!/bin/sh\necho hello\n")).code).toBe("not-a-snapshot");
  expect(errorOf(new Uint8Array(0)).code).toBe("not-a-snapshot");
});

test("another version is named together with the one that is read", () => {
  const other = file.slice();
  other[8] = SNAPSHOT_VERSION + 1;
  const error = errorOf(other);
  expect(error.code).toBe("unsupported-version");
  expect(error.message).toBe(
    `the snapshot has version ${SNAPSHOT_VERSION + 1}; this program reads version ${SNAPSHOT_VERSION}`,
  );
});

test("a damaged section is named with its place", () => {
  const other = file.slice();
  other[40] ^= 4;
  expect(errorOf(other).message).toBe(
    'the snapshot is damaged at byte 16: the checksum of section "CONF" does not match',
  );
});

test("every flipped bit of the small parts, and a spread over the pages, is found", () => {
  const other = file.slice();
  for (let byte = 0; byte < other.length; byte += byte < 400 || byte > other.length - 60 ? 1 : 97) {
    for (let bit = 0; bit < 8; bit++) {
      other[byte] ^= 1 << bit;
      expect(() => decodeSnapshot(other)).toThrow(SnapshotError);
      other[byte] ^= 1 << bit;
    }
  }
});

test("every cut is found, and so are bytes behind the end", () => {
  for (let length = 0; length < file.length; length += length < 400 ? 1 : 61) {
    expect(() => decodeSnapshot(file.subarray(0, length))).toThrow(SnapshotError);
  }
  const longer = new Uint8Array(file.length + 1);
  longer.set(file);
  expect(errorOf(longer).code).toBe("damaged");
});
