// The line discipline of a terminal: what becomes of the bytes that its keyboard sends (POSIX, General Terminal
// Interface; the details are those of Linux's N_TTY). Signals and flow control first, then the translation of
// returns, then in canonical mode the editing of a line, and the echo of all that.
//
// `buffer` holds what was taken in: first `complete` bytes of whole lines, the last byte of each marked with
// LINE_END (an end of file is the mark alone), then the line that is being typed. What does not fit stays in the
// terminal's queue until a program has read. A stop signal (VSUSP) is sent like the others; that it stops
// processes, and that a background group may not read, comes with job control.

import { SIGINT, SIGQUIT, SIGTSTP } from "../syscalls/signal-numbers.ts";
import { eraseInput, finishErasing, reprintLine } from "./line-editing.ts";
import { shift } from "./queue.ts";
import type { FileServices } from "./services.ts";
import type { LineDiscipline, Terminal, Termios } from "./state.ts";
import { dropEcho, echoByte, echoCharacter, markLineStart, showEcho } from "./terminal-output.ts";
import {
  ECHO,
  ECHOCTL,
  ECHONL,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  INLCR,
  ISIG,
  ISTRIP,
  IXANY,
  IXON,
  NOFLSH,
  VEOF,
  VEOL,
  VEOL2,
  VERASE,
  VINTR,
  VKILL,
  VLNEXT,
  VQUIT,
  VREPRINT,
  VSTART,
  VSTOP,
  VSUSP,
  VWERASE,
} from "./termios.ts";

/** Set on the last byte of a line in `buffer`. */
export const LINE_END = 0x100;
/** Bytes that the buffer holds (MAX_CANON with the end of the line, MAX_INPUT). */
export const BUFFER_SIZE = 4096;

const BACKSPACE = 8;
const NEWLINE = 10;
const RETURN = 13;
const CARET = 94;

const SIGNALS: readonly (readonly [character: number, signal: number])[] = [
  [VINTR, SIGINT],
  [VQUIT, SIGQUIT],
  [VSUSP, SIGTSTP],
];

export function isCanonical(discipline: LineDiscipline): boolean {
  return (discipline.termios.local & ICANON) !== 0;
}

// ── Between the keyboard and the buffer ───────────────────────────────────────────────────────

/** Takes in what the terminal's queue holds, as far as there is room. Whether those who wait for it may go on. */
export function takeInput(services: FileServices, terminal: Terminal, discipline: LineDiscipline): boolean {
  if (terminal.input.length === 0) return false;
  const wasStopped = discipline.stopped;
  const receiver = new Receiver(services, terminal, discipline);
  while (terminal.input.length > 0 && makeRoom(discipline)) receiver.receive(shift(terminal.input));
  discipline.lastInput = services.now();
  showEcho(services, terminal, discipline);
  const canRead = isCanonical(discipline) ? discipline.complete > 0 : discipline.buffer.length > 0;
  return canRead || (wasStopped && !discipline.stopped);
}

/**
 * Whether one more byte may come. A line that is longer than the buffer loses its last byte to it, so that
 * editing and its end are always possible.
 */
function makeRoom(discipline: LineDiscipline): boolean {
  const { buffer } = discipline;
  if (buffer.length < BUFFER_SIZE - 1) return true;
  if (!isCanonical(discipline) || discipline.complete > 0) return false;
  if (buffer.length >= BUFFER_SIZE) buffer.pop();
  return true;
}

/** Forgets what was typed and not read. */
export function flushInput(discipline: LineDiscipline): void {
  discipline.buffer = [];
  discipline.complete = 0;
  discipline.erasing = false;
}

/** Lets output go on that VSTOP had stopped: those who wait to write are woken by the caller. */
function startOutput(services: FileServices, terminal: Terminal, discipline: LineDiscipline): void {
  if (discipline.suspended) return;
  discipline.stopped = false;
  showEcho(services, terminal, discipline);
}

/** A program stops output. */
export function suspendOutput(discipline: LineDiscipline): void {
  discipline.suspended = true;
  discipline.stopped = true;
}

/** It lets it go on again: those who wait to write are woken by the caller. */
export function resumeOutput(services: FileServices, terminal: Terminal, discipline: LineDiscipline): void {
  if (!discipline.suspended) return;
  discipline.suspended = false;
  startOutput(services, terminal, discipline);
}

/** What was typed changes between bytes and lines with the mode; the rest of the attributes just hold. */
export function setTermios(
  services: FileServices,
  terminal: Terminal,
  discipline: LineDiscipline,
  termios: Termios,
): void {
  const before = discipline.termios;
  discipline.termios = termios;
  if (((before.local ^ termios.local) & ICANON) !== 0) changeMode(discipline);
  if ((before.input & IXON) !== 0 && (termios.input & IXON) === 0)
    startOutput(services, terminal, discipline);
}

function changeMode(discipline: LineDiscipline): void {
  const buffer = discipline.buffer.map((byte) => byte & ~LINE_END);
  const isLine = isCanonical(discipline) && buffer.length > 0;
  if (isLine) buffer[buffer.length - 1] |= LINE_END;
  discipline.buffer = buffer;
  discipline.complete = isLine ? buffer.length : 0;
  discipline.erasing = false;
  discipline.literal = false;
}

// ── One byte after the other ──────────────────────────────────────────────────────────────────

/** The way of bytes from the keyboard into the buffer. Its state is the discipline's. */
class Receiver {
  readonly #services: FileServices;
  readonly #terminal: Terminal;
  readonly #discipline: LineDiscipline;

