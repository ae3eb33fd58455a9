// The page cache: frames with the pages of files that are mapped, and of shared-memory objects. All processes
// that run a program map the same frames. Plain data in the kernel's state; the cache holds one reference to
// each of its frames. File pages can be read again, so those that nobody maps are given back when memory runs
// out; pages of shared objects live as long as a region refers to the object.

import { FRAME_ANONYMOUS, FRAME_FILE, PAGE_SHIFT, PAGE_SIZE } from "../../assembly/layout.ts";
import type { PageTables } from "./pages.ts";

/** The files that can be mapped, by inode. The file system's side of memory. */
export interface MappedFiles {
  retain(inode: number): void;
  release(inode: number): void;
  /** Bytes. */
  size(inode: number): number;
  /** Text that differs after any change of the file's bytes, and after reuse of the inode. */
  stamp(inode: number): string;
  /** Copies bytes from `offset` into `target`; how many there were. */
  read(inode: number, offset: number, target: Uint8Array): number;
}

/** Frame by page number. */
type FrameMap = Record<number, number>;

export interface CachedFile {
  /** The file's stamp when its pages were read. */
  stamp: string;
  frames: FrameMap;
}

export interface SharedObject {
  /** Regions that map it. */
  users: number;
  frames: FrameMap;
}

export interface PageCache {
  /** By inode. */
  files: (CachedFile | null)[];
  /** By the index that regions of kind "shared" hold; freed ones are reused lowest first. */
  objects: (SharedObject | null)[];
}

export function createPageCache(): PageCache {
  return { files: [], objects: [] };
}

/** The frame with a file's page (bytes beyond the file's end are zero), or 0 when there is no memory. */
export function filePage(
  cache: PageCache,
  pages: PageTables,
  files: MappedFiles,
  inode: number,
  page: number,
): number {
  const file = currentFile(cache, pages, inode, files.stamp(inode));
  const known = file.frames[page];
  if (known !== undefined) return known;
  const frame = pages.frameAllocate(FRAME_FILE);
  if (frame === 0) return 0;
  const bytes = pages.frameBytes(frame);
  bytes.fill(0, files.read(inode, page * PAGE_SIZE, bytes));
  file.frames[page] = frame;
  return frame;
}

function currentFile(cache: PageCache, pages: PageTables, inode: number, stamp: string): CachedFile {
  const file = cache.files[inode] ?? null;
  if (file !== null && file.stamp === stamp) return file;
  dropFile(cache, pages, inode);
  while (cache.files.length <= inode) cache.files.push(null);
  const fresh: CachedFile = { stamp, frames: {} };
  cache.files[inode] = fresh;
  return fresh;
}

/** Forgets a file's pages: its bytes changed or it is gone. Mappings keep the frames that they have. */
export function dropFile(cache: PageCache, pages: PageTables, inode: number): void {
  const file = cache.files[inode] ?? null;
  if (file === null) return;
  releaseFrames(pages, file.frames);
  cache.files[inode] = null;
}

/** Gives back the file pages that no process maps; how many there were. */
export function evictPages(cache: PageCache, pages: PageTables): number {
  let evicted = 0;
  for (const file of cache.files) {
    if (file === null) continue;
    for (const page of Object.keys(file.frames).map(Number)) {
      const frame = file.frames[page];
      if (pages.frameReferences(frame) !== 1) continue;
      pages.frameRelease(frame);
      delete file.frames[page];
      evicted++;
    }
  }
  return evicted;
}

/** Runs an allocation; if it gives 0, once more after making room. */
export function withEviction(cache: PageCache, pages: PageTables, allocate: () => number): number {
  const result = allocate();
  return result !== 0 || evictPages(cache, pages) === 0 ? result : allocate();
}

/** A new shared-memory object without users. */
export function createObject(cache: PageCache): number {
  const free = cache.objects.indexOf(null);
  const index = free < 0 ? cache.objects.length : free;
  cache.objects[index] = { users: 0, frames: {} };
  return index;
}

/** The frame with a page of a shared object, zeroed at first, or 0 when there is no memory. */
export function objectPage(cache: PageCache, pages: PageTables, index: number, page: number): number {
  const object = objectAt(cache, index);
  const known = object.frames[page];
  if (known !== undefined) return known;
  const frame = pages.frameAllocate(FRAME_ANONYMOUS);
  if (frame === 0) return 0;
  pages.frameBytes(frame).fill(0);
  object.frames[page] = frame;
  return frame;
}

export function retainObject(cache: PageCache, index: number): void {
  objectAt(cache, index).users++;
}

/** Ends one use; the last one gives the frames back. */
export function releaseObject(cache: PageCache, pages: PageTables, index: number): void {
  const object = objectAt(cache, index);
  if (--object.users > 0) return;
  releaseFrames(pages, object.frames);
  cache.objects[index] = null;
}

function objectAt(cache: PageCache, index: number): SharedObject {
  const object = cache.objects[index] ?? null;
  if (object === null) throw new Error(`no shared-memory object ${index}`);
  return object;
}

function releaseFrames(pages: PageTables, frames: FrameMap): void {
  for (const frame of Object.values(frames)) pages.frameRelease(frame);
}

/** All frames that the cache holds, with repetition if a frame were held twice. */
export function cachedFrames(cache: PageCache): number[] {
  return [...cache.files, ...cache.objects].flatMap((entry) =>
    entry === null ? [] : Object.values(entry.frames),
  );
}

/** Page number of a byte offset. Offsets may exceed 32 bits. */
export function pageOf(offset: number): number {
  return Math.floor(offset / 2 ** PAGE_SHIFT);
}
