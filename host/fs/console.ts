// The console: the machine's standard streams. Input is queued until a program reads it; output goes
// to the outside at once and is not kept. Each of the three streams is either the terminal or a plain
// stream of bytes. Input is raw: the line discipline of a canonical terminal is not here.

import { WAIT_KIND_SHIFT, WAIT_TTY } from "../../assembly/layout.ts";
import { EAGAIN, EFAULT } from "../syscalls/errno.ts";
import { dequeue, enqueue } from "./queue.ts";
import type { FileServices } from "./services.ts";
import type { FileSystemState, Terminal } from "./state.ts";
import type { Sink, Source } from "./transfer.ts";

/** The terminal of the console. */
export const CONSOLE = 0;

/** Woken when input comes or ends. */
export function terminalChannel(terminal: number): number {
  return (WAIT_TTY << WAIT_KIND_SHIFT) | terminal;
}

/** The outside gives input to the console. Ignored after `endInput`. */
export function giveInput(files: FileSystemState, services: FileServices, bytes: Uint8Array): void {
  const terminal = files.terminals[CONSOLE];
  if (terminal.ended || bytes.length === 0) return;
  enqueue(terminal.input, bytes);
  services.wakeup(terminalChannel(CONSOLE));
}

/** The outside has no more input: readers see the end once they have read what is queued. */
export function endInput(files: FileSystemState, services: FileServices): void {
  files.terminals[CONSOLE].ended = true;
  services.wakeup(terminalChannel(CONSOLE));
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

/** Hands the bytes to the outside; returns how many, or -EFAULT if none could be read. */
export function writeStream(services: FileServices, stream: number, source: Source): number {
  const total = source.remaining;
  let done = 0;
  while (done < total) {
    const bytes = source.take(total - done);
    if (bytes.length === 0) return done === 0 ? -EFAULT : done;
    services.output(stream, bytes);
    done += bytes.length;
  }
  return done;
}
