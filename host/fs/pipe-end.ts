// The two ends of a pipe: how many open files are one, and whom the last of them wakes when it is closed.

import { WAIT_KIND_SHIFT, WAIT_PIPE_READ, WAIT_PIPE_WRITE } from "../../assembly/layout.ts";
import { isReadable, isWritable } from "./flags.ts";
import type { Waker } from "./services.ts";
import type { PipeInode } from "./state.ts";

/** Woken when the pipe gets bytes or loses its last writer. */
export function pipeReadChannel(id: number): number {
  return (WAIT_PIPE_READ << WAIT_KIND_SHIFT) | id;
}

/** Woken when the pipe gets room or loses its last reader. */
export function pipeWriteChannel(id: number): number {
  return (WAIT_PIPE_WRITE << WAIT_KIND_SHIFT) | id;
}

/** An open file with these flags was made on the pipe. */
export function openPipeEnd(pipe: PipeInode, flags: number): void {
  if (isReadable(flags)) pipe.readers++;
  if (isWritable(flags)) pipe.writers++;
}

/** An open file with these flags is gone: the peers of a last end are woken. */
export function closePipeEnd(waker: Waker, id: number, pipe: PipeInode, flags: number): void {
  if (isReadable(flags) && --pipe.readers === 0) waker.wakeup(pipeWriteChannel(id));
  if (isWritable(flags) && --pipe.writers === 0) waker.wakeup(pipeReadChannel(id));
}
