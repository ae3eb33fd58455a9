// Parses the operands of an instruction into registers, values and memory references. Knows no
// instruction: what may stand where is said by the forms (encoding.ts).

import { REGISTER_NAMES } from "../../assembly/isa/table.ts";
import { CONTROL_REGISTERS } from "./control-registers.ts";
import { nearest, SourceError } from "./diagnostics.ts";
import type { OperandSpec } from "./encoding.ts";
import {
  constantValue,
  type Expression,
  type ExpressionContext,
  parseExpression,
  ZERO,
} from "./expression.ts";
import type { Scanner } from "./scanner.ts";

/** `%lo` and the like; "" for none. */
export type Modifier =
  | ""
  | "hi"
  | "lo"
  | "pcrel_hi"
  | "pcrel_lo"
  | "tprel_hi"
  | "tprel_lo"
  | "tprel_add"
  | "got_pcrel_hi"
  | "tls_ie_pcrel_hi"
  | "tls_gd_pcrel_hi";

export interface Operand {
  readonly kind: "register" | "immediate" | "memory";
  /** Of a register or memory operand. */
  readonly register: number;
  /** Of an immediate or memory operand. */
  readonly expression: Expression;
  readonly modifier: Modifier;
  /** Offset in the statement, for messages. */
  readonly offset: number;
}

const REGISTERS = new Map<string, number>([["fp", 8]]);
for (let n = 0; n < 32; n++) REGISTERS.set(`x${n}`, n).set(REGISTER_NAMES[n]!, n);

/** The number of a register by its ABI or numeric name. */
export function registerNumber(name: string): number | undefined {
  return REGISTERS.get(name);
}

const MODIFIERS: ReadonlySet<string> = new Set<Modifier>([
  "hi",
  "lo",
  "pcrel_hi",
  "pcrel_lo",
  "tprel_hi",
  "tprel_lo",
  "tprel_add",
  "got_pcrel_hi",
  "tls_ie_pcrel_hi",
  "tls_gd_pcrel_hi",
]);

/** Parses all operands up to the end of the statement. `specs` tells where names of their own kind stand. */
export function parseOperands(
  scanner: Scanner,
  context: ExpressionContext,
  specs: readonly OperandSpec[],
): Operand[] {
  const operands: Operand[] = [];
  if (scanner.atEnd()) return operands;
  do {
    operands.push(parseOperand(scanner, context, specs[operands.length]));
  } while (scanner.accept(","));
  scanner.expectEnd();
  return operands;
}

function parseOperand(scanner: Scanner, context: ExpressionContext, spec: OperandSpec | undefined): Operand {
  scanner.skipSpace();
  if (spec?.kind === "csr") return parseControlRegister(scanner, context);
  if (spec?.kind === "order") return parseOrder(scanner);
  const offset = scanner.position;
  const register = acceptRegister(scanner);
  if (register !== undefined) return { kind: "register", register, expression: ZERO, modifier: "", offset };
  const bare = acceptBase(scanner);
  if (bare !== undefined) return { kind: "memory", register: bare, expression: ZERO, modifier: "", offset };
  const { expression, modifier } = parseValue(scanner, context);
  if (scanner.peek() === "(") {
    const base = acceptBase(scanner);
    if (base === undefined)
      throw new SourceError(
        scanner.position + 1,
        `${new Peek(scanner, 1).found()} where a register is needed`,
        "a base register, as in `8(sp)`",
      );
    return { kind: "memory", register: base, expression, modifier, offset };
  }
  if (scanner.peek() === "@") skipPlt(scanner);
  return { kind: "immediate", register: 0, expression, modifier, offset };
}

/** Looks ahead without moving the scanner. */
class Peek {
  private readonly text: string;

  constructor(scanner: Scanner, skip: number) {
    this.text = scanner.text.slice(scanner.position + skip).trimStart();
  }

  found(): string {
    const word = /^(?:[\w.$]+|.)/u.exec(this.text);
    return word ? `\`${word[0]}\` stands` : "the line ends";
  }
}

/** A register, if the operand is one and nothing more. */
function acceptRegister(scanner: Scanner): number | undefined {
  const start = scanner.position;
  const first = scanner.text.charCodeAt(start);
  // Register names begin with a, f, g, r, s, t, x or z.
  if (first < 97 || first > 122) return undefined;
  const number = REGISTERS.get(scanner.name());
  if (number === undefined) scanner.position = start;
  return number;
}

/** `(register)`, if that is next. */
function acceptBase(scanner: Scanner): number | undefined {
  const start = scanner.position;
  if (!scanner.accept("(")) return undefined;
  scanner.skipSpace();
  const register = acceptRegister(scanner);
  if (register !== undefined && scanner.accept(")")) return register;
  scanner.position = start;
  return undefined;
}

function parseValue(
  scanner: Scanner,
  context: ExpressionContext,
): { expression: Expression; modifier: Modifier } {
  if (scanner.peek() !== "%") return { expression: parseExpression(scanner, context), modifier: "" };
  const start = scanner.position;
  scanner.position++;
  const name = scanner.name();
  if (!MODIFIERS.has(name)) {
    const guess = nearest(name, MODIFIERS);
    throw new SourceError(
      start,
      `\`%${name}\` is no operator on addresses`,
      guess ? `%${guess}` : "%hi, %lo, %pcrel_hi or %pcrel_lo",
    );
  }
  scanner.expect("(", `after %${name}`);
  const expression = parseExpression(scanner, context);
  scanner.expect(")", "where the parenthesis must close");
  return { expression, modifier: name as Modifier };
}

/** `@plt` after a function's name makes no difference in a static program. */
function skipPlt(scanner: Scanner): void {
  const start = scanner.position;
  scanner.position++;
  if (scanner.name().toLowerCase() !== "plt")
    throw new SourceError(start, "nothing but `plt` may stand after `@`", "`@plt`");
}

function parseControlRegister(scanner: Scanner, context: ExpressionContext): Operand {
  const offset = scanner.position;
  const name = scanner.name();
  if (name !== "") {
    const number = CONTROL_REGISTERS.get(name.toLowerCase());
    if (number !== undefined) return numberOperand(number, offset);
    scanner.position = offset;
  }
  const value = constantValue(parseExpression(scanner, context));
  if (typeof value === "number" && value >= 0 && value < 4096) return numberOperand(value, offset);
  const guess = nearest(name.toLowerCase(), CONTROL_REGISTERS.keys());
  const what = name === "" ? "the number" : `\`${name}\``;
  throw new SourceError(
    offset,
    `${what} is no control register`,
    guess ? `\`${guess}\`?` : "a name like `cycle`, or a number from 0 to 4095",
  );
}

function parseOrder(scanner: Scanner): Operand {
  const offset = scanner.position;
  const name = scanner.name();
  const number = scanner.position === offset ? Number(scanner.number() ?? -1) : orderBits(name);
  if (number < 0 || number > 15)
    throw new SourceError(offset, "this is no set of accesses", "some of the letters `iorw`, in this order");
  return numberOperand(number, offset);
}

/** Bits of a fence's set: i 8, o 4, r 2, w 1; -1 if the letters are not in order. */
function orderBits(name: string): number {
  if (!/^i?o?r?w?$/.test(name)) return -1;
  return [..."iorw"].reduce((bits, letter) => bits * 2 + (name.includes(letter) ? 1 : 0), 0);
}

function numberOperand(value: number, offset: number): Operand {
  return { kind: "immediate", register: 0, expression: { kind: "constant", value }, modifier: "", offset };
}
