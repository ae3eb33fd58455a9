// Pipes: pipe(7). A queue of at most 65,536 bytes; writes of up to 4,096 bytes are atomic. Whoever
// changes what a waiter waits for wakes the channel: bytes in an empty pipe, room in a full one.

import { EAGAIN, EFAULT, EPIPE } from "../syscalls/errno.ts";
import { pipeReadChannel, pipeWriteChannel } from "./pipe-end.ts";
import { dequeueWhole, enqueue } from "./queue.ts";
import type { FileServices } from "./services.ts";
import type { PipeInode } from "./state.ts";
import type { Sink, Source } from "./transfer.ts";

export const PIPE_CAPACITY = 65536;
/** A write of at most this many bytes happens whole or not at all. */
export const PIPE_ATOMIC = 4096;

/** Whether a write of up to PIPE_ATOMIC bytes would not wait. */
export function hasRoom(pipe: PipeInode): boolean {
  return PIPE_CAPACITY - pipe.queue.length >= PIPE_ATOMIC;
}

/**
 * Bytes read; 0 at the end (no writer is left); -EAGAIN while empty; -EFAULT with nothing lost. Like writes,
 * bytes go in steps of up to PIPE_ATOMIC; those of a step that faults stay, as in Linux.
 */
export function readPipe(services: FileServices, id: number, pipe: PipeInode, sink: Sink): number {
  if (sink.remaining === 0) return 0;
  if (pipe.queue.length === 0) return pipe.writers === 0 ? 0 : -EAGAIN;
  const hadRoom = hasRoom(pipe);
  let done = 0;
  while (pipe.queue.length > 0 && sink.remaining > 0) {
    const step = Math.min(PIPE_ATOMIC, pipe.queue.length, sink.remaining);
    if (!dequeueWhole(pipe.queue, sink, step)) break;
    done += step;
  }
  if (done === 0) return -EFAULT;
  if (!hadRoom) services.wakeup(pipeWriteChannel(id));
  return done;
}

/**
 * Writes what fits now of a write of `total` bytes whose rest is in the source. Returns the bytes written,
 * -EAGAIN if it must wait, -EPIPE if no reader is left, or -EFAULT. Bytes are taken in steps of up to
 * PIPE_ATOMIC; a step that faults writes nothing, as in Linux.
 */
export function writePipe(
  services: FileServices,
  id: number,
  pipe: PipeInode,
  source: Source,
  total: number,
): number {
  if (source.remaining === 0) return 0;
  if (pipe.readers === 0) return -EPIPE;
  const room = PIPE_CAPACITY - pipe.queue.length;
  if (room === 0 || (total <= PIPE_ATOMIC && room < total)) return -EAGAIN;
  const wasEmpty = pipe.queue.length === 0;
  const wanted = Math.min(room, source.remaining);
  let done = 0;
  while (done < wanted) {
    const step = Math.min(PIPE_ATOMIC, wanted - done);
    if (!writeStep(pipe, source, step)) break;
    done += step;
  }
  if (done === 0) return -EFAULT;
  if (wasEmpty) services.wakeup(pipeReadChannel(id));
  return done;
}

function writeStep(pipe: PipeInode, source: Source, step: number): boolean {
  const first = source.take(step);
  const bytes = first.length === step ? first : gather(first, source, step);
  if (bytes === null) return false;
  enqueue(pipe.queue, bytes);
  return true;
}

/** All bytes of a step that comes in pieces, or null if one of them faults. */
function gather(first: Uint8Array, source: Source, step: number): Uint8Array | null {
  const bytes = new Uint8Array(step);
  let done = 0;
  for (let piece = first; ; piece = source.take(step - done)) {
    if (piece.length === 0) return null;
    bytes.set(piece, done);
    done += piece.length;
    if (done === step) return bytes;
  }
}
