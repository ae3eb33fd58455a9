// A terminal as a machine begins with it: its size, its attributes, nothing typed yet. What becomes of the bytes that pass
// through it is in line-discipline.ts, terminal-input.ts and terminal-output.ts.

import { INIT_PID } from "../../assembly/layout.ts";
import { emptyQueue } from "./inode.ts";
import type { LineDiscipline, Terminal } from "./state.ts";
import { defaultTermios } from "./termios.ts";

export interface TerminalOptions {
  /** Which of stdin, stdout and stderr are a terminal; default none. */
  readonly terminal?: readonly [boolean, boolean, boolean];
  readonly rows?: number;
  readonly columns?: number;
  /** Whether the terminal has a line discipline; without, bytes pass as they are. Default no. */
  readonly lineDiscipline?: boolean;
}

export function createTerminal(options: TerminalOptions): Terminal {
  return {
    streams: [...(options.terminal ?? [false, false, false])],
    rows: options.rows ?? 24,
    columns: options.columns ?? 80,
    pixels: [0, 0],
    input: emptyQueue(),
    ended: false,
    discipline: options.lineDiscipline ? createDiscipline() : null,
    session: INIT_PID,
    foreground: 0,
  };
}

function createDiscipline(): LineDiscipline {
  return {
    termios: defaultTermios(),
    buffer: [],
    complete: 0,
    literal: false,
    erasing: false,
    echo: [],
    column: 0,
    lineColumn: 0,
    stopped: false,
    suspended: false,
    lastInput: 0,
  };
}
