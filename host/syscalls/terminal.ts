// ioctl: a terminal's attributes, window, process groups and queues (ioctl_tty(2)), and FIONREAD of what else
// can be read. A terminal without line discipline has a window and groups, but no attributes: ENOTTY, as for
// what is no terminal.

import { PCB_PGID, PCB_SID, PCB_STATE, STATE_FREE } from "../../assembly/layout.ts";
import { CONSOLE, resizeTerminal, terminalChannel } from "../fs/console.ts";
import { fileOf } from "../fs/descriptors.ts";
import { deviceDiscipline, isTerminal } from "../fs/device.ts";
import { O_PATH } from "../fs/flags.ts";
import { inodeOf } from "../fs/inode.ts";
import { flushInput, resumeOutput, setTermios, suspendOutput } from "../fs/line-discipline.ts";
import type { Inode, LineDiscipline, OpenFile, Terminal } from "../fs/state.ts";
import { readableBytes } from "../fs/terminal-input.ts";
import { decodeTermios, encodeTermios, TERMIOS_SIZE } from "../fs/termios.ts";
import type { Call, Outcome } from "./call.ts";
import { EBADF, EFAULT, EINVAL, ENOTTY, EPERM, ESRCH } from "./errno.ts";

export const TCGETS = 0x5401;
export const TCSETS = 0x5402;
export const TCSETSW = 0x5403;
export const TCSETSF = 0x5404;
export const TCSBRK = 0x5409;
export const TCXONC = 0x540a;
export const TCFLSH = 0x540b;
export const TIOCGPGRP = 0x540f;
export const TIOCSPGRP = 0x5410;
export const TIOCOUTQ = 0x5411;
export const TIOCGWINSZ = 0x5413;
export const TIOCSWINSZ = 0x5414;
export const FIONREAD = 0x541b;
export const TIOCGSID = 0x5429;

const WINSIZE_SIZE = 8;
const TCIFLUSH = 0;
const TCIOFLUSH = 2;
const TCOOFF = 0;
const TCOON = 1;
const TCION = 3;

/** ioctl(fd, request, argument) */
export function ioctl(call: Call, fd: number, request: number, argument: number): Outcome {
  const { files } = call.kernel;
  const file = fileOf(files, call.process, fd);
  if (!file || (file.flags & O_PATH) !== 0) return -EBADF;
  const inode = inodeOf(files, file.inode);
  if (inode.kind !== "device" || !isTerminal(files, inode)) {
    return request === FIONREAD ? bytesToRead(call, file, inode, argument) : -ENOTTY;
  }
  const terminal = files.terminals[CONSOLE];
  const outcome = windowRequest(call, terminal, request, argument);
  if (outcome !== null) return outcome;
  const discipline = deviceDiscipline(files, inode);
  return discipline ? lineRequest(call, terminal, discipline, request, argument) : -ENOTTY;
}

function storeWord(call: Call, address: number, value: number): Outcome {
  return call.memory.storeWord(address >>> 0, value) ? 0 : -EFAULT;
}

function bytesToRead(call: Call, file: OpenFile, inode: Inode, argument: number): Outcome {
  if (inode.kind === "pipe") return storeWord(call, argument, inode.queue.length);
  if (inode.kind === "file") return storeWord(call, argument, Math.max(0, inode.size - file.offset) | 0);
  return -ENOTTY;
}

// ── Window and groups: every terminal has them ────────────────────────────────────────────────

/** Null if the request is none of these. */
function windowRequest(call: Call, terminal: Terminal, request: number, argument: number): Outcome | null {
  switch (request) {
    case TIOCGWINSZ:
      return getWindow(call, terminal, argument);
    case TIOCSWINSZ:
      return setWindow(call, terminal, argument);
    case TIOCGPGRP:
      return getGroup(call, terminal, argument);
    case TIOCSPGRP:
      return setGroup(call, terminal, argument);
    case TIOCGSID:
      return isControlling(call, terminal) ? storeWord(call, argument, terminal.session) : -ENOTTY;
    default:
      return null;
  }
}

function getWindow(call: Call, { rows, columns, pixels }: Terminal, argument: number): Outcome {
  const winsize = new Uint8Array(WINSIZE_SIZE);
  const view = new DataView(winsize.buffer);
  [rows, columns, ...pixels].forEach((size, index) => {
    view.setUint16(2 * index, size, true);
  });
  return call.memory.write(argument >>> 0, winsize) < WINSIZE_SIZE ? -EFAULT : 0;
}

