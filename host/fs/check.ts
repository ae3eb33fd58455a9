// The invariants of the file system: what must be true after every system call. For tests, and for
// whoever doubts a snapshot.

import type { KernelState } from "../kernel/state.ts";
import { isReadable, isWritable } from "./flags.ts";
import { inodesInUse } from "./inode.ts";
import type { DirectoryInode, FileSystemState, Inode } from "./state.ts";

interface Counts {
  links: number[];
  references: number[];
  descriptors: number[];
}

/**
 * What is wrong, one line each; empty if nothing is. `mapped` holds for each inode (by index) how many
 * mappings hold a reference to it.
 */
export function checkFileSystem(
  kernel: KernelState,
  mapped: Readonly<Record<number, number>> = {},
): string[] {
  const { files } = kernel;
  const problems: string[] = [];
  const counts: Counts = { links: [], references: [], descriptors: [] };
  countHolders(kernel, counts);
  for (const [id, count] of Object.entries(mapped)) add(counts.references, Number(id), count);
  checkOpenFiles(files, counts, problems);
  files.inodes.forEach((inode, id) => {
    if (inode) checkInode(files, id, inode, counts, problems);
    else if ((counts.links[id] || counts.references[id]) && id !== 0)
      problems.push(`inode ${id} is used but free`);
  });
  checkTotals(files, problems);
  return problems;
}

function add(counts: number[], id: number, count: number): void {
  counts[id] = (counts[id] ?? 0) + count;
}

function countHolders(kernel: KernelState, counts: Counts): void {
  for (const process of kernel.processes) {
    if (!process) continue;
    if (process.workingDirectory !== 0) add(counts.references, process.workingDirectory, 1);
    for (const descriptor of process.descriptors) if (descriptor) add(counts.descriptors, descriptor.file, 1);
  }
  const { files } = kernel;
  for (const file of files.openFiles) if (file) add(counts.references, file.inode, 1);
  files.inodes.forEach((inode, id) => {
    if (inode?.kind !== "directory") return;
    if (id !== files.root) add(counts.references, inode.parent, 1);
    if (inode.links > 0) add(counts.links, id, 2);
    for (const entry of inode.entries) {
      add(counts.links, files.inodes[entry.inode]?.kind === "directory" ? id : entry.inode, 1);
    }
  });
}

function checkOpenFiles(files: FileSystemState, counts: Counts, problems: string[]): void {
  files.openFiles.forEach((file, id) => {
    const held = counts.descriptors[id] ?? 0;
    if ((file?.references ?? 0) !== held) {
      problems.push(`open file ${id} counts ${file?.references ?? 0} descriptors, has ${held}`);
    }
    if (file && !files.inodes[file.inode]) problems.push(`open file ${id} is on free inode ${file.inode}`);
    if (file && held === 0) problems.push(`open file ${id} has no descriptor`);
  });
}

function checkInode(
  files: FileSystemState,
  id: number,
  inode: Inode,
  counts: Counts,
  problems: string[],
): void {
  const links = counts.links[id] ?? 0;
  const references = counts.references[id] ?? 0;
  if (inode.links !== links) problems.push(`inode ${id} counts ${inode.links} links, has ${links}`);
  if (inode.references !== references) {
    problems.push(`inode ${id} counts ${inode.references} references, has ${references}`);
  }
  if (links === 0 && references === 0) problems.push(`inode ${id} is kept by nothing`);
  if (inode.kind === "directory") checkDirectory(files, id, inode, problems);
  if (inode.kind === "file") {
    if (inode.data.subarray(inode.size).some((byte) => byte !== 0))
      problems.push(`inode ${id} has bytes behind its end`);
  }
  if (inode.kind === "pipe") {
    const ends = files.openFiles.filter((file) => file?.inode === id);
    const readers = ends.filter((file) => file && isReadable(file.flags)).length;
    const writers = ends.filter((file) => file && isWritable(file.flags)).length;
    if (inode.readers !== readers || inode.writers !== writers)
      problems.push(`pipe ${id} miscounts its ends`);
  }
}

function checkDirectory(
  files: FileSystemState,
  id: number,
  directory: DirectoryInode,
  problems: string[],
): void {
  const { entries, index } = directory;
  if (entries.length !== Object.keys(index).length) problems.push(`directory ${id} has a wrong index`);
  entries.forEach((entry, at) => {
    if (index[`/${entry.name}`] !== entry.cookie)
      problems.push(`directory ${id} misses ${entry.name} in its index`);
    if (at > 0 && entries[at - 1].cookie >= entry.cookie) problems.push(`directory ${id} is out of order`);
    const child = files.inodes[entry.inode];
    if (!child) problems.push(`directory ${id} names free inode ${entry.inode}`);
    if (child?.kind === "directory" && child.parent !== id)
      problems.push(`directory ${entry.inode} has a wrong parent`);
  });
  if (directory.links === 0 && entries.length > 0) problems.push(`removed directory ${id} has entries`);
}

function checkTotals(files: FileSystemState, problems: string[]): void {
  let bytes = 0;
  let inodes = 0;
  for (const inode of files.inodes) {
    if (inode) inodes++;
    if (inode?.kind === "file") bytes += inode.data.length;
  }
  if (bytes !== files.bytesUsed) problems.push(`${files.bytesUsed} bytes are counted, ${bytes} used`);
  if (bytes > files.limits.bytes) problems.push(`${bytes} bytes are used, ${files.limits.bytes} allowed`);
  if (inodes !== inodesInUse(files))
    problems.push(`${inodesInUse(files)} inodes are counted, ${inodes} used`);
  const free = new Set(files.freeInodes);
  if (free.size !== files.freeInodes.length) problems.push("an inode is twice in the free list");
}
