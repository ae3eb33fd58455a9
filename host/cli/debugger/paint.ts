// Colours of the terminal debugger: one meaning each, and none where there is no terminal or NO_COLOR is set.

export interface Paint {
  /** Addresses and numbers of the machine. */
  address(text: string): string;
  /** Names: functions, symbols, registers. */
  name(text: string): string;
  /** Where execution stands. */
  here(text: string): string;
  /** What explains, and is not the machine's own. */
  quiet(text: string): string;
  /** What went wrong. */
  error(text: string): string;
  bold(text: string): string;
}

function code(start: number, end: number): (text: string) => string {
  return (text) => `\x1b[${start}m${text}\x1b[${end}m`;
}

const PLAIN = (text: string) => text;

export function makePaint(colour: boolean): Paint {
  if (!colour) return { address: PLAIN, name: PLAIN, here: PLAIN, quiet: PLAIN, error: PLAIN, bold: PLAIN };
  return {
    address: code(34, 39),
    name: code(33, 39),
    here: code(32, 39),
    quiet: code(2, 22),
    error: code(31, 39),
    bold: code(1, 22),
  };
}
