// Files of the host through node:fs. Every failure becomes a HostFileError that names path and reason.

import * as fs from "node:fs";
import { join } from "node:path";
import { getSystemErrorMap } from "node:util";
import { type HostEntry, HostFileError, type HostFiles, type HostFileWriter } from "../platform.ts";

const BUFFER_CHARACTERS = 1 << 16;

export const nodeFiles: HostFiles = {
  read: (path) => attempt("read", path, () => fs.readFileSync(path)),
  write: (path, bytes, mode) => attempt("write", path, () => writeFile(path, bytes, mode)),
  create: (path) => attempt("write", path, () => openWriter(path)),
  entry: (path) => attempt("read", path, () => describe(fs.lstatSync(path, { throwIfNoEntry: false }))),
  list: (path) => attempt("read", path, () => fs.readdirSync(path).sort()),
  linkTarget: (path) => attempt("read", path, () => fs.readlinkSync(path)),
  makeDirectory: (path, mode) =>
    attempt("create", path, () => void fs.mkdirSync(path, { mode, recursive: true })),
  remove: (path) => attempt("remove", path, () => fs.rmSync(path, { recursive: true, force: true })),
  join,
};

function attempt<T>(verb: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { errno, code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const reason = errno === undefined ? message : (getSystemErrorMap().get(errno)?.[1] ?? message);
    throw new HostFileError(`cannot ${verb} ${path}: ${reason}`);
  }
}

function writeFile(path: string, bytes: Uint8Array, mode?: number): void {
  fs.writeFileSync(path, bytes);
  if (mode !== undefined) fs.chmodSync(path, mode);
}

function describe(status: fs.Stats | undefined): HostEntry | null {
  if (status === undefined) return null;
  const kind = status.isFile()
    ? "file"
    : status.isDirectory()
      ? "directory"
      : status.isSymbolicLink()
        ? "symlink"
        : "other";
  return { kind, mode: status.mode & 0o7777, sizeBytes: status.size };
}

function openWriter(path: string): HostFileWriter {
  const descriptor = fs.openSync(path, "w");
  let buffer = "";
  const flush = () => {
    attempt("write", path, () => fs.writeFileSync(descriptor, buffer));
    buffer = "";
  };
  return {
    write(text) {
      buffer += text;
      if (buffer.length >= BUFFER_CHARACTERS) flush();
    },
    close() {
      flush();
      fs.closeSync(descriptor);
    },
  };
}
