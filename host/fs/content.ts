// The content of regular files: read, written, cut and grown, within the limits of the file system.
// Invariants: data.length counts towards `bytesUsed`; bytes of `data` from `size` on are zero.

import { EFAULT, EFBIG, ENOSPC } from "../syscalls/errno.ts";
import { touch } from "./inode.ts";
import type { FileSystemState, RegularInode } from "./state.ts";
import { putZeros, type Sink, type Source } from "./transfer.ts";

const SMALLEST_ROOM = 64;

/**
 * The content from `offset` on, at most `length` bytes, as far as it is stored: what lies behind it up to
 * the file's size is zero. A view: valid until the file is written.
 */
export function storedContent(inode: RegularInode, offset: number, length: number): Uint8Array {
  const end = Math.min(offset + length, inode.size, inode.data.length);
  return inode.data.subarray(Math.min(offset, end), end);
}

/** Makes room for `needed` bytes, or for as many of them as the file system has. Returns the new room. */
function reserve(files: FileSystemState, inode: RegularInode, needed: number): number {
  const room = inode.data.length;
  if (needed <= room) return room;
  const largest = room + files.limits.bytes - files.bytesUsed;
  const wanted = Math.max(needed, 2 * room, SMALLEST_ROOM);
  const next = wanted <= largest ? wanted : Math.min(needed, largest);
  if (next <= room) return room;
  const data = new Uint8Array(next);
  data.set(inode.data);
  inode.data = data;
  files.bytesUsed += next - room;
  return next;
}

/** Reads from `offset`; returns the bytes given to the sink, 0 at the end, or -EFAULT. */
export function readContent(inode: RegularInode, offset: number, sink: Sink): number {
  const wanted = Math.min(sink.remaining, inode.size - offset);
  if (wanted <= 0) return 0;
  const stored = storedContent(inode, offset, wanted);
  let done = stored.length === 0 ? 0 : sink.put(stored);
  if (done === stored.length && done < wanted) done += putZeros(sink, wanted - done);
  return done === 0 ? -EFAULT : done;
}

/**
 * Writes at `offset`, at most up to the offset `limit` (RLIMIT_FSIZE). Returns the bytes written, fewer than
 * asked where room, limit or the program's memory end; -EFBIG, -ENOSPC or -EFAULT if none.
 */
export function writeContent(
  files: FileSystemState,
  inode: RegularInode,
  offset: number,
  source: Source,
  limit: number,
  now: number,
): number {
  if (source.remaining === 0) return 0;
  const largest = Math.min(limit, files.limits.fileBytes) - offset;
  if (largest <= 0) return -EFBIG;
  const wanted = Math.min(source.remaining, largest);
  const roomBefore = inode.data.length;
  // Room is made for what the program has, not for what it says: its memory may end long before its length.
  let done = 0;
  let isFull = false;
  while (done < wanted && !isFull) {
    const bytes = source.take(wanted - done);
    if (bytes.length === 0) break;
    const at = offset + done;
    const fits = Math.max(0, Math.min(bytes.length, reserve(files, inode, at + bytes.length) - at));
    inode.data.set(bytes.subarray(0, fits), fits > 0 ? at : 0);
    done += fits;
    isFull = fits < bytes.length;
  }
  if (done > 0) {
    inode.size = Math.max(inode.size, offset + done);
    touch(inode, now);
    return done;
  }
  shrink(files, inode, roomBefore);
  return isFull ? -ENOSPC : -EFAULT;
}

/** Gives back room that a failed write reserved. */
function shrink(files: FileSystemState, inode: RegularInode, room: number): void {
  if (inode.data.length === room) return;
  files.bytesUsed -= inode.data.length - room;
  inode.data = inode.data.slice(0, room);
}

/** Sets the size: what is cut off is forgotten, what is added is a hole. 0, or -EFBIG. */
export function resizeContent(
  files: FileSystemState,
  inode: RegularInode,
  size: number,
  now: number,
): number {
  if (size > files.limits.fileBytes) return -EFBIG;
  if (size === 0) shrink(files, inode, 0);
  else if (size < inode.size) inode.data.fill(0, Math.min(size, inode.data.length));
  inode.size = size;
  touch(inode, now);
  return 0;
}
