// System calls on descriptors and open files: pipe2, dup, dup3, fcntl, close, _llseek, ftruncate64.

import { resizeContent } from "../fs/content.ts";
import {
  close as closeDescriptor,
  descriptorLimit,
  descriptorOf,
  fileOf,
  freeDescriptor,
  install,
} from "../fs/descriptors.ts";
import {
  isWritable,
  O_CLOEXEC,
  O_NONBLOCK,
  O_PATH,
  O_RDONLY,
  O_WRONLY,
  SEEK_CUR,
  SEEK_DATA,
  SEEK_END,
  SEEK_HOLE,
  SEEK_SET,
  SETTABLE_FLAGS,
} from "../fs/flags.ts";
import { inodeOf, makePipe } from "../fs/inode.ts";
import { canOpen, makeOpenFile, releaseOpenFile } from "../fs/open-file.ts";
import { PIPE_CAPACITY } from "../fs/pipe.ts";
import type { Inode, OpenFile } from "../fs/state.ts";
import type { Call, Outcome } from "./call.ts";
import { EBADF, EFAULT, EINVAL, EMFILE, ENFILE, ENOLCK, ENXIO, ESPIPE } from "./errno.ts";
import { fileSizeLimit, isSeekable, tooLarge, wideOffset } from "./files-transfer.ts";

export const F_DUPFD = 0;
export const F_GETFD = 1;
export const F_SETFD = 2;
export const F_GETFL = 3;
export const F_SETFL = 4;
export const F_GETLK = 12;
export const F_SETLK = 13;
export const F_SETLKW = 14;
export const F_DUPFD_CLOEXEC = 1030;
export const F_GETPIPE_SZ = 1032;
const FD_CLOEXEC = 1;

/** pipe2(descriptors, flags): the read end first. */
export function pipe2(call: Call, result: number, flags: number): Outcome {
  const { process, services, memory } = call;
  const { files } = call.kernel;
  if ((flags & ~(O_CLOEXEC | O_NONBLOCK)) !== 0) return -EINVAL;
  if (!canOpen(files, 2)) return -ENFILE;
  const readEnd = freeDescriptor(process, 0);
  const writeEnd = readEnd < 0 ? readEnd : freeDescriptor(process, readEnd + 1);
  if (writeEnd < 0) return -EMFILE;
  if (memory.writable(result >>> 0, 8) < 8) return -EFAULT;
  const pipe = makePipe(files, services.now());
  if (pipe === 0) return -ENFILE;
  const closeOnExec = (flags & O_CLOEXEC) !== 0;
  const status = flags & O_NONBLOCK;
  install(files, process, readEnd, makeOpenFile(files, pipe, O_RDONLY | status), closeOnExec);
  install(files, process, writeEnd, makeOpenFile(files, pipe, O_WRONLY | status), closeOnExec);
  memory.storeWord(result >>> 0, readEnd);
  memory.storeWord((result + 4) >>> 0, writeEnd);
  return 0;
}

/** dup(fd) */
export function dup(call: Call, fd: number): Outcome {
  const descriptor = descriptorOf(call.process, fd);
  return descriptor ? duplicate(call, descriptor.file, 0, false) : -EBADF;
}

function duplicate(call: Call, file: number, from: number, closeOnExec: boolean): number {
  const fd = freeDescriptor(call.process, from);
  if (fd >= 0) install(call.kernel.files, call.process, fd, file, closeOnExec);
  return fd;
}

/** dup3(old, new, flags): what `new` named before is closed. */
export function dup3(call: Call, oldFd: number, newFd: number, flags: number): Outcome {
  const { process, services } = call;
  const { files } = call.kernel;
  if ((flags & ~O_CLOEXEC) !== 0 || oldFd === newFd) return -EINVAL;
  if (newFd >>> 0 >= descriptorLimit(process)) return -EBADF;
  const descriptor = descriptorOf(process, oldFd);
  if (!descriptor) return -EBADF;
  const replaced = descriptorOf(process, newFd);
  install(files, process, newFd, descriptor.file, flags !== 0);
  if (replaced) releaseOpenFile(files, services, replaced.file);
  return newFd;
}

