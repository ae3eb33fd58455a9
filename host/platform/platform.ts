// The outside world as the commands see it: the only door to clock, entropy, console and host files.
// The Node form is platform/node; a browser or a test brings its own. Nothing in the kernel or the core
// may use it: what enters the machine from here is configuration or logged input.

/** A stream that takes bytes: stdout, stderr. */
export interface OutputStream {
  /** Writes in order. False: enough is waiting, call `drained` before the next write. */
  write(bytes: Uint8Array): boolean;
  /** Resolves when what was written has been taken; at once if the reader is gone. */
  drained(): Promise<void>;
  /** The reader has closed its end (EPIPE): further writes are dropped. */
  readonly closed: boolean;
  readonly isTerminal: boolean;
}

/** The stream of bytes that comes in: stdin. Nothing is read before the first call. */
export interface InputStream {
  readonly isTerminal: boolean;
  /** Its bytes are all there already (a file, /dev/null): reading never waits for anybody. */
  readonly isFile: boolean;
  /** The next bytes, at most `limit`; null at the end. Only one call at a time. */
  read(limit: number): Promise<Uint8Array | null>;
  /** No more will be read: a read under way stays unanswered. */
  release(): void;
}

/** What a host path is: enough to copy a tree into the machine. */
export interface HostEntry {
  readonly kind: "file" | "directory" | "symlink" | "other";
  /** Permission bits, 0o7777 at most. */
  readonly mode: number;
  readonly sizeBytes: number;
}

/** Files of the host. Paths are the host's; failures throw `HostFileError`. */
export interface HostFiles {
  read(path: string): Uint8Array;
  write(path: string, bytes: Uint8Array, mode?: number): void;
  /** Begins a file that is written piece by piece. */
  create(path: string): HostFileWriter;
  /** Null if nothing is there. Does not follow a symbolic link. */
  entry(path: string): HostEntry | null;
  /** Names in a directory, sorted by code unit. */
  list(path: string): string[];
  linkTarget(path: string): string;
  makeDirectory(path: string, mode: number): void;
  remove(path: string): void;
  join(...parts: string[]): string;
}

export interface HostFileWriter {
  write(text: string): void;
  close(): void;
}

/** A host file could not be read or written; the message names the path and the reason. */
export class HostFileError extends Error {}

export interface Platform {
  readonly stdin: InputStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly files: HostFiles;
  /** Monotonic time in milliseconds: for --timeout and progress, never for the guest. */
  nowMs(): number;
  /** 53 random bits: a seed, when the person asks for a random one. */
  entropy(): number;
  /** Lets the outside proceed (signals, stdin) for about so long; 0: only with what is due already. */
  pause(ms: number): Promise<void>;
  /** Calls `listener` when the person interrupts (Ctrl-C); returns how to stop that. */
  onInterrupt(listener: () => void): () => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns and rows of the terminal, if stdout is one. */
  terminalSize(): { columns: number; rows: number } | null;
  /** Editing of lines on the terminal that stdin is. Only where `stdin.isTerminal`. */
  lineEditor(complete: Completer): LineEditor;
  /** The built core, build/core.wasm. */
  coreModule(): Promise<WebAssembly.Module>;
  /** The machine's own programs, for /bin, in the order of their names. */
  userland(): readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** The program of an example by its id, or null if there is none. */
  example(id: string): Uint8Array | null;
  /** Folder that holds the library of assembly sources, which they include as `lib/NAME.inc`. */
  includeFolder(): string;
  /** Folder that holds the built page. */
  pageFolder(): string;
}

/** Lines that a person types at a terminal, with editing, history and completion. */
export interface LineEditor {
  /** The next line, or null at its end (Ctrl-D). Ctrl-C begins a new one. */
  read(prompt: string): Promise<string | null>;
}

/** What could stand for the last word of a line: its completions, and that word. */
export type Completer = (line: string) => readonly [completions: string[], word: string];
