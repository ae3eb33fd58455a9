// A platform in memory: stdin is given, stdout and stderr are kept, host files are a table.

import { createNodePlatform } from "../../host/platform/node/index.ts";
import { HostFileError, type HostFiles, type Platform } from "../../host/platform/platform.ts";

export interface MemoryPlatform extends Platform {
  /** What was written so far, as UTF-8. */
  output(): { stdout: string; stderr: string };
  /** Host files by path; directories are implied. */
  readonly tree: Map<string, Uint8Array>;
  interrupt(): void;
}

export interface PlatformOptions {
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Pieces in which stdin arrives. */
  readonly stdin?: readonly string[];
  readonly terminal?: boolean;
}

const encoder = new TextEncoder();

export function memoryPlatform(options: PlatformOptions = {}): MemoryPlatform {
  const written: [Uint8Array[], Uint8Array[]] = [[], []];
  const pieces = [...(options.stdin ?? [])];
  const tree = new Map(
    Object.entries(options.files ?? {}).map(([path, content]) => [path, toBytes(content)]),
  );
  let interrupted = () => {};
  let clockMs = 0;
  const stream = (index: 0 | 1) => ({
    write(bytes: Uint8Array) {
      written[index].push(bytes.slice());
      return true;
    },
    drained: async () => {},
    closed: false,
    isTerminal: options.terminal ?? false,
  });
  const text = (index: 0 | 1) => written[index].map((bytes) => new TextDecoder().decode(bytes)).join("");
  return {
    stdin: {
      isTerminal: options.terminal ?? false,
      isFile: false,
      read: async () => {
        const piece = pieces.shift();
        return piece === undefined ? null : encoder.encode(piece);
      },
      release() {},
    },
    stdout: stream(0),
    stderr: stream(1),
    files: memoryFiles(tree),
    nowMs: () => clockMs++,
    entropy: () => 4,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    onInterrupt(listener) {
      interrupted = listener;
      return () => {
        interrupted = () => {};
      };
    },
    environment: {},
    terminalSize: () => null,
    lineEditor: () => ({ read: async () => null }),
    coreModule: () => createNodePlatform().coreModule(),
    userland: () => createNodePlatform().userland(),
    example: (id) => createNodePlatform().example(id),
    includeFolder: () => "/library",
    pageFolder: () => "/page",
    output: () => ({ stdout: text(0), stderr: text(1) }),
    tree,
    interrupt: () => interrupted(),
  };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? encoder.encode(content) : content;
}

function memoryFiles(tree: Map<string, Uint8Array>): HostFiles {
  const isDirectory = (path: string) => [...tree.keys()].some((key) => key.startsWith(`${path}/`));
  const write = (path: string, bytes: Uint8Array) => void tree.set(path, bytes.slice());
  return {
    read(path) {
      const bytes = tree.get(path);
      if (!bytes) throw new HostFileError(`cannot read ${path}: no such file or directory`);
      return bytes;
    },
    write,
    create(path) {
      let text = "";
      return {
        write(piece) {
          text += piece;
        },
        close: () => write(path, encoder.encode(text)),
      };
    },
    entry(path) {
      const bytes = tree.get(path);
      if (bytes) return { kind: "file", mode: 0o644, sizeBytes: bytes.length };
      return isDirectory(path) ? { kind: "directory", mode: 0o755, sizeBytes: 0 } : null;
    },
    list(path) {
      const below = [...tree.keys()].filter((key) => key.startsWith(`${path}/`));
      return [...new Set(below.map((key) => key.slice(path.length + 1).split("/")[0]))].sort();
    },
    linkTarget: (path) => path,
    makeDirectory() {},
    remove: (path) => void tree.delete(path),
    join: (...parts) => parts.join("/"),
  };
}
