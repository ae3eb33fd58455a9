// Values for people: one word or a run of bytes, in the bases and by the letters that gdb's print and x use.

/** x hexadecimal, d signed, u unsigned, t binary, o octal, c character, a address. */
export type Format = "x" | "d" | "u" | "t" | "o" | "c" | "a";

export const FORMATS: readonly Format[] = ["x", "d", "u", "t", "o", "c", "a"];

/** All readings of a word side by side. */
export interface Readings {
  readonly hexadecimal: string;
  readonly signed: string;
  readonly unsigned: string;
  readonly binary: string;
  /** Its four bytes as characters, the lowest address first; "." for what cannot be shown. */
  readonly ascii: string;
}

export function readings(word: number): Readings {
  const bytes = [0, 8, 16, 24].map((shift) => (word >>> shift) & 255);
  return {
    hexadecimal: formatNumber(word, "x"),
    signed: formatNumber(word, "d"),
    unsigned: formatNumber(word, "u"),
    binary: formatNumber(word, "t"),
    ascii: asciiOf(Uint8Array.from(bytes)),
  };
}

/**
 * A value of `size` bytes in one format. `symbol` names addresses (format a).
 */
export function formatNumber(
  value: number,
  format: Format,
  size: 1 | 2 | 4 = 4,
  symbol: (address: number) => string = () => "",
): string {
  const bits = 8 * size;
  const unsigned = (value << (32 - bits)) >>> (32 - bits);
  const signed = (value << (32 - bits)) >> (32 - bits);
  switch (format) {
    case "x":
      return `0x${unsigned.toString(16).padStart(2 * size, "0")}`;
    case "d":
      return `${signed}`;
    case "u":
      return `${unsigned}`;
    case "t":
      return `0b${unsigned.toString(2).padStart(bits, "0")}`;
    case "o":
      return `0${unsigned.toString(8)}`;
    case "c":
      return `${signed} ${characterOf(unsigned & 255)}`;
    case "a":
      return formatAddress(unsigned, symbol(unsigned));
  }
}

/** An address with what it is called: `0x10074 <main+0x10>`. */
export function formatAddress(address: number, symbol: string): string {
  const digits = `0x${address.toString(16)}`;
  return symbol === "" ? digits : `${digits} <${symbol}>`;
}

const CONTROL: Readonly<Record<number, string>> = {
  0: "\\0",
  9: "\\t",
  10: "\\n",
  13: "\\r",
  39: "\\'",
  92: "\\\\",
};

/** A byte as a character literal. */
export function characterOf(byte: number): string {
  const shown =
    byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`;
  return `'${CONTROL[byte] ?? shown}'`;
}

/** Bytes as text of the same length; "." for what is no printable ASCII. */
export function asciiOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
}

/** Bytes as a string literal, control characters and bytes above 126 as escapes. */
export function stringLiteral(bytes: Uint8Array): string {
  const inside = Array.from(bytes, (byte) => {
    const character = characterOf(byte).slice(1, -1);
    return byte === 34 ? '\\"' : byte === 39 ? "'" : character;
  });
  return `"${inside.join("")}"`;
}
