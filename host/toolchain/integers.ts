// Constants of the assembler: 64-bit integers in two's complement, as GNU as computes. A value is a
// JavaScript number where that is exact, else a bigint, so that the common case stays fast.

export type Integer = number | bigint;

/** Wraps to 64 bits (signed) and gives the simpler representation. */
export function integer(value: bigint): Integer {
  const wrapped = BigInt.asIntN(64, value);
  const simple = Number(wrapped);
  return Number.isSafeInteger(simple) ? simple : wrapped;
}

export function add(a: Integer, b: Integer): Integer {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return integer(BigInt(a) + BigInt(b));
}

export function negate(a: Integer): Integer {
  return typeof a === "number" ? 0 - a : integer(-a);
}

export function subtract(a: Integer, b: Integer): Integer {
  return add(a, negate(b));
}

/** A binary operator of the assembler on constants; undefined for a division by zero. */
export function binary(operator: string, a: Integer, b: Integer): Integer | undefined {
  switch (operator) {
    case "+":
      return add(a, b);
    case "-":
      return subtract(a, b);
    // Comparisons give -1 for true, logical operators 1 (GNU as manual, 6.2.4).
    case "==":
      return a === b ? -1 : 0;
    case "!=":
    case "<>":
      return a !== b ? -1 : 0;
    case "<":
      return a < b ? -1 : 0;
    case ">":
      return a > b ? -1 : 0;
    case "<=":
      return a <= b ? -1 : 0;
    case ">=":
      return a >= b ? -1 : 0;
    case "&&":
      return a !== 0 && b !== 0 ? 1 : 0;
    case "||":
      return a !== 0 || b !== 0 ? 1 : 0;
    default:
      return wide(operator, BigInt(a), BigInt(b));
  }
}

function wide(operator: string, a: bigint, b: bigint): Integer | undefined {
  switch (operator) {
    case "*":
      return integer(a * b);
    case "/":
      return b === 0n ? undefined : integer(a / b);
    case "%":
      return b === 0n ? undefined : integer(a % b);
    case "<<":
      return b < 0n || b > 63n ? 0 : integer(a << b);
    case ">>":
      return b < 0n || b > 63n ? 0 : integer(BigInt.asUintN(64, a) >> b);
    case "|":
      return integer(a | b);
    case "&":
      return integer(a & b);
    case "^":
      return integer(a ^ b);
    case "!":
      return integer(a | ~b);
    default:
      throw new Error(`no operator ${operator}`);
  }
}

/** The low 32 bits as a signed number. */
export function low32(a: Integer): number {
  return typeof a === "number" && a >= -0x80000000 && a <= 0x7fffffff
    ? a
    : Number(BigInt.asIntN(32, BigInt(a)));
}

/** Bits 32 to 63 as a signed number. */
export function high32(a: Integer): number {
  return typeof a === "number" && a >= -0x80000000 && a <= 0x7fffffff
    ? a >> 31
    : Number(BigInt.asIntN(32, BigInt(a) >> 32n));
}
