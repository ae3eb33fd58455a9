// A first-in first-out queue of bytes in a ring: the content of a pipe, the input of a terminal.
// The ring starts empty and doubles, so that a thousand idle pipes cost nothing.

import type { ByteQueue } from "./state.ts";
import type { Sink } from "./transfer.ts";

const SMALLEST_RING = 512;

// Short runs of bytes, the common case, go through one of these: a new view costs more than the copy.
const SHORT = 16;
const shortBytes = new Uint8Array(SHORT);
const shortViews = Array.from({ length: SHORT + 1 }, (_, length) => shortBytes.subarray(0, length));

/** Makes room for `count` more bytes. */
function reserve(queue: ByteQueue, count: number): void {
  const needed = queue.length + count;
  if (needed <= queue.data.length) return;
  let size = Math.max(queue.data.length, SMALLEST_RING);
  while (size < needed) size *= 2;
  const data = new Uint8Array(size);
  const first = Math.min(queue.length, queue.data.length - queue.start);
  data.set(queue.data.subarray(queue.start, queue.start + first));
  data.set(queue.data.subarray(0, queue.length - first), first);
  queue.data = data;
  queue.start = 0;
}

/** Queues the bytes. */
export function enqueue(queue: ByteQueue, bytes: Uint8Array): void {
  reserve(queue, bytes.length);
  const { data } = queue;
  const mask = data.length - 1;
  const at = (queue.start + queue.length) & mask;
  queue.length += bytes.length;
  if (bytes.length <= SHORT) {
    for (let i = 0; i < bytes.length; i++) data[(at + i) & mask] = bytes[i];
    return;
  }
  const first = Math.min(bytes.length, data.length - at);
  data.set(first === bytes.length ? bytes : bytes.subarray(0, first), at);
  if (first < bytes.length) data.set(bytes.subarray(first), 0);
}

/** The first bytes of the queue that lie in one piece, at most `limit`. Valid until the next call. */
function front(queue: ByteQueue, limit: number): Uint8Array {
  const { data, start } = queue;
  const count = Math.min(limit, queue.length, data.length - start);
  if (count > SHORT) return data.subarray(start, start + count);
  for (let i = 0; i < count; i++) shortBytes[i] = data[start + i];
  return shortViews[count];
}

/** Moves bytes from the queue to the sink until one of them ends; those that fault stay queued. */
export function dequeue(queue: ByteQueue, sink: Sink): number {
  let done = 0;
  while (queue.length > 0 && sink.remaining > 0) {
    const bytes = front(queue, sink.remaining);
    const taken = sink.put(bytes);
    drop(queue, taken);
    done += taken;
    if (taken < bytes.length) break;
  }
  return done;
}

/** Moves `count` bytes, which must be there and fit, from the queue to the sink; all stay queued if one faults. */
export function dequeueWhole(queue: ByteQueue, sink: Sink, count: number): boolean {
  const { start, length } = queue;
  const rest = length - count;
  while (queue.length > rest) {
    const bytes = front(queue, queue.length - rest);
    const taken = sink.put(bytes);
    drop(queue, taken);
    if (taken < bytes.length) {
      queue.start = start;
      queue.length = length;
      return false;
    }
  }
  return true;
}

function drop(queue: ByteQueue, count: number): void {
  queue.length -= count;
  queue.start = queue.length === 0 ? 0 : (queue.start + count) & (queue.data.length - 1);
}

/** Takes the first byte out. There must be one. */
export function shift(queue: ByteQueue): number {
  const byte = queue.data[queue.start];
  drop(queue, 1);
  return byte;
}
