// The system calls of memory: brk, mmap2 and their kin. Argument checks in Linux's order (mm/mmap.c,
// mm/mprotect.c, mm/mremap.c, mm/madvise.c of 6.1), so that each mistake gives the errno that programs expect.

import { PAGE_MASK, PAGE_SIZE, PROTECT_EXECUTE, PROTECT_READ, PROTECT_WRITE } from "../../assembly/layout.ts";
import { isReadable, isWritable, O_PATH } from "../fs/flags.ts";
import { inodeOf, openFileOf } from "../fs/inode.ts";
import type { OpenFile } from "../fs/state.ts";
import type { SpaceState } from "../kernel/state.ts";
import { createObject } from "../memory/cache.ts";
import { MAX_REGIONS, USER_END, USER_START } from "../memory/layout.ts";
import { findFreeRange, findRegion, isCovered, isFree, NO_LIMIT, type Region } from "../memory/region.ts";
import { mapRegion, plainRegion, protectRange, unmapRange } from "../memory/space.ts";
import type { Call, Outcome, SystemCall } from "./call.ts";
import { EACCES, EBADF, EEXIST, EINVAL, ENODEV, ENOMEM, EOPNOTSUPP, EOVERFLOW, EPERM } from "./errno.ts";
import {
  dataBytes,
  exceedsMemory,
  isAccounted,
  isData,
  mayExpand,
  pageLength,
  RLIMIT_DATA,
  spaceOf,
  withinLimit,
} from "./memory-limits.ts";
import { mremap } from "./memory-remap.ts";

const MAP_SHARED = 1;
const MAP_PRIVATE = 2;
const MAP_SHARED_VALIDATE = 3;
const MAP_TYPE = 15;
const MAP_FIXED = 0x10;
const MAP_ANONYMOUS = 0x20;
const MAP_NORESERVE = 0x4000;
const MAP_FIXED_NOREPLACE = 0x100000;
/** Flags besides the type that MAP_SHARED_VALIDATE accepts: all that Linux's generic ABI defines but MAP_SYNC. */
const MAP_KNOWN = 0x17ff70;

const PROTECT_ALL = PROTECT_READ | PROTECT_WRITE | PROTECT_EXECUTE;
/** PROT_SEM is accepted and means nothing; the GROWS bits have no meaning without growing regions. */
const PROT_SEM = 8;
const PROT_GROWSDOWN = 0x01000000;
const PROT_GROWSUP = 0x02000000;

const MADV_DONTNEED = 4;
/** Advice that may be ignored: NORMAL … WILLNEED, FREE, DOFORK, NOHUGEPAGE, DONTDUMP, DODUMP, KEEPONFORK, COLD, PAGEOUT. */
const IGNORED_ADVICE = [0, 1, 2, 3, 8, 11, 15, 16, 17, 19, 20, 21];

const MS_ASYNC = 1;
const MS_INVALIDATE = 2;
const MS_SYNC = 4;

/** The current break whenever the wanted one cannot be had, as brk(2)'s notes on the kernel say. */
function brk(call: Call, wanted: number): Outcome {
  const space = spaceOf(call);
  const target = wanted >>> 0;
  if (target < space.breakStart || target > USER_END) return space.break;
  const oldEnd = pageLength(space.break);
  const newEnd = pageLength(target);
  if (newEnd > oldEnd && !growBreak(call, space, oldEnd, newEnd)) return space.break;
  if (newEnd < oldEnd) unmapRange(call.services.virtualMemory, space, newEnd, oldEnd);
  space.break = target;
  return target;
}

function growBreak(call: Call, space: SpaceState, start: number, end: number): boolean {
  if (!withinLimit(call, RLIMIT_DATA, end - space.breakStart) || exceedsMemory(call, end - start))
    return false;
  if (!isFree(space.regions, start, end) || space.regions.length >= MAX_REGIONS) return false;
  const region = plainRegion("break", start, end, PROTECT_READ | PROTECT_WRITE, "[heap]");
  if (!mayExpand(call, space, region)) return false;
  mapRegion(call.services.virtualMemory, space, region);
  return true;
}

