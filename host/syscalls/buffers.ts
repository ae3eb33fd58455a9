// A program's buffers as the ends of a transfer: one range (read, write) or several (readv, writev).

import type { Sink, Source } from "../fs/transfer.ts";
import type { UserMemory } from "./call.ts";
import { EFAULT, EINVAL } from "./errno.ts";

/** Linux's IOV_MAX, and the most that one call moves (MAX_RW_COUNT). */
const IOV_MAX = 1024;
const TRANSFER_MAX = 0x7ffff000;

/** Bytes fetched from a program at a time. */
const CHUNK = 65536;
const NO_BYTES = new Uint8Array(0);

/** One range of a program's memory. */
export class UserRange implements Sink, Source {
  private readonly memory: UserMemory;
  private address: number;
  remaining: number;

  constructor(memory: UserMemory, address: number, length: number) {
    this.memory = memory;
    this.address = address;
    this.remaining = length;
  }

  put(bytes: Uint8Array): number {
    const wanted = bytes.length <= this.remaining ? bytes : bytes.subarray(0, this.remaining);
    return this.advance(this.memory.write(this.address, wanted));
  }

  take(limit: number): Uint8Array {
    const bytes = this.memory.readSome(this.address, Math.min(limit, this.remaining, CHUNK));
    this.advance(bytes.length);
    return bytes;
  }

  private advance(count: number): number {
    this.address = (this.address + count) >>> 0;
    this.remaining -= count;
    return count;
  }
}

/** Several ranges of a program's memory, one after the other. */
export class UserRanges implements Sink, Source {
  private readonly ranges: readonly UserRange[];
  private current = 0;

  constructor(ranges: readonly UserRange[]) {
    this.ranges = ranges;
  }

  get remaining(): number {
    let total = 0;
    for (let i = this.current; i < this.ranges.length; i++) total += this.ranges[i].remaining;
    return total;
  }

  put(bytes: Uint8Array): number {
    let done = 0;
    while (done < bytes.length) {
      const range = this.next();
      if (!range) break;
      const rest = bytes.subarray(done, done + range.remaining);
      const taken = range.put(rest);
      done += taken;
      if (taken < rest.length) break;
    }
    return done;
  }

  take(limit: number): Uint8Array {
    return this.next()?.take(limit) ?? NO_BYTES;
  }

  private next(): UserRange | null {
    while (this.current < this.ranges.length && this.ranges[this.current].remaining === 0) this.current++;
    return this.ranges[this.current] ?? null;
  }
}

/**
 * The ranges of an iovec array, leaving out the first `skip` bytes; or -EINVAL (count, a negative length),
 * -EFAULT. The total is cut at TRANSFER_MAX.
 */
export function userRanges(
  memory: UserMemory,
  address: number,
  count: number,
  skip: number,
): UserRanges | number {
  if (count < 0 || count > IOV_MAX) return -EINVAL;
  const ranges: UserRange[] = [];
  let total = 0;
  let left = skip;
  for (let i = 0; i < count; i++) {
    const base = memory.loadWord((address + 8 * i) >>> 0);
    const length = memory.loadWord((address + 8 * i + 4) >>> 0);
    if (base === null || length === null) return -EFAULT;
    if (length >> 31 !== 0) return -EINVAL;
    const used = Math.min(length >>> 0, TRANSFER_MAX - total);
    total += used;
    const skipped = Math.min(left, used);
    left -= skipped;
    if (used > skipped) ranges.push(new UserRange(memory, ((base >>> 0) + skipped) >>> 0, used - skipped));
  }
  return new UserRanges(ranges);
}

/** One range as a call gives it; -EINVAL for a length of 2^31 or more, -EFAULT if it also wraps past 2^32. */
export function userRange(memory: UserMemory, address: number, length: number): UserRange | number {
  if (length < 0) return (address >>> 0) + (length >>> 0) > 2 ** 32 ? -EFAULT : -EINVAL;
  return new UserRange(memory, address >>> 0, Math.min(length, TRANSFER_MAX));
}
