// Editing of the line that is being typed in canonical mode: VERASE takes a character back, VWERASE a word,
// VKILL the line, and VREPRINT shows it again. The buffer gets shorter and the echo shows it.

import type { LineDiscipline } from "./state.ts";
import {
  echoByte,
  echoCharacter,
  echoTabErased,
  isContinuation,
  isControl,
  markColumnBack,
} from "./terminal-output.ts";
import { ECHO, ECHOCTL, ECHOE, ECHOK, ECHOKE, ECHOPRT, VERASE, VKILL } from "./termios.ts";

const BACKSPACE = 8;
const TAB = 9;
const NEWLINE = 10;
const SPACE = 32;
const BACKSLASH = 92;
const SLASH = 47;
const UNDERSCORE = 95;

export type Erase = "character" | "word" | "line";

function has(discipline: LineDiscipline, flag: number): boolean {
  return (discipline.termios.local & flag) !== 0;
}

/** Letters and digits of Latin-1, as Linux counts them: so the first byte of a UTF-8 letter is one, too. */
function isWordByte(byte: number): boolean {
  if (byte >= 192) return byte !== 215 && byte !== 247;
  return /[0-9A-Za-z]/.test(String.fromCharCode(byte)) || byte === UNDERSCORE;
}

/** Ends the list of erased characters that ECHOPRT shows between "\" and "/". */
export function finishErasing(discipline: LineDiscipline): void {
  if (!discipline.erasing) return;
  echoByte(discipline, SLASH);
  discipline.erasing = false;
}

/** Takes the last character, word or all of the line back. */
export function eraseInput(discipline: LineDiscipline, what: Erase): void {
  const { buffer, complete } = discipline;
  if (buffer.length === complete) return;
  if (what === "line" && !showsErasure(discipline)) {
    buffer.length = complete;
    if (has(discipline, ECHO)) echoKill(discipline);
    return;
  }
  let wordBegan = false;
  while (buffer.length > complete) {
    const start = characterStart(discipline);
    if (start < 0) break;
    if (what === "word") {
      if (isWordByte(buffer[start])) wordBegan = true;
      else if (wordBegan) break;
    }
    const erased = buffer.splice(start);
    if (has(discipline, ECHO)) echoErased(discipline, erased, what);
    if (what === "character") break;
  }
  if (buffer.length === complete && has(discipline, ECHO)) finishErasing(discipline);
}

/** Whether a line is killed character by character on the screen. */
function showsErasure(discipline: LineDiscipline): boolean {
  return [ECHO, ECHOK, ECHOKE, ECHOE].every((flag) => has(discipline, flag));
}

function echoKill(discipline: LineDiscipline): void {
  finishErasing(discipline);
  echoCharacter(discipline, discipline.termios.characters[VKILL]);
  if (has(discipline, ECHOK)) echoByte(discipline, NEWLINE);
}

/** Index of the last character's first byte; -1 if that is not there. */
function characterStart(discipline: LineDiscipline): number {
  const { buffer, complete } = discipline;
  let at = buffer.length - 1;
  while (at > complete && isContinuation(discipline, buffer[at])) at--;
  return isContinuation(discipline, buffer[at]) ? -1 : at;
}

function echoErased(discipline: LineDiscipline, erased: readonly number[], what: Erase): void {
  const [first, ...others] = erased;
  if (has(discipline, ECHOPRT)) return echoPrinted(discipline, first, others);
  if (what === "character" && !has(discipline, ECHOE))
    return echoCharacter(discipline, discipline.termios.characters[VERASE]);
  if (first === TAB) return echoTab(discipline);
  if (isControl(first) && !has(discipline, ECHOCTL)) return;
  const columns = isControl(first) ? 2 : 1;
  for (let i = 0; i < columns; i++)
    for (const byte of [BACKSPACE, SPACE, BACKSPACE]) echoByte(discipline, byte);
}

/** For a terminal that prints on paper: what is erased is printed once more. */
function echoPrinted(discipline: LineDiscipline, first: number, others: readonly number[]): void {
  if (!discipline.erasing) echoByte(discipline, BACKSLASH);
  discipline.erasing = true;
  echoCharacter(discipline, first);
  for (const byte of others) {
    echoByte(discipline, byte);
    markColumnBack(discipline);
  }
}

/** A tab is as wide as what stands before it leaves: its columns since the earlier tab, or the line's start. */
function echoTab(discipline: LineDiscipline): void {
  const { buffer, complete } = discipline;
  let columns = 0;
  for (let at = buffer.length - 1; at >= complete; at--) {
    const byte = buffer[at];
    if (byte === TAB) return echoTabErased(discipline, columns, true);
    if (isControl(byte)) columns += has(discipline, ECHOCTL) ? 2 : 0;
    else if (!isContinuation(discipline, byte)) columns++;
  }
  echoTabErased(discipline, columns, false);
}

/** Shows the line on a new line of the screen, behind the character that asked for it. */
export function reprintLine(discipline: LineDiscipline, byte: number): void {
  finishErasing(discipline);
  echoCharacter(discipline, byte);
  echoByte(discipline, NEWLINE);
  for (const typed of discipline.buffer.slice(discipline.complete)) echoCharacter(discipline, typed);
}
