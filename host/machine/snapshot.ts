// Snapshots: what a machine is at one moment, and their file form.
//
//   8 bytes magic | u32 version | u32 sections | sections … | nothing
//   section: 4 letters | u32 length | payload | 16 bytes checksum of all that precedes in the section
//
//   CONF  tree: the machine's configuration
//   KERN  tree: the kernel's state
//   PAGE  u32 count | page numbers, u32 each | 4096 bytes for each
//   DONE  checksum of all that precedes in the file
//
// Any single wrong bit and any cut is found. The checksum does not prove where a file comes from.

import { PAGE_SIZE } from "../../assembly/layout.ts";
import { checksum } from "./snapshot-checksum.ts";
import { CodecError, decodeTree, encodeTree } from "./snapshot-codec.ts";
import type { MemoryImage } from "./snapshot-memory.ts";

/** Changes with layout.ts, the kernel's state or this format: a snapshot is for one version only. */
export const SNAPSHOT_VERSION = 5;

/** Like PNG's: the high bit and the line ends show a file that was treated as text. */
const MAGIC = Uint8Array.of(0x89, 0x54, 0x53, 0x4c, 0x43, 0x0d, 0x0a, 0x1a);
const HEADER_SIZE = 16;
const SECTION_HEAD = 8;
const CHECKSUM_SIZE = 16;

export interface Snapshot {
  /** Plain data. */
  configuration: unknown;
  /** Plain data: the kernel's state. */
  kernel: unknown;
  memory: MemoryImage;
}

export type SnapshotErrorCode = "not-a-snapshot" | "unsupported-version" | "damaged" | "inconsistent";

export class SnapshotError extends Error {
  override readonly name = "SnapshotError";
  readonly code: SnapshotErrorCode;
  /** Byte of the file at which the trouble was found. */
  readonly offset: number;

  constructor(code: SnapshotErrorCode, offset: number, message: string) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}

/** Throws TypeError if configuration or kernel state hold something that is not plain data. */
export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  const sections: [string, Uint8Array][] = [
    ["CONF", encodeTree(snapshot.configuration)],
    ["KERN", encodeTree(snapshot.kernel)],
    ["PAGE", encodePages(snapshot.memory)],
  ];
  const parts = [header(sections.length + 1), ...sections.map(([tag, payload]) => section(tag, payload))];
  return join([...parts, section("DONE", checksum(join(parts)))]);
}

/** Throws SnapshotError. */
export function decodeSnapshot(bytes: Uint8Array): Snapshot {
  const count = readHeader(bytes);
  const payloads = new Map<string, Payload>();
  let at = HEADER_SIZE;
  for (let index = 0; index < count; index++) {
    const { tag, payload } = readSection(bytes, at);
    if (tag === "DONE") checkWhole(bytes.subarray(0, at), payload);
    payloads.set(tag, payload);
    at = payload.start + payload.bytes.length + CHECKSUM_SIZE;
  }
  if (at !== bytes.length) throw damaged(at, "bytes follow the last section");
  const need = (tag: string): Payload => {
    const payload = payloads.get(tag);
    if (payload === undefined) throw damaged(at, `section ${tag} is missing`);
    return payload;
  };
  need("DONE");
  return { configuration: tree(need("CONF")), kernel: tree(need("KERN")), memory: decodePages(need("PAGE")) };
}

interface Payload {
  readonly start: number;
  readonly bytes: Uint8Array;
}

function damaged(offset: number, what: string): SnapshotError {
  return new SnapshotError("damaged", offset, `the snapshot is damaged at byte ${offset}: ${what}`);
}

function header(sections: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_SIZE);
  bytes.set(MAGIC);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, SNAPSHOT_VERSION, true);
  view.setUint32(12, sections, true);
  return bytes;
}

/** Number of sections. */
function readHeader(bytes: Uint8Array): number {
  if (MAGIC.some((byte, index) => bytes[index] !== byte)) {
    throw new SnapshotError(
      "not-a-snapshot",
      0,
      "this is not a snapshot of Timeslice: its first 8 bytes differ",
    );
  }
  if (bytes.length < HEADER_SIZE) throw damaged(bytes.length, "it ends in the header");
  const view = viewOf(bytes);
  const version = view.getUint32(8, true);
  if (version !== SNAPSHOT_VERSION) {
    const message = `the snapshot has version ${version}; this program reads version ${SNAPSHOT_VERSION}`;
    throw new SnapshotError("unsupported-version", 8, message);
  }
  return view.getUint32(12, true);
}

function section(tag: string, payload: Uint8Array): Uint8Array {
  const head = new Uint8Array(SECTION_HEAD);
  for (let i = 0; i < 4; i++) head[i] = tag.charCodeAt(i);
  new DataView(head.buffer).setUint32(4, payload.length, true);
  const body = join([head, payload]);
  return join([body, checksum(body)]);
}

function readSection(bytes: Uint8Array, at: number): { tag: string; payload: Payload } {
  if (at + SECTION_HEAD > bytes.length) throw damaged(bytes.length, "it ends before its last section");
  const start = at + SECTION_HEAD;
  const length = viewOf(bytes).getUint32(at + 4, true);
  const end = start + length;
  if (end + CHECKSUM_SIZE > bytes.length) throw damaged(at, "a section is longer than the file");
  const tag = String.fromCharCode(...bytes.subarray(at, at + 4));
  if (!equal(checksum(bytes.subarray(at, end)), bytes.subarray(end, end + CHECKSUM_SIZE))) {
    throw damaged(at, `the checksum of section ${JSON.stringify(tag)} does not match`);
  }
  return { tag, payload: { start, bytes: bytes.subarray(start, end) } };
}

function checkWhole(preceding: Uint8Array, payload: Payload): void {
  if (!equal(checksum(preceding), payload.bytes)) throw damaged(0, "the checksum of the file does not match");
}

function tree(payload: Payload): unknown {
  try {
    return decodeTree(payload.bytes);
  } catch (error) {
    if (error instanceof CodecError) throw damaged(payload.start + error.offset, error.message);
    throw error;
  }
}

function encodePages(image: MemoryImage): Uint8Array {
  const count = image.numbers.length;
  const bytes = new Uint8Array(4 + count * 4 + image.bytes.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, count, true);
  for (let i = 0; i < count; i++) view.setUint32(4 + i * 4, image.numbers[i], true);
  bytes.set(image.bytes, 4 + count * 4);
  return bytes;
}

function decodePages(payload: Payload): MemoryImage {
  const { bytes, start } = payload;
  const view = viewOf(bytes);
  const count = bytes.length < 4 ? 0 : view.getUint32(0, true);
  if (bytes.length !== 4 + count * (4 + PAGE_SIZE)) throw damaged(start, "the count of pages does not match");
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    numbers[i] = view.getUint32(4 + i * 4, true);
    if (i > 0 && numbers[i] <= numbers[i - 1]) throw damaged(start + 4 + i * 4, "pages are not in order");
  }
  return { numbers, bytes: bytes.slice(4 + count * 4) };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