function mmap2(
  call: Call,
  hint: number,
  length: number,
  prot: number,
  flags: number,
  fd: number,
  page: number,
): Outcome {
  const file = flags & MAP_ANONYMOUS ? null : mappableFile(call, fd);
  if (typeof file === "number") return file;
  if (length === 0) return -EINVAL;
  const bytes = pageLength(length);
  if (bytes >= 2 ** 32) return -ENOMEM;
  if ((page >>> 0) + bytes / PAGE_SIZE >= 2 ** 32) return -EOVERFLOW;
  const space = spaceOf(call);
  if (space.regions.length >= MAX_REGIONS) return -ENOMEM;
  const start = placeMapping(space, hint >>> 0, bytes, flags);
  if (start < 0) return start;
  const region = describeMapping(call, file, start, start + bytes, prot & PROTECT_ALL, flags, page >>> 0);
  if (typeof region === "number") return region;
  if (!mayExpand(call, space, region)) return -ENOMEM;
  if ((flags & MAP_NORESERVE) === 0 && isAccounted(region) && exceedsMemory(call, bytes)) return -ENOMEM;
  if (region.kind === "shared") region.object = createObject(call.kernel.pageCache);
  mapRegion(call.services.virtualMemory, space, region);
  return start;
}

function mappableFile(call: Call, fd: number): OpenFile | number {
  const descriptor = call.process.descriptors[fd] ?? null;
  if (descriptor === null) return -EBADF;
  const file = openFileOf(call.kernel.files, descriptor.file);
  return file.flags & O_PATH ? -EBADF : file;
}

/** Where the mapping goes, or a negated errno. */
function placeMapping(space: SpaceState, hint: number, bytes: number, flags: number): number {
  if (bytes > USER_END - USER_START) return -ENOMEM;
  if (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) {
    if (hint > USER_END - bytes) return -ENOMEM;
    if (hint & PAGE_MASK) return -EINVAL;
    if (hint < USER_START) return -EPERM;
    if (flags & MAP_FIXED_NOREPLACE && !isFree(space.regions, hint, hint + bytes)) return -EEXIST;
    return hint;
  }
  const wanted = hint - (hint & PAGE_MASK);
  if (wanted >= USER_START && wanted <= USER_END - bytes && isFree(space.regions, wanted, wanted + bytes)) {
    return wanted;
  }
  const start = findFreeRange(space.regions, bytes);
  return start < 0 ? -ENOMEM : start;
}

/** The region of a mapping, a shared one still without its object; or a negated errno. */
function describeMapping(
  call: Call,
  file: OpenFile | null,
  start: number,
  end: number,
  protection: number,
  flags: number,
  page: number,
): Region | number {
  const type = flags & MAP_TYPE;
  if (type !== MAP_SHARED && type !== MAP_PRIVATE && (type !== MAP_SHARED_VALIDATE || file === null))
    return -EINVAL;
  const shared = type !== MAP_PRIVATE;
  if (file === null) return plainRegion(shared ? "shared" : "anonymous", start, end, protection);
  if (type === MAP_SHARED_VALIDATE && flags & ~(MAP_KNOWN | MAP_TYPE)) return -EOPNOTSUPP;
  if (shared && protection & PROTECT_WRITE && !isWritable(file.flags)) return -EACCES;
  if (!isReadable(file.flags)) return -EACCES;
  const inode = inodeOf(call.kernel.files, file.inode);
  if (inode.kind === "device" && inode.device === "zero") {
    return plainRegion(shared ? "shared" : "anonymous", start, end, protection, "/dev/zero");
  }
  if (inode.kind !== "file") return -ENODEV;
  // Files have no write-back: a mapping that would change one is refused like on file systems without it.
  if (shared && protection & PROTECT_WRITE) return -ENODEV;
  const offset = page * PAGE_SIZE;
  return {
    start,
    end,
    protection,
    kind: "file",
    shared,
    object: file.inode,
    offset,
    limit: NO_LIMIT,
    name: "",
  };
}

