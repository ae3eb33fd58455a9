// How a program reads from a terminal with a line discipline: a line at a time in canonical mode, else as VMIN
// and VTIME say (termios(3)). Whether a read must wait, and until when, follows from the state and from
// when the read began; nothing is taken before it is decided.

import { EFAULT } from "../syscalls/errno.ts";
import { isCanonical, LINE_END } from "./line-discipline.ts";
import type { LineDiscipline, Terminal } from "./state.ts";
import { VMIN, VTIME } from "./termios.ts";
import type { Sink } from "./transfer.ts";

/** VTIME counts tenths of a second. */
const TIME_UNITS = 10;

/** Whether a poll says that it can be read. */
export function isInputReady(terminal: Terminal, discipline: LineDiscipline): boolean {
  if (terminal.ended) return true;
  if (isCanonical(discipline)) return discipline.complete > 0;
  const { characters } = discipline.termios;
  const least = characters[VTIME] === 0 ? Math.max(1, characters[VMIN]) : 1;
  return discipline.buffer.length >= least;
}

/** Bytes that reads would give now (FIONREAD): of whole lines in canonical mode, without ends of file. */
export function readableBytes(discipline: LineDiscipline): number {
  if (!isCanonical(discipline)) return discipline.buffer.length;
  return discipline.buffer.slice(0, discipline.complete).filter((byte) => byte !== LINE_END).length;
}

/**
 * Until when (ticks) a read of `wanted` bytes that began at `begin` has to wait: 0 if it need not, Infinity if
 * only input can end the wait.
 */
export function readDeadline(
  terminal: Terminal,
  discipline: LineDiscipline,
  wanted: number,
  begin: number,
  clockHz: number,
): number {
  if (terminal.ended) return 0;
  if (isCanonical(discipline)) return discipline.complete > 0 ? 0 : Infinity;
  const { buffer, termios, lastInput } = discipline;
  const least = termios.characters[VMIN];
  const time = Math.ceil((termios.characters[VTIME] * clockHz) / TIME_UNITS);
  if (least === 0) return buffer.length > 0 || time === 0 ? 0 : begin + time;
  if (buffer.length >= Math.min(least, wanted)) return 0;
  return buffer.length > 0 && time > 0 ? Math.max(begin, lastInput) + time : Infinity;
}

/** Gives a program what there is: at most one line in canonical mode. Bytes read, or -EFAULT with nothing lost. */
export function readInput(terminal: Terminal, discipline: LineDiscipline, sink: Sink): number {
  const count = Math.min(sink.remaining, lineLength(terminal, discipline));
  const bytes = Uint8Array.from(discipline.buffer.slice(0, count));
  const taken = count === 0 ? 0 : sink.put(bytes);
  if (count > 0 && taken === 0) return -EFAULT;
  discard(discipline, taken);
  return taken;
}

/** Bytes of the first line, or of all there is where there are no lines; an end of file is not counted. */
function lineLength(terminal: Terminal, discipline: LineDiscipline): number {
  const { buffer, complete } = discipline;
  if (!isCanonical(discipline)) return buffer.length;
  const end = buffer.findIndex((byte) => byte >= LINE_END);
  if (end < 0) return terminal.ended ? buffer.length : complete;
  return buffer[end] === LINE_END ? end : end + 1;
}

/** Takes `count` bytes out, and an end of file that stands right behind them on the same line. */
function discard(discipline: LineDiscipline, count: number): void {
  const { buffer } = discipline;
  const endsLine = count > 0 && buffer[count - 1] >= LINE_END;
  const taken = !endsLine && buffer[count] === LINE_END ? count + 1 : count;
  buffer.splice(0, taken);
  discipline.complete = Math.max(0, discipline.complete - taken);
}
