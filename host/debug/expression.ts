// The expressions of conditions, watchpoints and `print`: C's operators on 32-bit values, over registers, memory
// and symbols. Here they are read; evaluate.ts gives them values.
//
//   a0  $a0  x10  pc      registers (with $ also where a symbol has that name)
//   counter  &counter     the address of a symbol
//   *counter              the word there; byte(e), half(e), sbyte(e), shalf(e) read less
//   pid                   the process's number
//   $arg0..$arg5  $result what its last system call was given, and what came of it
//   10  0x1f  0b101  'a'  numbers; a u behind them, or a value above 2^31 - 1, makes them unsigned

import { REGISTER_NAMES } from "../../assembly/isa/table.ts";
import { DebugError } from "./errors.ts";

export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly unsigned: boolean }
  /** x0..x31, or PC. */
  | { readonly kind: "register"; readonly register: number }
  | { readonly kind: "pid" }
  /** Of the process's last system call: an argument from 0, or the result. */
  | { readonly kind: "call"; readonly part: number | "result"; readonly column: number }
  | { readonly kind: "symbol"; readonly name: string; readonly column: number }
  | {
      readonly kind: "load";
      readonly size: 1 | 2 | 4;
      readonly signed: boolean;
      readonly address: Expression;
      readonly column: number;
    }
  | { readonly kind: "unary"; readonly operator: "-" | "+" | "~" | "!"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
      readonly column: number;
    }
  | {
      readonly kind: "choice";
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    };

/** Number of the pc where registers are numbered. */
export const PC = 32;

/** Number of a register by either of its names (without $), or undefined. */
export function registerNumber(name: string): number | undefined {
  if (name === "pc") return PC;
  if (name === "fp") return 8;
  const numbered = /^x(\d|[12]\d|3[01])$/.exec(name);
  if (numbered) return Number(numbered[1]);
  const index = REGISTER_NAMES.indexOf(name);
  return index < 0 ? undefined : index;
}

// C's ranks; higher binds tighter.
const RANKS: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "|": 3,
  "^": 4,
  "&": 5,
  "==": 6,
  "!=": 6,
  "<": 7,
  "<=": 7,
  ">": 7,
  ">=": 7,
  "<<": 8,
  ">>": 8,
  "+": 9,
  "-": 9,
  "*": 10,
  "/": 10,
  "%": 10,
};

const LOADS: Readonly<Record<string, { size: 1 | 2 | 4; signed: boolean }>> = {
  byte: { size: 1, signed: false },
  sbyte: { size: 1, signed: true },
  half: { size: 2, signed: false },
  shalf: { size: 2, signed: true },
  word: { size: 4, signed: true },
};

const ESCAPES: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, "0": 0, "\\": 92, "'": 39, '"': 34 };

interface Token {
  readonly kind: "number" | "name" | "register" | "operator" | "end";
  readonly text: string;
  readonly value: number;
  /** From 1. */
  readonly column: number;
}

const TOKEN =
  /\s*(?:(0x[0-9a-f]+|0b[01]+|\d+)(u?)(?![\w.])|('(?:\\.|[^'\\])')|\$([\w.]+)|([A-Za-z_.][\w.$]*)|(\|\||&&|==|!=|<=|>=|<<|>>|[-+*/%&|^~!<>()?:]))/iy;

/** Nesting of parentheses and unary operators. */
const DEEPEST = 100;
/** Words and signs of an expression: what is read side by side nests in the tree, too. */
const MOST_TOKENS = 1000;

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  let at = 0;
  while (text.slice(at).trim() !== "") {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw unreadable(text, at);
    at = TOKEN.lastIndex;
    tokens.push(makeToken(match, at - match[0].trimStart().length + 1));
  }
  return [...tokens, { kind: "end", text: "", value: 0, column: text.length + 1 }];
}

function makeToken(match: RegExpExecArray, column: number): Token {
  const [, number, suffix, character, register, name, operator] = match;
  if (number !== undefined) {
    const value = Number(number);
    if (value > 0xffffffff) {
      throw new DebugError("syntax", `${number} does not fit in 32 bits`, column);
    }
    return { kind: "number", text: suffix ?? "", value, column };
  }
  if (character !== undefined) {
    return { kind: "number", text: "", value: characterValue(character.slice(1, -1), column), column };
  }
  if (register !== undefined) return { kind: "register", text: register, value: 0, column };
  if (name !== undefined) return { kind: "name", text: name, value: 0, column };
  return { kind: "operator", text: operator!, value: 0, column };
}