function munmap(call: Call, address: number, length: number): Outcome {
  const start = address >>> 0;
  if (start & PAGE_MASK || start > USER_END || length >>> 0 > USER_END - start) return -EINVAL;
  const bytes = pageLength(length);
  if (bytes === 0) return -EINVAL;
  const space = spaceOf(call);
  if (space.regions.length >= MAX_REGIONS && splitsOne(space, start, start + bytes)) return -ENOMEM;
  unmapRange(call.services.virtualMemory, space, start, start + bytes);
  return 0;
}

/** Whether taking [start, end) out leaves both ends of one region: one region more than before. */
function splitsOne(space: SpaceState, start: number, end: number): boolean {
  const region = findRegion(space.regions, start);
  return region !== null && region.start < start && region.end > end;
}

/** What lies before a hole keeps its new protection, though the call gives ENOMEM: Linux does the same. */
function mprotect(call: Call, address: number, length: number, prot: number): Outcome {
  const start = address >>> 0;
  const grows = prot & (PROT_GROWSDOWN | PROT_GROWSUP);
  if (grows === (PROT_GROWSDOWN | PROT_GROWSUP) || start & PAGE_MASK) return -EINVAL;
  if (length === 0) return 0;
  const end = start + pageLength(length);
  if (end > 2 ** 32 - PAGE_SIZE) return -ENOMEM;
  if (prot & ~(PROTECT_ALL | PROT_SEM | grows)) return -EINVAL;
  const space = spaceOf(call);
  if (findRegion(space.regions, start) === null) return -ENOMEM;
  if (grows !== 0) return -EINVAL;
  return protectUpToHole(call, space, start, end, prot & PROTECT_ALL);
}

function protectUpToHole(
  call: Call,
  space: SpaceState,
  start: number,
  end: number,
  protection: number,
): Outcome {
  for (let at = start; at < end; ) {
    const region = findRegion(space.regions, at);
    if (region === null || space.regions.length + 2 > MAX_REGIONS) return -ENOMEM;
    const next = Math.min(region.end, end);
    const adds = protection & PROTECT_WRITE && !(region.protection & PROTECT_WRITE);
    if (adds && region.kind === "file" && region.shared) return -EACCES;
    const becomesData = adds && isData({ ...region, protection });
    if (becomesData && exceedsMemory(call, next - at)) return -ENOMEM;
    if (becomesData && !withinLimit(call, RLIMIT_DATA, dataBytes(space) + next - at)) return -ENOMEM;
    protectRange(call.services.virtualMemory, space, at, next, protection);
    at = next;
  }
  return 0;
}

function madvise(call: Call, address: number, length: number, advice: number): Outcome {
  const start = address >>> 0;
  if (advice !== MADV_DONTNEED && !IGNORED_ADVICE.includes(advice)) return -EINVAL;
  if (start & PAGE_MASK) return -EINVAL;
  const end = start + pageLength(length);
  if (end > 2 ** 32 - PAGE_SIZE) return -EINVAL;
  const space = spaceOf(call);
  if (advice === MADV_DONTNEED && end > start) {
    call.services.virtualMemory.pages.pagesUnmap(space.root, start, (end - start) / PAGE_SIZE);
  }
  return isCovered(space.regions, start, end) ? 0 : -ENOMEM;
}

/** Files in memory need no writing back; only the arguments are checked. */
function msync(call: Call, address: number, length: number, flags: number): Outcome {
  const start = address >>> 0;
  if (flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC) || start & PAGE_MASK) return -EINVAL;
  if (flags & MS_ASYNC && flags & MS_SYNC) return -EINVAL;
  const end = start + (pageLength(length) % 2 ** 32);
  if (end > 2 ** 32 - PAGE_SIZE) return -ENOMEM;
  return isCovered(spaceOf(call).regions, start, end) ? 0 : -ENOMEM;
}

