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
export function reserveQueue(queue: ByteQueue, count: number): void {
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

/**
 * Copies bytes behind the queued ones and `ahead` further bytes, without queuing them yet: `commit` does, so
 * that bytes whose successors fault can be left out. Room must be reserved.
 */
export function stage(queue: ByteQueue, ahead: number, bytes: Uint8Array): void {
  const { data } = queue;
  const mask = data.length - 1;
  const at = (queue.start + queue.length + ahead) & mask;
  if (bytes.length <= SHORT) {
    for (let i = 0; i < bytes.length; i++) data[(at + i) & mask] = bytes[i];
    return;
  }
  const first = Math.min(bytes.length, data.length - at);
  data.set(first === bytes.length ? bytes : bytes.subarray(0, first), at);
  if (first < bytes.length) data.set(bytes.subarray(first), 0);
}

/** Queues `count` staged bytes. */
export function commit(queue: ByteQueue, count: number): void {
  queue.length += count;
}

/** Queues the bytes. */
export function enqueue(queue: ByteQueue, bytes: Uint8Array): void {
  reserveQueue(queue, bytes.length);
  stage(queue, 0, bytes);
  commit(queue, bytes.length);
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
    queue.length -= taken;
    queue.start = queue.length === 0 ? 0 : (queue.start + taken) & (queue.data.length - 1);
    done += taken;
    if (taken < bytes.length) break;
  }
  return done;
}
