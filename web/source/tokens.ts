// Splits a line of assembly into what is to look different: for the editor and for listings. GNU syntax for RISC-V.

import { REGISTER_NAMES } from "../../host/isa/registers.ts";

export type TokenKind =
  | "comment"
  | "string"
  | "number"
  | "label"
  | "directive"
  /** The first word of a statement: an instruction or a macro. */
  | "mnemonic"
  | "register"
  | "name"
  | "other";

export interface Token {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

const REGISTERS: ReadonlySet<string> = new Set([
  ...REGISTER_NAMES,
  "fp",
  ...REGISTER_NAMES.map((_, index) => `x${index}`),
]);

// One alternative for each kind, tried in this order at every place.
const PATTERN =
  /(?<comment>#.*|\/\/.*|\/\*.*?(?:\*\/|$))|(?<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])'?)|(?<label>(?:[\w.$]+|"[^"]*"):)|(?<number>\b(?:0[xX][\da-fA-F]+|0[bB][01]+|\d+[fb]?)\b)|(?<word>\\?[A-Za-z_.$][\w.$]*)|(?<end>;)|(?<space>\s+)|(?<other>.)/g;

/** The tokens of a line, without the space between them. Comments of several lines are seen as one line's. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = [];
  let isStart = true;
  for (const match of line.matchAll(PATTERN)) {
    const groups = match.groups!;
    const from = match.index;
    const to = from + match[0].length;
    if (groups["space"] !== undefined) continue;
    const kind = kindOf(groups, isStart);
    tokens.push({ from, to, kind });
    isStart = groups["end"] !== undefined || (isStart && kind === "label");
  }
  return tokens;
}

function kindOf(groups: Readonly<Record<string, string | undefined>>, isStart: boolean): TokenKind {
  if (groups["comment"] !== undefined) return "comment";
  if (groups["string"] !== undefined) return "string";
  if (groups["label"] !== undefined) return isStart ? "label" : "name";
  if (groups["number"] !== undefined) return "number";
  const word = groups["word"];
  if (word === undefined) return "other";
  if (word.startsWith(".") && isStart) return "directive";
  if (isStart) return "mnemonic";
  return REGISTERS.has(word) ? "register" : "name";
}