/** Stores become visible to instruction fetch at once (the core drops stale blocks), so nothing is left to do. */
function flushInstructionCache(_call: Call, _start: number, _end: number, flags: number): Outcome {
  return flags & ~1 ? -EINVAL : 0;
}

const PROT_NAMES = { 1: "PROT_READ", 2: "PROT_WRITE", 4: "PROT_EXEC" };
const MAP_NAMES = {
  1: "MAP_SHARED",
  2: "MAP_PRIVATE",
  16: "MAP_FIXED",
  32: "MAP_ANONYMOUS",
  16384: "MAP_NORESERVE",
  32768: "MAP_POPULATE",
  131072: "MAP_STACK",
  1048576: "MAP_FIXED_NOREPLACE",
};
const ADVICE_NAMES = {
  0: "MADV_NORMAL",
  1: "MADV_RANDOM",
  2: "MADV_SEQUENTIAL",
  3: "MADV_WILLNEED",
  4: "MADV_DONTNEED",
  8: "MADV_FREE",
};

export const memoryCalls: readonly SystemCall[] = [
  {
    number: 214,
    name: "brk",
    arguments: [{ name: "address", kind: "ptr" }],
    handler: brk,
    meaning: "Moves the end of the heap; gives the end that it has then. brk(2)",
  },
  {
    number: 215,
    name: "munmap",
    arguments: [
      { name: "address", kind: "ptr" },
      { name: "length", kind: "len" },
    ],
    handler: munmap,
    meaning: "Removes the mappings of a range. munmap(2)",
  },
  {
    number: 216,
    name: "mremap",
    arguments: [
      { name: "address", kind: "ptr" },
      { name: "old_length", kind: "len" },
      { name: "new_length", kind: "len" },
      { name: "flags", kind: "flags", names: { 1: "MREMAP_MAYMOVE", 2: "MREMAP_FIXED" } },
      { name: "new_address", kind: "ptr" },
    ],
    handler: mremap,
    meaning: "Resizes a mapping, and moves it if it must and may. mremap(2)",
  },
  {
    number: 222,
    name: "mmap2",
    arguments: [
      { name: "address", kind: "ptr" },
      { name: "length", kind: "len" },
      { name: "protection", kind: "flags", names: PROT_NAMES },
      { name: "flags", kind: "flags", names: MAP_NAMES },
      { name: "fd", kind: "fd" },
      { name: "page", kind: "uint" },
    ],
    handler: mmap2,
    meaning: "Maps zeroed memory or a file, whose offset is given in pages. mmap2(2)",
  },
  {
    number: 226,
    name: "mprotect",
    arguments: [
      { name: "address", kind: "ptr" },
      { name: "length", kind: "len" },
      { name: "protection", kind: "flags", names: PROT_NAMES },
    ],
    handler: mprotect,
    meaning: "Changes what a range of memory may be used for. mprotect(2)",
  },
  {
    number: 227,
    name: "msync",
    arguments: [
      { name: "address", kind: "ptr" },
      { name: "length", kind: "len" },
      { name: "flags", kind: "flags", names: { 1: "MS_ASYNC", 2: "MS_INVALIDATE", 4: "MS_SYNC" } },
    ],
    handler: msync,
    meaning: "Writes a mapped file back; nothing to do here. msync(2)",
  },
  {
    number: 233,
    name: "madvise",
    arguments: [
      { name: "address", kind: "ptr" },
      { name: "length", kind: "len" },
      { name: "advice", kind: "hex", names: ADVICE_NAMES },
    ],
    handler: madvise,
    meaning: "Gives advice on the use of memory; MADV_DONTNEED empties it. madvise(2)",
  },
  {
    number: 259,
    name: "riscv_flush_icache",
    arguments: [
      { name: "start", kind: "ptr" },
      { name: "end", kind: "ptr" },
      { name: "flags", kind: "hex" },
    ],
    handler: flushInstructionCache,
    meaning: "Makes stored instructions visible to fetch. Linux, arch/riscv/kernel/sys_riscv.c",
  },
];