/** close(fd) */
export function close(call: Call, fd: number): Outcome {
  return closeDescriptor(call.kernel.files, call.services, call.process, fd);
}

/** fcntl64(fd, command, argument). There are no file locks: ENOLCK. */
export function fcntl64(call: Call, fd: number, command: number, argument: number): Outcome {
  const descriptor = descriptorOf(call.process, fd);
  const file = fileOf(call.kernel.files, call.process, fd);
  if (!descriptor || !file) return -EBADF;
  switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
      if (argument >>> 0 >= descriptorLimit(call.process)) return -EINVAL;
      return duplicate(call, descriptor.file, argument, command === F_DUPFD_CLOEXEC);
    case F_GETFD:
      return descriptor.closeOnExec ? FD_CLOEXEC : 0;
    case F_SETFD:
      descriptor.closeOnExec = (argument & FD_CLOEXEC) !== 0;
      return 0;
    case F_GETFL:
      return file.flags;
    case F_SETFL:
      file.flags = (file.flags & ~SETTABLE_FLAGS) | (argument & SETTABLE_FLAGS);
      return 0;
    case F_GETPIPE_SZ:
      return inodeOf(call.kernel.files, file.inode).kind === "pipe" ? PIPE_CAPACITY : -EBADF;
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
      return -ENOLCK;
    default:
      return -EINVAL;
  }
}

/** _llseek(fd, high, low, result, whence): the 64-bit result is stored at `result`. */
export function llseek(
  call: Call,
  fd: number,
  high: number,
  low: number,
  result: number,
  whence: number,
): Outcome {
  const { files } = call.kernel;
  const file = fileOf(files, call.process, fd);
  if (!file || (file.flags & O_PATH) !== 0) return -EBADF;
  if (whence >>> 0 > SEEK_HOLE) return -EINVAL;
  const inode = inodeOf(files, file.inode);
  if (!isSeekable(inode)) return -ESPIPE;
  const offset = seekTarget(inode, file, wideOffset(low, high), whence);
  if (offset < 0) return offset;
  if (offset > files.limits.fileBytes) return -EINVAL;
  if (call.memory.writable(result >>> 0, 8) < 8) return -EFAULT;
  file.offset = offset;
  call.memory.storeWord(result >>> 0, offset >>> 0);
  call.memory.storeWord((result + 4) >>> 0, Math.floor(offset / 2 ** 32));
  return 0;
}

function seekTarget(inode: Inode, file: OpenFile, offset: number, whence: number): number {
  if (inode.kind === "device") return 0;
  const size = inode.kind === "file" ? inode.size : 0;
  if (inode.kind === "directory" && whence !== SEEK_SET && whence !== SEEK_CUR) return -EINVAL;
  const bases: Record<number, number> = { [SEEK_SET]: 0, [SEEK_CUR]: file.offset, [SEEK_END]: size };
  if (whence in bases) {
    const target = bases[whence] + offset;
    return target < 0 ? -EINVAL : target;
  }
  if (offset < 0 || offset >= size) return -ENXIO;
  return whence === SEEK_DATA ? offset : size;
}

/** ftruncate64(fd, length) */
export function ftruncate64(call: Call, fd: number, low: number, high: number): Outcome {
  const { files } = call.kernel;
  if (high < 0) return -EINVAL;
  const file = fileOf(files, call.process, fd);
  if (!file || (file.flags & O_PATH) !== 0) return -EBADF;
  const inode = inodeOf(files, file.inode);
  if (inode.kind !== "file" || !isWritable(file.flags)) return -EINVAL;
  const size = wideOffset(low, high);
  if (size > inode.size && size > fileSizeLimit(call)) return tooLarge(call, size);
  return resizeContent(files, inode, size, call.services.now());
}
