// What goes to the screen of a terminal with a line discipline: the output of programs and the echo of keys,
// both by the same rules (OPOST), which follow the cursor's column. Echo is kept as a list of marks until it
// is shown, so that output that was stopped by VSTOP holds it back, and a signal can drop it.

import type { FileServices } from "./services.ts";
import type { LineDiscipline, Terminal } from "./state.ts";
import { ECHOCTL, IUTF8, OCRNL, ONLCR, ONLRET, ONOCR, OPOST, TABDLY, XTABS } from "./termios.ts";

const BACKSPACE = 8;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const DELETE = 127;
const CARET = 94;
const TAB_WIDTH = 8;

// Marks in `echo`; a plain byte is itself.
/** Plus a control character: shown as "^X". */
const CARET_NOTATION = 0x100;
/** Plus a count of columns: back over a tab that came that many columns behind an earlier tab. */
const ERASE_TAB = 0x200;
/** The same where the count is from the line's first column. */
const ERASE_FIRST_TAB = 0x300;
const LINE_STARTS = 0x400;
const COLUMN_BACK = 0x401;
/** Marks that a stopped terminal keeps: later ones drop the oldest. */
const ECHO_MAX = 4096;

export function isControl(byte: number): boolean {
  return byte < SPACE || byte === DELETE;
}

/** Whether the byte is of a UTF-8 character that began before it. */
export function isContinuation(discipline: LineDiscipline, byte: number): boolean {
  return (discipline.termios.input & IUTF8) !== 0 && (byte & 0xc0) === 0x80;
}

// ── Rules of output ───────────────────────────────────────────────────────────────────────────

/** Appends what the byte becomes on the screen, and moves the column. */
function place(discipline: LineDiscipline, byte: number, screen: number[]): void {
  const flags = discipline.termios.output;
  switch (byte) {
    case NEWLINE:
      return newline(discipline, flags, screen);
    case RETURN:
      return carriageReturn(discipline, flags, screen);
    case TAB:
      return tab(discipline, flags, screen);
    case BACKSPACE:
      discipline.column = Math.max(0, discipline.column - 1);
      break;
    default:
      if (!isControl(byte) && !isContinuation(discipline, byte)) discipline.column++;
  }
  screen.push(byte);
}

function newline(discipline: LineDiscipline, flags: number, screen: number[]): void {
  if ((flags & (ONLRET | ONLCR)) !== 0) discipline.column = 0;
  if ((flags & ONLCR) !== 0) screen.push(RETURN);
  discipline.lineColumn = discipline.column;
  screen.push(NEWLINE);
}

function carriageReturn(discipline: LineDiscipline, flags: number, screen: number[]): void {
  if ((flags & ONOCR) !== 0 && discipline.column === 0) return;
  const asNewline = (flags & OCRNL) !== 0;
  if (!asNewline || (flags & ONLRET) !== 0) {
    discipline.column = 0;
    discipline.lineColumn = 0;
  }
  screen.push(asNewline ? NEWLINE : RETURN);
}

function tab(discipline: LineDiscipline, flags: number, screen: number[]): void {
  const width = TAB_WIDTH - (discipline.column % TAB_WIDTH);
  discipline.column += width;
  if ((flags & TABDLY) === XTABS) for (let i = 0; i < width; i++) screen.push(SPACE);
  else screen.push(TAB);
}

/** Where the output of a terminal is made: programs write much, and a few bytes at a time. No state. */
const rooms = new WeakMap<LineDiscipline, Uint8Array>();
const ROOM_LEAST = 4096;

function roomOf(discipline: LineDiscipline, size: number): Uint8Array {
  const room = rooms.get(discipline);
  if (room !== undefined && room.length >= size) return room;
  const larger = new Uint8Array(Math.max(size, ROOM_LEAST));
  rooms.set(discipline, larger);
  return larger;
}

