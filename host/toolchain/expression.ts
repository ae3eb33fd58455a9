// Expressions of the assembler: parsing with GNU as's precedence, and evaluation to a constant or to
// symbol - symbol + constant. Constants are folded while parsing.

import { SourceError } from "./diagnostics.ts";
import { add, binary, type Integer, integer, negate } from "./integers.ts";
import type { Scanner } from "./scanner.ts";
import type { AsmSymbol, Position, SymbolTable } from "./symbols.ts";

export type Expression =
  | { readonly kind: "constant"; readonly value: Integer }
  | { readonly kind: "symbol"; readonly symbol: AsmSymbol }
  | { readonly kind: "unary"; readonly operator: string; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    };

/** `plus - minus + constant`; without symbols a constant. */
export interface Value {
  readonly plus: AsmSymbol | undefined;
  readonly minus: AsmSymbol | undefined;
  readonly constant: Integer;
}

/** What the parser needs of the assembly: its symbols, and the symbol for `.`. */
export interface ExpressionContext {
  readonly symbols: SymbolTable;
  /** A symbol at the current position. */
  here(): AsmSymbol;
  /** Notes that a symbol is used, for the message that it is not defined. */
  use(symbol: AsmSymbol): void;
}

export const ZERO: Expression = { kind: "constant", value: 0 };

export function constant(value: Integer): Expression {
  return { kind: "constant", value };
}

// Ranks of GNU as (manual, 6.2.4), higher binds tighter.
const RANKS: Readonly<Record<string, number>> = {
  "||": 1,
  "&&": 2,
  "==": 3,
  "<>": 3,
  "!=": 3,
  "<": 3,
  ">": 3,
  "<=": 3,
  ">=": 3,
  "+": 4,
  "-": 4,
  "|": 5,
  "&": 5,
  "^": 5,
  "!": 5,
  "*": 6,
  "/": 6,
  "%": 6,
  "<<": 6,
  ">>": 6,
};

const MAXIMUM_DEPTH = 200;

/** Parses an expression; throws SourceError where there is none. */
export function parseExpression(scanner: Scanner, context: ExpressionContext): Expression {
  return parseBinary(scanner, context, 1, 0);
}

function parseBinary(scanner: Scanner, context: ExpressionContext, rank: number, depth: number): Expression {
  let left = parseUnary(scanner, context, depth);
  for (;;) {
    const operator = peekOperator(scanner);
    const operatorRank = operator === "" ? 0 : RANKS[operator]!;
    if (operatorRank < rank) return left;
    const start = scanner.position;
    scanner.position += operator.length;
    const right = parseBinary(scanner, context, operatorRank + 1, depth + 1);
    left = makeBinary(operator, left, right, start);
  }
}

function peekOperator(scanner: Scanner): string {
  scanner.skipSpace();
  const { text, position } = scanner;
  const one = text[position];
  if (one === undefined || !"|&=<>!+-^*/%".includes(one)) return "";
  const two = one + (text[position + 1] ?? "");
  return two in RANKS ? two : one in RANKS ? one : "";
}

function makeBinary(operator: string, left: Expression, right: Expression, offset: number): Expression {
  if (left.kind === "constant" && right.kind === "constant") {
    const value = binary(operator, left.value, right.value);
    if (value === undefined) throw new SourceError(offset, "division by zero");
    return { kind: "constant", value };
  }
  if (operator === "-") {
    const distance = fixedDistance(left, right);
    if (distance !== undefined) return constant(distance);
  }
  return { kind: "binary", operator, left, right };
}

/** The distance between two labels of data if it is certain already: nothing of variable size lies between. */
function fixedDistance(left: Expression, right: Expression): number | undefined {
  if (left.kind !== "symbol" || right.kind !== "symbol") return undefined;
  const a = left.symbol.position;
  const b = right.symbol.position;
  return a !== undefined && b !== undefined ? fixedDataDistance(a, b) : undefined;
}

/** Like `fixedPositionDistance`, but of code: GNU as leaves distances there to the linker, which could shorten it. */
export function fixedDataDistance(a: Position, b: Position): number | undefined {
  return a.part.section.isCode ? undefined : fixedPositionDistance(a, b);
}

/** The distance of two places if no layout can change it. */
export function fixedPositionDistance(a: Position, b: Position): number | undefined {
  return a.part === b.part && a.pieces === b.pieces ? a.fixed - b.fixed : undefined;
}

function parseUnary(scanner: Scanner, context: ExpressionContext, depth: number): Expression {
  if (depth > MAXIMUM_DEPTH)
    throw new SourceError(
      scanner.position,
      "the expression is nested too deeply",
      `at most ${MAXIMUM_DEPTH} levels`,
    );
  const operator = scanner.peek();
  if (operator === "-" || operator === "~" || operator === "!" || operator === "+") {
    scanner.position++;
    const operand = parseUnary(scanner, context, depth + 1);
    if (operator === "+") return operand;
    return operand.kind === "constant"
      ? constant(applyUnary(operator, operand.value))
      : { kind: "unary", operator, operand };
  }
  return parsePrimary(scanner, context, depth);
}

function applyUnary(operator: string, value: Integer): Integer {
  if (operator === "-") return negate(value);
  if (operator === "~") return integer(~BigInt(value));
  return value === 0 ? 1 : 0;
}

function parsePrimary(scanner: Scanner, context: ExpressionContext, depth: number): Expression {
  if (scanner.accept("(")) {
    const inner = parseBinary(scanner, context, 1, depth + 1);
    scanner.expect(")", "where the parenthesis must close");
    return inner;
  }
  const start = scanner.position;
  const numeric = parseNumericLabel(scanner, context);
  if (numeric !== undefined) return numeric;
  const value = scanner.number();
  if (value !== undefined) return constant(value);
  const name = scanner.name();
  if (name === "")
    throw new SourceError(
      start,
      `${scanner.found()} where a value is needed`,
      "a number, a symbol or an expression",
    );
  if (name === ".") return { kind: "symbol", symbol: context.here() };
  return symbolValue(context, context.symbols.get(name));
}

