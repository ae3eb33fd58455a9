// The terminal as one node of the graph. Nearly every process has the three standard streams, each an open file of
// its own: those that the same processes hold are one box, so that the rest can be seen.

import type { FilesPicture, OpenFilePicture } from "../../../host/picture/files.ts";

export interface OpenFileNode extends OpenFilePicture {
  /** Open files that this box stands for. */
  readonly count: number;
}

export interface FilesGraph extends FilesPicture {
  readonly files: readonly OpenFileNode[];
}

export function gatherTerminal(picture: FilesPicture): FilesGraph {
  const terminals = new Set(picture.inodes.filter(({ kind }) => kind === "terminal").map(({ id }) => id));
  const first = Math.min(...terminals);
  const groups = new Map<string, OpenFileNode>();
  /** From an open file to the one that its box is named after. */
  const standsFor = new Map<number, number>();
  for (const file of picture.files) {
    const isTerminal = terminals.has(file.inode);
    const key = isTerminal ? holdersOf(picture, file.id) : `${file.id}`;
    const known = groups.get(key);
    standsFor.set(file.id, known?.id ?? file.id);
    groups.set(key, {
      ...(known ?? file),
      inode: isTerminal ? first : file.inode,
      count: (known?.count ?? 0) + 1,
      references: (known?.references ?? 0) + file.references,
    });
  }
  const processes = picture.processes.map((process) => ({
    ...process,
    descriptors: process.descriptors.map((one) => ({ ...one, file: standsFor.get(one.file)! })),
  }));
  const inodes = picture.inodes.filter(({ id }) => !terminals.has(id) || id === first);
  return { ...picture, processes, files: [...groups.values()], inodes };
}

/** A key that open files have in common if the same processes hold them. */
function holdersOf({ processes }: FilesPicture, file: number): string {
  const pids = processes.filter(({ descriptors }) => descriptors.some((one) => one.file === file));
  return `terminal of ${pids.map(({ pid }) => pid).join(" ")}`;
}
