// The argument of an ioctl as text, in strace's form: which record or word it leads to depends on the request.

import {
  ECHO,
  ECHOCTL,
  ECHOE,
  ECHOK,
  ECHOKE,
  ECHONL,
  ECHOPRT,
  ICANON,
  ICRNL,
  IEXTEN,
  IGNCR,
  INLCR,
  ISIG,
  ISTRIP,
  IUTF8,
  IXANY,
  IXON,
  NOFLSH,
  OCRNL,
  ONLCR,
  ONLRET,
  ONOCR,
  OPOST,
  TERMIOS_SIZE,
  TOSTOP,
  VMIN,
  VTIME,
  XTABS,
} from "../fs/termios.ts";
import { flagNames, hex, type Peek, pointer, viewAt } from "./scalars.ts";
import {
  FIONREAD,
  TCFLSH,
  TCGETS,
  TCSBRK,
  TCSETS,
  TCSETSF,
  TCSETSW,
  TCXONC,
  TIOCGPGRP,
  TIOCGSID,
  TIOCGWINSZ,
  TIOCOUTQ,
  TIOCSPGRP,
  TIOCSWINSZ,
} from "./terminal.ts";

const INPUT_NAMES = {
  [ISTRIP]: "ISTRIP",
  [INLCR]: "INLCR",
  [IGNCR]: "IGNCR",
  [ICRNL]: "ICRNL",
  [IXON]: "IXON",
  [IXANY]: "IXANY",
  [IUTF8]: "IUTF8",
};
const OUTPUT_NAMES = {
  [OPOST]: "OPOST",
  [ONLCR]: "ONLCR",
  [OCRNL]: "OCRNL",
  [ONOCR]: "ONOCR",
  [ONLRET]: "ONLRET",
  [XTABS]: "XTABS",
};
const LOCAL_NAMES = {
  [ISIG]: "ISIG",
  [ICANON]: "ICANON",
  [ECHO]: "ECHO",
  [ECHOE]: "ECHOE",
  [ECHOK]: "ECHOK",
  [ECHONL]: "ECHONL",
  [NOFLSH]: "NOFLSH",
  [TOSTOP]: "TOSTOP",
  [ECHOCTL]: "ECHOCTL",
  [ECHOPRT]: "ECHOPRT",
  [ECHOKE]: "ECHOKE",
  [IEXTEN]: "IEXTEN",
};
const CHARACTERS = 17;
const FLOW_NAMES = ["TCOOFF", "TCOON", "TCIOFF", "TCION"];
const FLUSH_NAMES = ["TCIFLUSH", "TCOFLUSH", "TCIOFLUSH"];

function termiosText(memory: Peek, address: number): string {
  const view = viewAt(memory, address, TERMIOS_SIZE);
  if (!view) return pointer(address);
  const word = (index: number) => view.getUint32(4 * index, true);
  const fields = [
    `c_iflag=${flagNames(word(0), INPUT_NAMES)}`,
    `c_oflag=${flagNames(word(1), OUTPUT_NAMES)}`,
    `c_cflag=${hex(word(2))}`,
    `c_lflag=${flagNames(word(3), LOCAL_NAMES)}`,
    `c_cc[VMIN]=${view.getUint8(CHARACTERS + VMIN)}`,
    `c_cc[VTIME]=${view.getUint8(CHARACTERS + VTIME)}`,
  ];
  return `{${fields.join(", ")}, ...}`;
}

function windowText(memory: Peek, address: number): string {
  const view = viewAt(memory, address, 8);
  if (!view) return pointer(address);
  const names = ["ws_row", "ws_col", "ws_xpixel", "ws_ypixel"];
  return `{${names.map((name, i) => `${name}=${view.getUint16(2 * i, true)}`).join(", ")}}`;
}

function wordText(memory: Peek, address: number): string {
  const view = viewAt(memory, address, 4);
  return view ? `[${view.getInt32(0, true)}]` : pointer(address);
}

/** The argument of a request; `failed` where what the call would have stored is not there. */
export function ioctlText(memory: Peek, request: number, value: number, failed: boolean): string {
  switch (request) {
    case TCGETS:
      return failed ? pointer(value) : termiosText(memory, value);
    case TCSETS:
    case TCSETSW:
    case TCSETSF:
      return termiosText(memory, value);
    case TIOCGWINSZ:
      return failed ? pointer(value) : windowText(memory, value);
    case TIOCSWINSZ:
      return windowText(memory, value);
    case TIOCSPGRP:
      return wordText(memory, value);
    case TIOCGPGRP:
    case TIOCGSID:
    case TIOCOUTQ:
    case FIONREAD:
      return failed ? pointer(value) : wordText(memory, value);
    case TCXONC:
      return FLOW_NAMES[value] ?? hex(value);
    case TCFLSH:
      return FLUSH_NAMES[value] ?? hex(value);
    case TCSBRK:
      return String(value);
    default:
      return pointer(value);
  }
}
