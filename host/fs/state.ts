// The file system's state: plain data under one root (`FileSystemState`), so that a snapshot is a copy
// of it. Objects are named by their index in an array; index 0 is never used, so 0 means "none".
// Freed indices are reused last-freed first. The operations on this state are the other files of fs/;
// each of them keeps the reference counts that `checkFileSystem` (check.ts) verifies.

/** What every inode has. Times are ticks of the virtual clock. */
interface InodeFields {
  /** Permission bits, 0 .. 0o7777. */
  mode: number;
  /** Directory entries that name it (for a directory as Linux counts: 2 + subdirectories). */
  links: number;
  /** What else keeps it alive: open files, working directories, mappings, ".." of directories. */
  references: number;
  /** Index in `mounts`. */
  mount: number;
  /** Number that no other inode of this machine ever had: tells a reused index apart. */
  serial: number;
  accessed: number;
  modified: number;
  changed: number;
  created: number;
}

export interface RegularInode extends InodeFields {
  kind: "file";
  /** Content with spare room behind it; bytes from data.length to size are a hole (zero). */
  data: Uint8Array;
  size: number;
  /** Counts changes of the content; 0 is the content it was imported with. */
  version: number;
}

export interface DirectoryEntry {
  /** Byte string, 1 .. 255 bytes, without "/" and NUL. */
  name: string;
  inode: number;
  /** Position for getdents64: grows with each entry that is made in the directory. */
  cookie: number;
}

export interface DirectoryInode extends InodeFields {
  kind: "directory";
  /** Holds a reference to it; the root is its own parent and holds none. */
  parent: number;
  /** In order of creation, hence sorted by cookie. "." and ".." are not stored. */
  entries: DirectoryEntry[];
  /** Cookie by "/" + name (the slash keeps names like "0" and "__proto__" ordinary keys). */
  index: Record<string, number>;
  nextCookie: number;
}

export interface SymlinkInode extends InodeFields {
  kind: "symlink";
  /** Byte string. */
  target: string;
}

/** "stream" is a standard stream of the console; its `unit` is 0, 1 or 2. */
export type DeviceName = "null" | "zero" | "full" | "random" | "urandom" | "tty" | "console" | "stream";

export interface DeviceInode extends InodeFields {
  kind: "device";
  device: DeviceName;
  unit: number;
}

/** Bytes in arrival order, in a ring that grows. */
export interface ByteQueue {
  /** Length 0 or a power of two. */
  data: Uint8Array;
  start: number;
  length: number;
}

/** A pipe. One without links is pipe(2)'s; a named one (FIFO) would be linked in a directory. */
export interface PipeInode extends InodeFields {
  kind: "pipe";
  queue: ByteQueue;
  /** Open files that can read, and that can write. */
  readers: number;
  writers: number;
}

export type Inode = RegularInode | DirectoryInode | SymlinkInode | DeviceInode | PipeInode;

/** An open file description: what open(2) makes and dup(2) and fork(2) share. */
export interface OpenFile {
  inode: number;
  /** Descriptors that name it. */
  references: number;
  /** Access mode and status flags, as fcntl(F_GETFL) tells them. */
  flags: number;
  /** Bytes; in a directory the cookie of the next entry. */
  offset: number;
}

export interface Descriptor {
  /** Index in `openFiles`. */
  file: number;
  closeOnExec: boolean;
}

/** Attributes of a terminal, as struct termios has them (flag words are unsigned). */
export interface Termios {
  input: number;
  output: number;
  control: number;
  local: number;
  /** c_line: kept for the program, no other discipline exists. */
  line: number;
  /** c_cc, by V* index. */
  characters: number[];
}

/** What a terminal knows that does the work between keyboard, program and screen (line-discipline.ts). */
export interface LineDiscipline {
  termios: Termios;
  /** Bytes taken in and not read yet; LINE_END marks the last of a line. */
  buffer: number[];
  /** How many of them are whole lines (canonical mode). */
  complete: number;
  /** The next byte has no special meaning (VLNEXT). */
  literal: boolean;
  /** The echo of erased characters has begun (ECHOPRT). */
  erasing: boolean;
  /** Echo that the screen has not got yet: marks of terminal-output.ts. */
  echo: number[];
  /** Column of the cursor, from 0, as far as processed output tells. */
  column: number;
  /** Column at which the line that is being typed began. */
  lineColumn: number;
  /** Output waits, since VSTOP or a program's tcflow. */
  stopped: boolean;
  /** A program stopped it, so no key lets it go on. */
  suspended: boolean;
  /** Time (ticks) at which input last came. */
  lastInput: number;
}

export interface Terminal {
  /** Whether stdin, stdout and stderr are this terminal; otherwise they are plain streams. */
  streams: boolean[];
  rows: number;
  columns: number;
  /** Width and height in pixels as a program or the outside said, else 0. */
  pixels: [width: number, height: number];
  /** Bytes given by the outside and not yet read, or not yet taken in by the line discipline. */
  input: ByteQueue;
  /** No more input will come. */
  ended: boolean;
  /** Null where the outside is a terminal that does this work itself: then bytes pass as they are. */
  discipline: LineDiscipline | null;
  /** The session whose controlling terminal it is. */
  session: number;
  /** The group that gets the keyboard's signals; 0 while no program has set one: then all of the session do. */
  foreground: number;
}

export interface Mount {
  /** Where it is in the guest's tree; "/" for mount 0. Byte string. */
  path: string;
  /** Index of its top: a directory, or the one file that is mounted. */
  root: number;
  readOnly: boolean;
}

export interface FileSystemLimits {
  /** Bytes of content that all regular files may take together. */
  bytes: number;
  inodes: number;
  openFiles: number;
  fileBytes: number;
}

export interface FileSystemState {
  inodes: (Inode | null)[];
  freeInodes: number[];
  openFiles: (OpenFile | null)[];
  freeOpenFiles: number[];
  terminals: Terminal[];
  mounts: Mount[];
  /** Index of "/". */
  root: number;
  nextSerial: number;
  /** Sum of data.length over the regular files. */
  bytesUsed: number;
  limits: FileSystemLimits;
  /** Seconds since 1970 at tick 0 of the virtual clock. */
  bootSeconds: number;
}
