// Attributes of a terminal as termios(3) has them: flag bits, indices of control characters and the kernel's
// struct termios (asm-generic/termbits.h). Flags that say nothing on a line without modem, parity and delays
// are kept for the program and have no effect.

import type { Termios } from "./state.ts";

// c_iflag
export const ISTRIP = 0o40;
export const INLCR = 0o100;
export const IGNCR = 0o200;
export const ICRNL = 0o400;
export const IXON = 0o2000;
export const IXANY = 0o4000;
export const IUTF8 = 0o40000;

// c_oflag
export const OPOST = 0o1;
export const ONLCR = 0o4;
export const OCRNL = 0o10;
export const ONOCR = 0o20;
export const ONLRET = 0o40;
export const TABDLY = 0o14000;
/** The value of TABDLY that asks for spaces instead of tabs. */
export const XTABS = 0o14000;

// c_cflag
export const CSIZE = 0o60;
export const CS8 = 0o60;
export const CREAD = 0o200;
export const PARENB = 0o400;
export const B38400 = 0o17;

// c_lflag
export const ISIG = 0o1;
export const ICANON = 0o2;
export const ECHO = 0o10;
export const ECHOE = 0o20;
export const ECHOK = 0o40;
export const ECHONL = 0o100;
export const NOFLSH = 0o200;
export const TOSTOP = 0o400;
export const ECHOCTL = 0o1000;
export const ECHOPRT = 0o2000;
export const ECHOKE = 0o4000;
export const IEXTEN = 0o100000;

// Indices in c_cc. A control character that is 0 is disabled.
export const VINTR = 0;
export const VQUIT = 1;
export const VERASE = 2;
export const VKILL = 3;
export const VEOF = 4;
export const VTIME = 5;
export const VMIN = 6;
export const VSTART = 8;
export const VSTOP = 9;
export const VSUSP = 10;
export const VEOL = 11;
export const VREPRINT = 12;
export const VWERASE = 14;
export const VLNEXT = 15;
export const VEOL2 = 16;

const CONTROL_CHARACTERS = 19;
/** Bytes of struct termios: four words of flags, c_line, c_cc. */
export const TERMIOS_SIZE = 36;
const LINE = 16;
const CHARACTERS = 17;

/** What the terminal of a login is set to: stty's "sane", with UTF-8. */
export function defaultTermios(): Termios {
  const characters: number[] = new Array(CONTROL_CHARACTERS).fill(0);
  const control = (letter: string) => letter.charCodeAt(0) & 0x1f;
  Object.assign(characters, {
    [VINTR]: control("C"),
    [VQUIT]: control("\\"),
    [VERASE]: 0x7f,
    [VKILL]: control("U"),
    [VEOF]: control("D"),
    [VMIN]: 1,
    [VSTART]: control("Q"),
    [VSTOP]: control("S"),
    [VSUSP]: control("Z"),
    [VREPRINT]: control("R"),
    [VWERASE]: control("W"),
    [VLNEXT]: control("V"),
  });
  return {
    input: ICRNL | IXON | IUTF8,
    output: OPOST | ONLCR,
    control: B38400 | CS8 | CREAD,
    local: ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE,
    line: 0,
    characters,
  };
}

/** struct termios as a program reads it. */
export function encodeTermios(termios: Termios): Uint8Array {
  const bytes = new Uint8Array(TERMIOS_SIZE);
  const view = new DataView(bytes.buffer);
  const { input, output, control, local } = termios;
  [input, output, control, local].forEach((word, index) => {
    view.setUint32(4 * index, word, true);
  });
  bytes[LINE] = termios.line;
  bytes.set(termios.characters, CHARACTERS);
  return bytes;
}

/** The attributes that a program asks for; characters have 8 bits and no parity whatever it says. */
export function decodeTermios(bytes: Uint8Array): Termios {
  const view = new DataView(bytes.buffer, bytes.byteOffset, TERMIOS_SIZE);
  return {
    input: view.getUint32(0, true),
    output: view.getUint32(4, true),
    control: ((view.getUint32(8, true) & ~(CSIZE | PARENB)) | CS8 | CREAD) >>> 0,
    local: view.getUint32(12, true),
    line: bytes[LINE],
    characters: [...bytes.subarray(CHARACTERS, TERMIOS_SIZE)],
  };
}
