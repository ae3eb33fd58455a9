// The console: the machine's standard streams. Each of the three is either the terminal or a plain stream of
// bytes. Input is queued until a program reads it; output goes to the outside at once and is not kept.
//
// A terminal of the machine's own (the viewer's) has a line discipline: it edits lines, echoes, makes signals of
// keys. One without is the window of a terminal outside which does all that itself (the command line's): its
// bytes pass as they are.

import { WAIT_KIND_SHIFT, WAIT_TTY } from "../../assembly/layout.ts";
import { EAGAIN, EFAULT } from "../syscalls/errno.ts";
import { SIGWINCH } from "../syscalls/signal-numbers.ts";
import { takeInput } from "./line-discipline.ts";
import { dequeue, enqueue } from "./queue.ts";
import type { FileServices } from "./services.ts";
import type { FileSystemState, LineDiscipline, Terminal } from "./state.ts";
import { readInput } from "./terminal-input.ts";
import { processOutput } from "./terminal-output.ts";
import type { Sink, Source } from "./transfer.ts";

/** The terminal of the console. */
export const CONSOLE = 0;

/** Woken when input comes or ends, and when output that was stopped may go on. */
export function terminalChannel(terminal: number): number {
  return (WAIT_TTY << WAIT_KIND_SHIFT) | terminal;
}

/** The outside gives input to the console. Ignored after `endInput`. */
export function giveInput(files: FileSystemState, services: FileServices, bytes: Uint8Array): void {
  const terminal = files.terminals[CONSOLE];
  if (terminal.ended || bytes.length === 0) return;
  enqueue(terminal.input, bytes);
  const discipline = disciplineOf(terminal, 0);
  if (discipline === null) services.wakeup(terminalChannel(CONSOLE));
  else takeMore(services, terminal, discipline);
}

function takeMore(services: FileServices, terminal: Terminal, discipline: LineDiscipline): void {
  if (takeInput(services, terminal, discipline)) services.wakeup(terminalChannel(CONSOLE));
}

/** The outside has no more input: readers see the end once they have read what is queued. */
export function endInput(files: FileSystemState, services: FileServices): void {
  files.terminals[CONSOLE].ended = true;
  services.wakeup(terminalChannel(CONSOLE));
}

/** The terminal's window has another size: the foreground group gets SIGWINCH. */
export function resizeTerminal(
  services: FileServices,
  terminal: Terminal,
  rows: number,
  columns: number,
  pixels: [width: number, height: number],
): void {
  const isSame =
    terminal.rows === rows &&
    terminal.columns === columns &&
    terminal.pixels.every((size, axis) => size === pixels[axis]);
  if (isSame) return;
  Object.assign(terminal, { rows, columns, pixels });
  services.signalGroup(terminal.foreground, terminal.session, SIGWINCH);
}

/** Whether the console is a terminal in any of its streams: then /dev/tty can be opened. */
export function hasTerminal(terminal: Terminal): boolean {
  return terminal.streams.includes(true);
}

/** Bytes read, 0 at the end of input, -EAGAIN while there is none, or -EFAULT with nothing lost. */
export function readTerminal(terminal: Terminal, sink: Sink): number {
  if (sink.remaining === 0) return 0;
  if (terminal.input.length === 0) return terminal.ended ? 0 : -EAGAIN;
  return dequeue(terminal.input, sink) || -EFAULT;
}

/** What the line discipline has for a program, as far as it need not wait; makes room for more input. */
export function readLines(
  services: FileServices,
  terminal: Terminal,
  discipline: LineDiscipline,
  sink: Sink,
): number {
  const count = readInput(terminal, discipline, sink);
  takeMore(services, terminal, discipline);
  return count;
}

/** The discipline that the bytes of a stream go through; null where they pass as they are. */
export function disciplineOf(terminal: Terminal, stream: number): LineDiscipline | null {
  return terminal.streams[stream] ? terminal.discipline : null;
}

/** Hands the bytes to the outside; returns how many, -EAGAIN while output is stopped, -EFAULT if none could be read. */
export function writeStream(
  services: FileServices,
  stream: number,
  discipline: LineDiscipline | null,
  source: Source,
): number {
  const total = source.remaining;
  if (total > 0 && discipline?.stopped) return -EAGAIN;
  let done = 0;
  while (done < total) {
    const bytes = source.take(total - done);
    if (bytes.length === 0) return done === 0 ? -EFAULT : done;
    services.output(stream, discipline ? processOutput(discipline, bytes) : bytes);
    done += bytes.length;
  }
  return done;
}