/** A symbol, or what it is set to at this place: a later `.set` of it does not count here. */
function symbolValue(context: ExpressionContext, symbol: AsmSymbol): Expression {
  context.use(symbol);
  return symbol.value !== undefined && !symbol.isWeak ? symbol.value : { kind: "symbol", symbol };
}

const NUMERIC_LABEL = /(\d+)([bf])(?![\w.$])/y;

function parseNumericLabel(scanner: Scanner, context: ExpressionContext): Expression | undefined {
  const first = scanner.text.charCodeAt(scanner.position);
  if (!(first >= 48 && first <= 57)) return undefined;
  NUMERIC_LABEL.lastIndex = scanner.position;
  const match = NUMERIC_LABEL.exec(scanner.text);
  if (match === null) return undefined;
  const number = Number(match[1]);
  const symbol = match[2] === "b" ? context.symbols.before(number) : context.symbols.after(number);
  if (symbol === undefined)
    throw new SourceError(
      scanner.position,
      `there is no label \`${number}:\` before this line`,
      `\`${number}:\` above, or \`${number}f\` for one below`,
    );
  scanner.position += match[0].length;
  context.use(symbol);
  return { kind: "symbol", symbol };
}

/** Gives the distance from `b` to `a`, two places of one section, as far as it is known. */
export type DistanceOf = (a: Position, b: Position) => number | undefined;

/** Thrown where an expression has no value that could be stored. */
class NoValue extends Error {}

/**
 * The value of an expression. Labels of one section that both occur cancel out if `distanceOf` knows their
 * places. A message (not an exception) says why there is none.
 */
export function evaluate(expression: Expression, distanceOf: DistanceOf): Value | string {
  try {
    return evaluateInner(expression, distanceOf, 0);
  } catch (error) {
    if (error instanceof NoValue) return error.message;
    throw error;
  }
}

function evaluateInner(expression: Expression, distanceOf: DistanceOf, depth: number): Value {
  if (depth > MAXIMUM_DEPTH) throw new NoValue("the definition of the symbol refers to itself");
  switch (expression.kind) {
    case "constant":
      return { plus: undefined, minus: undefined, constant: expression.value };
    case "symbol": {
      const { symbol } = expression;
      if (symbol.value !== undefined && !symbol.isWeak)
        return evaluateInner(symbol.value, distanceOf, depth + 1);
      return { plus: symbol, minus: undefined, constant: 0 };
    }
    case "unary":
      return evaluateUnary(expression.operator, evaluateInner(expression.operand, distanceOf, depth + 1));
    case "binary": {
      const left = evaluateInner(expression.left, distanceOf, depth + 1);
      const right = evaluateInner(expression.right, distanceOf, depth + 1);
      return combine(expression.operator, left, right, distanceOf);
    }
  }
}

function evaluateUnary(operator: string, value: Value): Value {
  const { plus, minus, constant: number } = value;
  if (operator === "-") return { plus: minus, minus: plus, constant: negate(number) };
  if (plus || minus) throw new NoValue(`\`${operator}\` cannot be applied to an address`);
  return { plus, minus, constant: applyUnary(operator, number) };
}

function combine(operator: string, left: Value, right: Value, distanceOf: DistanceOf): Value {
  if (operator === "+") return sum(left, right, distanceOf);
  if (operator === "-") return sum(left, evaluateUnary("-", right), distanceOf);
  if (left.plus || left.minus || right.plus || right.minus) {
    const difference = sum(left, evaluateUnary("-", right), distanceOf);
    const comparable = RANKS[operator] === 3 && !difference.plus && !difference.minus;
    if (!comparable)
      throw new NoValue(`\`${operator}\` cannot be applied to an address that only the linker knows`);
    return { plus: undefined, minus: undefined, constant: binary(operator, difference.constant, 0)! };
  }
  const value = binary(operator, left.constant, right.constant);
  if (value === undefined) throw new NoValue("division by zero");
  return { plus: undefined, minus: undefined, constant: value };
}

function sum(a: Value, b: Value, distanceOf: DistanceOf): Value {
  let number = add(a.constant, b.constant);
  const plus = [a.plus, b.plus].filter((symbol) => symbol !== undefined);
  const minus = [a.minus, b.minus].filter((symbol) => symbol !== undefined);
  for (let i = plus.length - 1; i >= 0; i--) {
    for (let j = minus.length - 1; j >= 0; j--) {
      const distance = symbolDistance(plus[i]!, minus[j]!, distanceOf);
      if (distance === undefined) continue;
      number = add(number, distance);
      plus.splice(i, 1);
      minus.splice(j, 1);
      break;
    }
  }
  if (plus.length > 1 || minus.length > 1) throw new NoValue("addresses cannot be added to each other");
  return { plus: plus[0], minus: minus[0], constant: number };
}

function symbolDistance(a: AsmSymbol, b: AsmSymbol, distanceOf: DistanceOf): number | undefined {
  if (a === b) return 0;
  if (!a.position || !b.position || a.position.part.section !== b.position.part.section) return undefined;
  return distanceOf(a.position, b.position);
}

/** The constant that an expression is now, if it is one. */
export function constantValue(
  expression: Expression,
  distance: DistanceOf = fixedPositionDistance,
): Integer | undefined {
  if (expression.kind === "constant") return expression.value;
  const value = evaluate(expression, distance);
  if (typeof value === "string" || value.plus || value.minus) return undefined;
  return value.constant;
}