function setWindow(call: Call, terminal: Terminal, argument: number): Outcome {
  const bytes = call.memory.read(argument >>> 0, WINSIZE_SIZE);
  if (bytes === null) return -EFAULT;
  const view = new DataView(bytes.buffer, bytes.byteOffset, WINSIZE_SIZE);
  const [rows, columns, width, height] = [0, 2, 4, 6].map((offset) => view.getUint16(offset, true));
  resizeTerminal(call.services, terminal, rows, columns, [width, height]);
  return 0;
}

/** Whether it is the controlling terminal of the caller's session. */
function isControlling(call: Call, terminal: Terminal): boolean {
  return call.services.processes.field(call.slot, PCB_SID) === terminal.session;
}

/** While no group was set, all of the session are in the foreground: each is told its own group. */
function getGroup(call: Call, terminal: Terminal, argument: number): Outcome {
  if (!isControlling(call, terminal)) return -ENOTTY;
  const own = call.services.processes.field(call.slot, PCB_PGID);
  return storeWord(call, argument, terminal.foreground === 0 ? own : terminal.foreground);
}

function setGroup(call: Call, terminal: Terminal, argument: number): Outcome {
  const group = call.memory.loadWord(argument >>> 0);
  if (group === null) return -EFAULT;
  if (group < 0) return -EINVAL;
  if (!isControlling(call, terminal)) return -ENOTTY;
  const session = sessionOf(call, group);
  if (session === 0) return -ESRCH;
  if (session !== terminal.session) return -EPERM;
  terminal.foreground = group;
  return 0;
}

/** Session of a process group; 0 if there is no such group. */
function sessionOf(call: Call, group: number): number {
  const { processes } = call.services;
  for (let slot = 1; slot < processes.slotLimit(); slot++) {
    if (processes.field(slot, PCB_STATE) === STATE_FREE) continue;
    if (processes.field(slot, PCB_PGID) === group) return processes.field(slot, PCB_SID);
  }
  return 0;
}

// ── Attributes and queues: those of the line discipline ───────────────────────────────────────

function lineRequest(
  call: Call,
  terminal: Terminal,
  discipline: LineDiscipline,
  request: number,
  argument: number,
): Outcome {
  switch (request) {
    case TCGETS: {
      const bytes = encodeTermios(discipline.termios);
      return call.memory.write(argument >>> 0, bytes) < TERMIOS_SIZE ? -EFAULT : 0;
    }
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
      return setAttributes(call, terminal, discipline, request === TCSETSF, argument);
    case TCSBRK:
      return 0;
    case TCXONC:
      return flow(call, terminal, discipline, argument);
    case TCFLSH:
      return flush(terminal, discipline, argument);
    case TIOCOUTQ:
      return storeWord(call, argument, 0);
    case FIONREAD:
      return storeWord(call, argument, readableBytes(discipline));
    default:
      return -ENOTTY;
  }
}

function setAttributes(
  call: Call,
  terminal: Terminal,
  discipline: LineDiscipline,
  flushes: boolean,
  argument: number,
): Outcome {
  const bytes = call.memory.read(argument >>> 0, TERMIOS_SIZE);
  if (bytes === null) return -EFAULT;
  if (flushes) flushInput(discipline);
  setTermios(call.services, terminal, discipline, decodeTermios(bytes));
  call.services.wakeup(terminalChannel(CONSOLE));
  return 0;
}

/** tcflow(3): stops and starts output. Input needs no flow control: it waits in the terminal's queue. */
function flow(call: Call, terminal: Terminal, discipline: LineDiscipline, action: number): Outcome {
  if (action < TCOOFF || action > TCION) return -EINVAL;
  if (action === TCOOFF) suspendOutput(discipline);
  if (action === TCOON) {
    resumeOutput(call.services, terminal, discipline);
    call.services.wakeup(terminalChannel(CONSOLE));
  }
  return 0;
}

/** tcflush(3): drops what was typed and not read. Output is never queued. */
function flush(terminal: Terminal, discipline: LineDiscipline, queue: number): Outcome {
  if (queue < TCIFLUSH || queue > TCIOFLUSH) return -EINVAL;
  if (queue === TCIFLUSH || queue === TCIOFLUSH) {
    flushInput(discipline);
    terminal.input.length = 0;
    terminal.input.start = 0;
  }
  return 0;
}
