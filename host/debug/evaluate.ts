// Values of expressions, as C computes with int and unsigned of 32 bits: the result is unsigned where an operand
// is. Registers and words are signed; pc, sp, symbols and large numbers are unsigned.

import { DebugError } from "./errors.ts";
import { type Expression, PC, parseExpression } from "./expression.ts";
import type { LastCall } from "./last-call.ts";

/** What an expression is about: a process at a moment, or a frame of it. */
export interface EvaluationContext {
  readonly pid: number;
  /** x0..x31, then the pc; undefined where it is not known (in a calling frame). */
  register(number: number): number | undefined;
  /** Bytes of memory; fewer than asked where it ends. */
  read(address: number, length: number): Uint8Array;
  /** The process's last system call; null: none is known. */
  lastCall(): LastCall | null;
  /** Address of a symbol, or undefined. */
  symbol(name: string): number | undefined;
}

export interface Value {
  /** A signed 32-bit number. */
  readonly bits: number;
  readonly unsigned: boolean;
}

const SP = 2;

/** The number that a value stands for. */
export function numberOf({ bits, unsigned }: Value): number {
  return unsigned ? bits >>> 0 : bits;
}

function signed(bits: number): Value {
  return { bits: bits | 0, unsigned: false };
}

function truth(holds: boolean): Value {
  return signed(holds ? 1 : 0);
}

/** Evaluates an expression, read or as text. Throws DebugError: "syntax", "no-symbol" or "no-value". */
export function evaluate(expression: Expression | string, context: EvaluationContext): Value {
  const tree = typeof expression === "string" ? parseExpression(expression) : expression;
  switch (tree.kind) {
    case "number":
      return { bits: tree.value, unsigned: tree.unsigned };
    case "register":
      return registerValue(tree.register, context);
    case "pid":
      return signed(context.pid);
    case "call":
      return callValue(tree, context);
    case "symbol":
      return symbolValue(tree.name, tree.column, context);
    case "load":
      return load(tree, context);
    case "unary":
      return unary(tree.operator, evaluate(tree.operand, context));
    case "binary":
      return binary(tree, context);
    case "choice":
      return evaluate(evaluate(tree.test, context).bits !== 0 ? tree.then : tree.otherwise, context);
  }
}

function registerValue(register: number, context: EvaluationContext): Value {
  const value = context.register(register);
  if (value === undefined) {
    throw new DebugError("no-value", `x${register} is not known in this frame: it was not saved`);
  }
  return { bits: value | 0, unsigned: register === PC || register === SP };
}

function callValue(
  { part, column }: Extract<Expression, { kind: "call" }>,
  context: EvaluationContext,
): Value {
  const call = context.lastCall();
  if (call === null) throw new DebugError("no-value", "no system call of this process is known", column);
  const value = part === "result" ? call.result : call.args[part];
  if (value !== undefined) return signed(value);
  const why =
    part === "result"
      ? "the system call has no result yet"
      : `argument ${part} of the last system call is no longer known: the process has run on`;
  throw new DebugError("no-value", why, column);
}

function symbolValue(name: string, column: number, context: EvaluationContext): Value {
  const address = context.symbol(name);
  if (address === undefined) throw new DebugError("no-symbol", `there is no symbol ${name}`, column);
  return { bits: address | 0, unsigned: true };
}

function load(tree: Extract<Expression, { kind: "load" }>, context: EvaluationContext): Value {
  const address = evaluate(tree.address, context).bits >>> 0;
  const bytes = context.read(address, tree.size);
  if (bytes.length < tree.size) {
    throw new DebugError("no-value", `there is no memory at 0x${address.toString(16)}`, tree.column);
  }
  let bits = 0;
  for (let i = 0; i < tree.size; i++) bits |= bytes[i] << (8 * i);
  const unusedBits = 32 - 8 * tree.size;
  return signed(tree.signed ? (bits << unusedBits) >> unusedBits : bits);
}

function unary(operator: string, { bits, unsigned }: Value): Value {
  if (operator === "!") return truth(bits === 0);
  if (operator === "~") return { bits: ~bits, unsigned };
  return { bits: operator === "-" ? -bits | 0 : bits, unsigned };
}

function binary(tree: Extract<Expression, { kind: "binary" }>, context: EvaluationContext): Value {
  const left = evaluate(tree.left, context);
  if (tree.operator === "&&" && left.bits === 0) return truth(false);
  if (tree.operator === "||" && left.bits !== 0) return truth(true);
  const right = evaluate(tree.right, context);
  if (tree.operator === "&&" || tree.operator === "||") return truth(right.bits !== 0);
  if (tree.operator === "<<") return { bits: left.bits << right.bits, unsigned: left.unsigned };
  if (tree.operator === ">>") {
    const bits = left.unsigned ? left.bits >>> right.bits : left.bits >> right.bits;
    return { bits: bits | 0, unsigned: left.unsigned };
  }
  if ((tree.operator === "/" || tree.operator === "%") && right.bits === 0) {
    throw new DebugError("no-value", "division by zero", tree.column);
  }
  const unsigned = left.unsigned || right.unsigned;
  const a = unsigned ? left.bits >>> 0 : left.bits;
  const b = unsigned ? right.bits >>> 0 : right.bits;
  const compare = COMPARISONS[tree.operator];
  if (compare) return truth(compare(a, b));
  return { bits: ARITHMETIC[tree.operator](a, b) | 0, unsigned };
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => Math.imul(a, b),
  "/": (a, b) => Math.trunc(a / b),
  "%": (a, b) => a % b,
  "&": (a, b) => a & b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
};