/** The bytes of a program as the screen gets them, valid until it gets more. The column follows. */
export function processOutput(discipline: LineDiscipline, bytes: Uint8Array): Uint8Array {
  const { termios } = discipline;
  if ((termios.output & OPOST) === 0) return bytes;
  const longest = (termios.output & TABDLY) === XTABS ? TAB_WIDTH : 2;
  const screen = roomOf(discipline, bytes.length * longest);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const begin = at;
    while (bytes[at] >= SPACE && bytes[at] < DELETE) screen[length++] = bytes[at++];
    discipline.column += at - begin;
    if (at === bytes.length) break;
    const special: number[] = [];
    place(discipline, bytes[at], special);
    for (const one of special) screen[length++] = one;
  }
  return screen.subarray(0, length);
}

// ── Echo ──────────────────────────────────────────────────────────────────────────────────────

function add(discipline: LineDiscipline, mark: number): void {
  discipline.echo.push(mark);
  if (discipline.echo.length > ECHO_MAX) discipline.echo.shift();
}

/** Echoes a byte as it is. */
export function echoByte(discipline: LineDiscipline, byte: number): void {
  add(discipline, byte);
}

/** Echoes a character that was typed: a control character as "^X" if ECHOCTL is set. */
export function echoCharacter(discipline: LineDiscipline, byte: number): void {
  const asCaret = (discipline.termios.local & ECHOCTL) !== 0 && isControl(byte) && byte !== TAB;
  add(discipline, asCaret ? CARET_NOTATION + byte : byte);
}

/** Takes the cursor back over a tab; `columns` were used since the earlier tab, or since the line began. */
export function echoTabErased(discipline: LineDiscipline, columns: number, afterTab: boolean): void {
  add(discipline, (afterTab ? ERASE_TAB : ERASE_FIRST_TAB) + (columns % TAB_WIDTH));
}

/** The next character echoed is the first of a line: its column counts when a tab is erased. */
export function markLineStart(discipline: LineDiscipline): void {
  add(discipline, LINE_STARTS);
}

/** The last byte echoed took no column: it belongs to the character before. */
export function markColumnBack(discipline: LineDiscipline): void {
  add(discipline, COLUMN_BACK);
}

/** Forgets what has not been shown. */
export function dropEcho(discipline: LineDiscipline): void {
  discipline.echo = [];
}

/** Shows the echo, unless output is stopped. */
export function showEcho(services: FileServices, terminal: Terminal, discipline: LineDiscipline): void {
  if (discipline.stopped || discipline.echo.length === 0) return;
  const screen: number[] = [];
  for (const mark of discipline.echo) show(discipline, mark, screen);
  discipline.echo = [];
  if (screen.length > 0) services.output(echoStream(terminal), Uint8Array.from(screen));
}

/** The stream by which the screen is reached. */
function echoStream(terminal: Terminal): number {
  return !terminal.streams[1] && terminal.streams[2] ? 2 : 1;
}

function show(discipline: LineDiscipline, mark: number, screen: number[]): void {
  if (mark === LINE_STARTS) discipline.lineColumn = discipline.column;
  else if (mark === COLUMN_BACK) discipline.column = Math.max(0, discipline.column - 1);
  else if (mark >= ERASE_TAB) showTabErased(discipline, mark, screen);
  else if (mark >= CARET_NOTATION) {
    screen.push(CARET, (mark - CARET_NOTATION) ^ 0x40);
    discipline.column += 2;
  } else if (mark === 0xff) {
    // Linux counts this byte as a column even where it is of a UTF-8 character, or output is not processed.
    screen.push(mark);
    discipline.column++;
  } else if ((discipline.termios.output & OPOST) !== 0) place(discipline, mark, screen);
  else screen.push(mark);
}

function showTabErased(discipline: LineDiscipline, mark: number, screen: number[]): void {
  const fromStart = mark >= ERASE_FIRST_TAB;
  const columns = fromStart ? mark - ERASE_FIRST_TAB + discipline.lineColumn : mark - ERASE_TAB;
  const width = TAB_WIDTH - (columns % TAB_WIDTH);
  for (let i = 0; i < width; i++) screen.push(BACKSPACE);
  discipline.column = Math.max(0, discipline.column - width);
}
