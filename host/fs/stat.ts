// What stat tells of an inode, and the layout of struct statx (include/uapi/linux/stat.h).

import { deviceIdentity } from "./device.ts";
import { S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG } from "./flags.ts";
import { inodeOf } from "./inode.ts";
import type { FileSystemState, Inode } from "./state.ts";

export const STATX_SIZE = 256;
/** The fields that are always filled: STATX_BASIC_STATS and STATX_BTIME. */
const STATX_FILLED = 0xfff;
const BLOCK_SIZE = 4096;
/** A directory takes no blocks; it shows this many bytes for each entry, as Linux's tmpfs does. */
const ENTRY_BYTES = 20;

/** File type bits (S_IFMT) of an inode. */
export function typeOf(files: FileSystemState, inode: Inode): number {
  switch (inode.kind) {
    case "file":
      return S_IFREG;
    case "directory":
      return S_IFDIR;
    case "symlink":
      return S_IFLNK;
    case "pipe":
      return S_IFIFO;
    case "device":
      return deviceIdentity(files, inode).type;
  }
}

/** Size in bytes as stat tells it. */
export function sizeOf(inode: Inode): number {
  switch (inode.kind) {
    case "file":
      return inode.size;
    case "directory":
      return (inode.entries.length + 2) * ENTRY_BYTES;
    case "symlink":
      return inode.target.length;
    default:
      return 0;
  }
}

function setWide(view: DataView, offset: number, value: number): void {
  view.setUint32(offset, value >>> 0, true);
  view.setUint32(offset + 4, Math.floor(value / 2 ** 32), true);
}

function setTime(view: DataView, offset: number, ticks: number, bootSeconds: number, clockHz: number): void {
  const seconds = Math.floor(ticks / clockHz);
  setWide(view, offset, bootSeconds + seconds);
  view.setUint32(offset + 8, Math.floor(((ticks - seconds * clockHz) * 1e9) / clockHz), true);
}

/** The 256 bytes of struct statx. */
export function statxRecord(files: FileSystemState, id: number, clockHz: number): Uint8Array {
  const inode = inodeOf(files, id);
  const view = new DataView(new ArrayBuffer(STATX_SIZE));
  const stored = inode.kind === "file" ? Math.min(inode.size, inode.data.length) : 0;
  view.setUint32(0, STATX_FILLED, true);
  view.setUint32(4, BLOCK_SIZE, true);
  view.setUint32(16, inode.links || (inode.kind === "pipe" ? 1 : 0), true);
  view.setUint16(28, typeOf(files, inode) | inode.mode, true);
  setWide(view, 32, id);
  setWide(view, 40, sizeOf(inode));
  setWide(view, 48, Math.ceil(stored / BLOCK_SIZE) * (BLOCK_SIZE / 512));
  setTime(view, 64, inode.accessed, files.bootSeconds, clockHz);
  setTime(view, 80, inode.created, files.bootSeconds, clockHz);
  setTime(view, 96, inode.changed, files.bootSeconds, clockHz);
  setTime(view, 112, inode.modified, files.bootSeconds, clockHz);
  if (inode.kind === "device") {
    const { major, minor } = deviceIdentity(files, inode);
    view.setUint32(128, major, true);
    view.setUint32(132, minor, true);
  }
  view.setUint32(140, inode.mount + 1, true);
  return new Uint8Array(view.buffer);
}
