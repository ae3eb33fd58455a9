// Descriptor tables of processes: the lowest free number is given out first; copies of a descriptor
// share one open file. What fork, exec and exit do to descriptors is here too.

import type { KernelState, ProcessState } from "../kernel/state.ts";
import { EBADF, EMFILE } from "../syscalls/errno.ts";
import { openFileOf, releaseInode, retainInode } from "./inode.ts";
import { releaseOpenFile } from "./open-file.ts";
import type { Waker } from "./services.ts";
import type { Descriptor, FileSystemState, OpenFile } from "./state.ts";

const RLIMIT_NOFILE = 7;
/** Linux's fs.nr_open: no table is larger, whatever the limit says. */
const TABLE_MAX = 1048576;

/** One more than the highest number that the process may open. */
export function descriptorLimit(process: ProcessState): number {
  const soft = process.limits[RLIMIT_NOFILE]?.[0] ?? -1;
  return soft < 0 || soft > TABLE_MAX ? TABLE_MAX : soft;
}

/** The process's descriptor, or null. */
export function descriptorOf(process: ProcessState, fd: number): Descriptor | null {
  return process.descriptors[fd >>> 0] ?? null;
}

/** The open file behind the process's descriptor, or null. */
export function fileOf(files: FileSystemState, process: ProcessState, fd: number): OpenFile | null {
  const descriptor = process.descriptors[fd >>> 0];
  return descriptor ? files.openFiles[descriptor.file] : null;
}

/** The lowest free number from `from` on, or -EMFILE. Nothing is taken yet. */
export function freeDescriptor(process: ProcessState, from: number): number {
  let fd = from;
  while (process.descriptors[fd]) fd++;
  return fd < descriptorLimit(process) ? fd : -EMFILE;
}

/** Lets the free number `fd` name the open file. */
export function install(
  files: FileSystemState,
  process: ProcessState,
  fd: number,
  file: number,
  closeOnExec: boolean,
): void {
  while (process.descriptors.length < fd) process.descriptors.push(null);
  process.descriptors[fd] = { file, closeOnExec };
  openFileOf(files, file).references++;
}

/** close(2): 0 or -EBADF. */
export function close(files: FileSystemState, waker: Waker, process: ProcessState, fd: number): number {
  const descriptor = descriptorOf(process, fd);
  if (!descriptor) return -EBADF;
  process.descriptors[fd] = null;
  trim(process);
  releaseOpenFile(files, waker, descriptor.file);
  return 0;
}

function trim(process: ProcessState): void {
  const { descriptors } = process;
  while (descriptors.length > 0 && descriptors[descriptors.length - 1] === null) descriptors.pop();
}

/** fork: the child's table, which shares all open files with the parent's. */
export function duplicateDescriptors(kernel: KernelState, parent: ProcessState): (Descriptor | null)[] {
  return parent.descriptors.map((descriptor) => {
    if (!descriptor) return null;
    openFileOf(kernel.files, descriptor.file).references++;
    return { file: descriptor.file, closeOnExec: descriptor.closeOnExec };
  });
}

/** fork: the child's working directory. */
export function shareWorkingDirectory(kernel: KernelState, parent: ProcessState): number {
  retainInode(kernel.files, parent.workingDirectory);
  return parent.workingDirectory;
}

/** execve: closes the descriptors that are marked so. */
export function closeOnExec(kernel: KernelState, waker: Waker, process: ProcessState): void {
  process.descriptors.forEach((descriptor, fd) => {
    if (!descriptor?.closeOnExec) return;
    process.descriptors[fd] = null;
    releaseOpenFile(kernel.files, waker, descriptor.file);
  });
  trim(process);
}

/** exit: closes all descriptors and lets the working directory go. Peers of pipes are woken. */
export function closeAll(kernel: KernelState, waker: Waker, process: ProcessState): void {
  const { descriptors } = process;
  process.descriptors = [];
  for (const descriptor of descriptors) {
    if (descriptor) releaseOpenFile(kernel.files, waker, descriptor.file);
  }
  if (process.workingDirectory !== 0) releaseInode(kernel.files, process.workingDirectory);
  process.workingDirectory = 0;
}