function characterValue(text: string, column: number): number {
  if (!text.startsWith("\\")) return text.charCodeAt(0);
  const value = ESCAPES[text[1]];
  if (value === undefined) throw new DebugError("syntax", `there is no escape ${text}; use a number`, column);
  return value;
}

function unreadable(text: string, at: number): DebugError {
  const start = at + (text.slice(at).length - text.slice(at).trimStart().length);
  const word = /^[\w.$]+|^./.exec(text.slice(start))![0];
  const what = /^\d/.test(word)
    ? "is no number: numbers are 10, 0x1f, 0b101"
    : "has no place in an expression";
  return new DebugError("syntax", `${word} ${what}`, start + 1);
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    if (tokens.length > MOST_TOKENS) {
      const { column } = tokens[MOST_TOKENS];
      throw new DebugError("syntax", `an expression of more than ${MOST_TOKENS} words and signs`, column);
    }
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#choice();
    const rest = this.#peek();
    if (rest.kind !== "end") {
      throw new DebugError(
        "syntax",
        `expected an operator or the end, not ${rest.text || rest.value}`,
        rest.column,
      );
    }
    return expression;
  }

  #peek(): Token {
    return this.#tokens[this.#at];
  }

  #take(operator: string): boolean {
    const { kind, text } = this.#peek();
    if (kind !== "operator" || text !== operator) return false;
    this.#at++;
    return true;
  }

  #expect(operator: string): void {
    if (this.#take(operator)) return;
    throw new DebugError("syntax", `expected ${operator}`, this.#peek().column);
  }

  #choice(): Expression {
    const test = this.#binary(1);
    if (!this.#take("?")) return test;
    const then = this.#choice();
    this.#expect(":");
    return { kind: "choice", test, then, otherwise: this.#choice() };
  }

  #binary(lowest: number): Expression {
    let left = this.#unary();
    for (;;) {
      const { kind, text: operator, column } = this.#peek();
      const rank = kind === "operator" ? (RANKS[operator] ?? 0) : 0;
      if (rank < lowest) return left;
      this.#at++;
      left = { kind: "binary", operator, left, right: this.#binary(rank + 1), column };
    }
  }

  #unary(): Expression {
    if (++this.#depth > DEEPEST) {
      throw new DebugError("syntax", `nested more than ${DEEPEST} deep`, this.#peek().column);
    }
    try {
      const { column } = this.#peek();
      for (const operator of ["-", "+", "~", "!"] as const) {
        if (this.#take(operator)) return { kind: "unary", operator, operand: this.#unary() };
      }
      if (this.#take("*")) return { kind: "load", size: 4, signed: true, address: this.#unary(), column };
      if (this.#take("&")) return this.#address();
      return this.#primary();
    } finally {
      this.#depth--;
    }
  }

  #address(): Expression {
    const { kind, text: name, column } = this.#peek();
    if (kind !== "name") throw new DebugError("syntax", "& takes the name of a symbol", column);
    this.#at++;
    return { kind: "symbol", name, column };
  }

  #primary(): Expression {
    const token = this.#peek();
    if (this.#take("(")) {
      const inner = this.#choice();
      this.#expect(")");
      return inner;
    }
    this.#at++;
    const { kind, text, value, column } = token;
    if (kind === "number") return { kind, value: value | 0, unsigned: text !== "" || value > 0x7fffffff };
    if (kind === "register") return this.#register(text, column);
    if (kind !== "name") throw new DebugError("syntax", "expected a value", column);
    const load = LOADS[text];
    if (load && this.#take("(")) {
      const address = this.#choice();
      this.#expect(")");
      return { kind: "load", ...load, address, column };
    }
    if (text === "pid") return { kind: "pid" };
    const register = registerNumber(text);
    return register === undefined ? { kind: "symbol", name: text, column } : { kind: "register", register };
  }

  #register(name: string, column: number): Expression {
    if (name === "pid") return { kind: "pid" };
    const argument = /^arg([0-5])$/.exec(name);
    if (argument) return { kind: "call", part: Number(argument[1]), column };
    if (name === "result") return { kind: "call", part: "result", column };
    const register = registerNumber(name);
    if (register === undefined) {
      throw new DebugError(
        "syntax",
        `there is no register ${name}; there are pc, x0 to x31 and their ABI names`,
        column,
      );
    }
    return { kind: "register", register };
  }
}

/** Reads an expression. Throws DebugError ("syntax") with the column of what is wrong. */
export function parseExpression(text: string): Expression {
  return new Parser(tokenize(text)).whole();
}