  constructor(services: FileServices, terminal: Terminal, discipline: LineDiscipline) {
    this.#services = services;
    this.#terminal = terminal;
    this.#discipline = discipline;
  }

  #input(flag: number): boolean {
    return (this.#discipline.termios.input & flag) !== 0;
  }

  #local(flag: number): boolean {
    return (this.#discipline.termios.local & flag) !== 0;
  }

  /** Whether the byte is this control character; one that is 0 is disabled. */
  #is(byte: number, character: number): boolean {
    return byte !== 0 && byte === this.#discipline.termios.characters[character];
  }

  receive(typed: number): void {
    const byte = this.#input(ISTRIP) ? typed & 0x7f : typed;
    const discipline = this.#discipline;
    const isLiteral = discipline.literal;
    discipline.literal = false;
    if (!isLiteral && (this.#flowControl(byte) || this.#signal(byte))) return;
    if (discipline.stopped && this.#input(IXON) && this.#input(IXANY)) this.#start();
    if (isLiteral) this.#ordinary(byte);
    else this.#translated(byte);
  }

  /** VSTART and VSTOP. */
  #flowControl(byte: number): boolean {
    if (!this.#input(IXON)) return false;
    if (this.#is(byte, VSTART)) this.#start();
    else if (this.#is(byte, VSTOP)) this.#discipline.stopped = true;
    else return false;
    return true;
  }

  #start(): void {
    startOutput(this.#services, this.#terminal, this.#discipline);
  }

  /** VINTR, VQUIT and VSUSP: a signal to the foreground group. What was typed before is dropped with it. */
  #signal(byte: number): boolean {
    const found = this.#local(ISIG) ? SIGNALS.find(([character]) => this.#is(byte, character)) : undefined;
    if (!found) return false;
    const discipline = this.#discipline;
    const { foreground, session } = this.#terminal;
    this.#services.signalGroup(foreground, session, found[1]);
    if (!this.#local(NOFLSH)) {
      flushInput(discipline);
      dropEcho(discipline);
    }
    if (this.#input(IXON)) this.#start();
    if (this.#local(ECHO)) echoCharacter(discipline, byte);
    return true;
  }

  #translated(typed: number): void {
    if (typed === RETURN && this.#input(IGNCR)) return;
    if (typed === RETURN && this.#input(ICRNL)) this.#special(NEWLINE);
    else if (typed === NEWLINE && this.#input(INLCR)) this.#special(RETURN);
    else if (isCanonical(this.#discipline)) this.#special(typed);
    else this.#ordinary(typed);
  }

  /** A byte that may mean something in canonical mode. */
  #special(byte: number): void {
    if (isCanonical(this.#discipline) && this.#canonical(byte)) return;
    if (byte === NEWLINE && this.#local(ECHO)) {
      finishErasing(this.#discipline);
      echoByte(this.#discipline, NEWLINE);
      this.#discipline.buffer.push(NEWLINE);
    } else this.#ordinary(byte);
  }

  #ordinary(byte: number): void {
    const discipline = this.#discipline;
    if (this.#local(ECHO)) {
      finishErasing(discipline);
      this.#echoTyped(byte);
    }
    discipline.buffer.push(byte);
  }

  #echoTyped(byte: number): void {
    const discipline = this.#discipline;
    if (discipline.complete === discipline.buffer.length) markLineStart(discipline);
    echoCharacter(discipline, byte);
  }

  /** Edits the line or ends it; whether the byte had such a meaning. */
  #canonical(byte: number): boolean {
    return this.#edits(byte) || this.#endsLine(byte);
  }

  #edits(byte: number): boolean {
    const discipline = this.#discipline;
    const isExtended = this.#local(IEXTEN);
    const isKill = this.#is(byte, VKILL);
    if (this.#is(byte, VERASE)) eraseInput(discipline, "character");
    else if (this.#is(byte, VWERASE) && (isExtended || isKill)) eraseInput(discipline, "word");
    else if (isKill) eraseInput(discipline, "line");
    else if (isExtended && this.#is(byte, VLNEXT)) this.#nextIsLiteral();
    else if (isExtended && this.#local(ECHO) && this.#is(byte, VREPRINT)) reprintLine(discipline, byte);
    else return false;
    return true;
  }

  /** VLNEXT shows a caret and puts the cursor on it, to be overwritten. */
  #nextIsLiteral(): void {
    const discipline = this.#discipline;
    discipline.literal = true;
    if (!this.#local(ECHO)) return;
    finishErasing(discipline);
    if (!this.#local(ECHOCTL)) return;
    echoByte(discipline, CARET);
    echoByte(discipline, BACKSPACE);
  }

  #endsLine(byte: number): boolean {
    if (byte === NEWLINE) {
      if (this.#local(ECHO) || this.#local(ECHONL)) echoByte(this.#discipline, NEWLINE);
      this.#completeLine(NEWLINE);
    } else if (this.#is(byte, VEOF)) this.#completeLine(0);
    else if (this.#is(byte, VEOL) || (this.#local(IEXTEN) && this.#is(byte, VEOL2))) {
      if (this.#local(ECHO)) this.#echoTyped(byte);
      this.#completeLine(byte);
    } else return false;
    return true;
  }

  #completeLine(last: number): void {
    const { buffer } = this.#discipline;
    buffer.push(last | LINE_END);
    this.#discipline.complete = buffer.length;
  }
}
