// mremap(2): a mapping grows or shrinks in place, or moves with its pages (mm/mremap.c of 6.1).

import { PAGE_MASK } from "../../assembly/layout.ts";
import type { SpaceState } from "../kernel/state.ts";
import { MAX_REGIONS, USER_END, USER_START } from "../memory/layout.ts";
import { findFreeRange, findRegion, isFree, offsetAt, type Region } from "../memory/region.ts";
import { mapRegion, moveRange, unmapRange } from "../memory/space.ts";
import type { Call, Outcome } from "./call.ts";
import { EFAULT, EINVAL, ENOMEM, EPERM } from "./errno.ts";
import {
  addressLimit,
  dataBytes,
  exceedsMemory,
  isData,
  mayGrow,
  pageLength,
  RLIMIT_DATA,
  spaceOf,
  withinLimit,
} from "./memory-limits.ts";

const MREMAP_MAYMOVE = 1;
const MREMAP_FIXED = 2;

/** Argument checks in Linux's order. MREMAP_DONTUNMAP and the duplication of shared mappings are not offered. */
export function mremap(
  call: Call,
  address: number,
  oldLength: number,
  newLength: number,
  flags: number,
  newAddress: number,
): Outcome {
  const start = address >>> 0;
  if (flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED) || flags === MREMAP_FIXED || start & PAGE_MASK) return -EINVAL;
  const oldBytes = pageLength(oldLength) % 2 ** 32;
  const newBytes = pageLength(newLength) % 2 ** 32;
  if (newBytes === 0) return -EINVAL;
  const space = spaceOf(call);
  const region = findRegion(space.regions, start);
  if (region === null) return -EFAULT;
  if (flags & MREMAP_FIXED) {
    const target = newAddress >>> 0;
    const bad = fixedTargetError(start, oldBytes, newBytes, target);
    return bad !== 0 ? bad : remapTo(call, space, region, start, oldBytes, newBytes, target);
  }
  if (oldBytes >= newBytes) {
    unmapRange(call.services.virtualMemory, space, start + newBytes, Math.min(start + oldBytes, USER_END));
    return start;
  }
  return growMapping(call, space, region, start, oldBytes, newBytes, flags);
}

function fixedTargetError(start: number, oldBytes: number, newBytes: number, target: number): number {
  if (target & PAGE_MASK || newBytes > USER_END || target > USER_END - newBytes) return -EINVAL;
  if (target < USER_START) return -EPERM;
  return start + oldBytes > target && target + newBytes > start ? -EINVAL : 0;
}

/** 0, or why `oldBytes` from `start` cannot become `newBytes`. */
function resizeError(
  call: Call,
  space: SpaceState,
  region: Region,
  start: number,
  oldBytes: number,
  newBytes: number,
): number {
  if (oldBytes === 0) return -EINVAL;
  if (oldBytes > region.end - start) return -EFAULT;
  const growth = Math.max(newBytes - oldBytes, 0);
  if (!mayGrow(addressLimit(call), call.services.virtualMemory.pages, space, growth)) return -ENOMEM;
  if (isData(region) && exceedsMemory(call, growth)) return -ENOMEM;
  return isData(region) && !withinLimit(call, RLIMIT_DATA, dataBytes(space) + growth) ? -ENOMEM : 0;
}

function growMapping(
  call: Call,
  space: SpaceState,
  region: Region,
  start: number,
  oldBytes: number,
  newBytes: number,
  flags: number,
): Outcome {
  const bad = resizeError(call, space, region, start, oldBytes, newBytes);
  if (bad !== 0) return bad;
  const oldEnd = start + oldBytes;
  const newEnd = start + newBytes;
  if (oldEnd === region.end && newEnd <= USER_END && isFree(space.regions, oldEnd, newEnd)) {
    const more = { ...region, start: oldEnd, end: newEnd, offset: offsetAt(region, oldEnd) };
    mapRegion(call.services.virtualMemory, space, more);
    return start;
  }
  if ((flags & MREMAP_MAYMOVE) === 0 || newBytes > USER_END) return -ENOMEM;
  const target = findFreeRange(space.regions, newBytes);
  return target < 0 ? -ENOMEM : remapTo(call, space, region, start, oldBytes, newBytes, target);
}

/** Moves what is kept of the old range to `target`, and ends the old range. */
function remapTo(
  call: Call,
  space: SpaceState,
  region: Region,
  start: number,
  oldBytes: number,
  newBytes: number,
  target: number,
): Outcome {
  const bad = resizeError(call, space, region, start, Math.min(oldBytes, newBytes), newBytes);
  if (bad !== 0) return bad;
  if (isData(region) && exceedsMemory(call, newBytes)) return -ENOMEM;
  if (space.regions.length + 2 > MAX_REGIONS) return -ENOMEM;
  const moved = { ...region, start: target, end: target + newBytes, offset: offsetAt(region, start) };
  const memory = call.services.virtualMemory;
  const kept = Math.min(oldBytes, newBytes);
  return moveRange(memory, space, start, start + kept, start + oldBytes, moved) ? target : -ENOMEM;
}
