// Directives that append data or move the position: integers, strings, fills, alignment.

import { R_RISCV_32, R_RISCV_64 } from "../loader/elf-constants.ts";
import type { Assembly } from "./assembly.ts";
import { dataRange, fitsData, leb128 } from "./contents.ts";
import { SourceError } from "./diagnostics.ts";
import { constantValue, type Expression, fixedDataDistance, parseExpression } from "./expression.ts";
import { high32, type Integer, low32 } from "./integers.ts";
import type { Scanner } from "./scanner.ts";
import { FIXUP_DATA8, FIXUP_DATA16, SECTION_LIMIT } from "./section.ts";

export type Directive = (assembly: Assembly, scanner: Scanner, name: string) => void;

/** Larger fills are kept as a number rather than as bytes until the object is written. */
const SMALL_FILL = 4096;

/** An expression that must be a constant now. */
export function parseConstant(assembly: Assembly, scanner: Scanner, what: string): Integer {
  scanner.skipSpace();
  const offset = scanner.position;
  const value = constantValue(parseExpression(scanner, assembly));
  if (value === undefined)
    throw new SourceError(offset, `${what} is not known here`, "a constant, or symbols defined above");
  return value;
}

/** A constant from `minimum` to `maximum`. */
export function parseNumber(
  assembly: Assembly,
  scanner: Scanner,
  what: string,
  minimum: number,
  maximum: number,
): number {
  scanner.skipSpace();
  const offset = scanner.position;
  const value = Number(parseConstant(assembly, scanner, what));
  if (value >= minimum && value <= maximum) return value;
  throw new SourceError(offset, `${what} is ${value}`, `a value from ${minimum} to ${maximum}`);
}

/** The list of expressions of a statement, each handed over with its offset. */
function eachExpression(
  assembly: Assembly,
  scanner: Scanner,
  visit: (expression: Expression, offset: number) => void,
): void {
  if (scanner.atEnd()) return;
  do {
    scanner.skipSpace();
    const offset = scanner.position;
    visit(parseExpression(scanner, assembly), offset);
  } while (scanner.accept(","));
  scanner.expectEnd();
}

/** Bytes other than 0 cannot stand in .bss. */
function requireContents(assembly: Assembly): void {
  const { section } = assembly.part;
  if (section.isNobits)
    throw new SourceError(
      0,
      `section \`${section.name}\` has no contents in the file`,
      "`.zero`, `.skip` or another section, as `.data`",
    );
}

const FIXUPS: Readonly<Record<number, number>> = {
  1: FIXUP_DATA8,
  2: FIXUP_DATA16,
  4: R_RISCV_32,
  8: R_RISCV_64,
};

/** `.word` and the like: integers of `width` bytes. */
export function integers(width: number): Directive {
  return (assembly, scanner) => {
    eachExpression(assembly, scanner, (expression, offset) =>
      emitInteger(assembly, expression, width, offset),
    );
  };
}

function emitInteger(assembly: Assembly, expression: Expression, width: number, offset: number): void {
  const { part } = assembly;
  const value = constantValue(expression, fixedDataDistance);
  if (part.section.isNobits && value !== 0) requireContents(assembly);
  if (value === undefined) return part.emitFixup(width, FIXUPS[width]!, expression, assembly.place, offset);
  if (!fitsData(value, width))
    throw new SourceError(
      offset,
      `${value} does not fit ${width === 1 ? "a byte" : `${width} bytes`}`,
      dataRange(width),
    );
  part.emitInteger(low32(value), high32(value), width);
}

/** `.ascii`, `.asciz`, `.string`: texts, each followed by `end`. */
export function strings(end: string): Directive {
  return (assembly, scanner) => {
    requireContents(assembly);
    if (scanner.atEnd()) return;
    do {
      let text = scanner.string();
      while (scanner.peek() === '"') text += scanner.string();
      assembly.part.emitText(text + end);
    } while (scanner.accept(","));
    scanner.expectEnd();
  };
}

/** `.uleb128`, `.sleb128`. */
export function leb128s(signed: boolean): Directive {
  return (assembly, scanner) => {
    requireContents(assembly);
    eachExpression(assembly, scanner, (expression) => {
      const { part, place } = assembly;
      const value = constantValue(expression);
      if (value !== undefined) part.emitBytes(leb128(value, 1, signed));
      else part.pieces.push({ kind: "leb128", fixed: part.length, expression, place, signed });
    });
  };
}

/** `.skip count, fill`, `.space`, `.zero`. */
export const skip: Directive = (assembly, scanner) => {
  scanner.skipSpace();
  const offset = scanner.position;
  const count = parseExpression(scanner, assembly);
  const fill = scanner.accept(",") ? Number(parseConstant(assembly, scanner, "the fill value")) & 255 : 0;
  scanner.expectEnd();
  emitSpace(assembly, count, fill, offset);
};

function emitSpace(assembly: Assembly, count: Expression, fill: number, offset: number): void {
  const { part, place } = assembly;
  if (fill !== 0) requireContents(assembly);
  const known = constantValue(count);
  if (known !== undefined && (known < 0 || known > SECTION_LIMIT))
    throw new SourceError(offset, `the number of bytes is ${known}`, `a value from 0 to ${SECTION_LIMIT}`);
  if (known !== undefined && known <= SMALL_FILL) {
    part.emitBytes(new Uint8Array(Number(known)).fill(fill));
    part.breaks.push(part.length);
  } else part.pieces.push({ kind: "space", fixed: part.length, expression: count, place, fill });
}

const FILL_LIMIT = 16 * 1024 * 1024;

/** `.fill repeat, size, value`. */
export const fill: Directive = (assembly, scanner) => {
  const repeat = parseNumber(assembly, scanner, "the number of repetitions", 0, FILL_LIMIT);
  const size = scanner.accept(",") ? parseNumber(assembly, scanner, "the size", 0, 8) : 1;
  const value = scanner.accept(",") ? parseConstant(assembly, scanner, "the value") : 0;
  scanner.expectEnd();
  if (value !== 0) requireContents(assembly);
  // GNU as takes 4 bytes of the value at the most; the others are 0.
  const item = new Uint8Array(size);
  for (let i = 0; i < Math.min(size, 4); i++) item[i] = low32(value) >> (8 * i);
  const bytes = new Uint8Array(repeat * size);
  for (let i = 0; i < repeat; i++) bytes.set(item, i * size);
  assembly.part.emitBytes(bytes);
  assembly.part.breaks.push(assembly.part.length);
};

const ALIGN_LIMIT = 16;

/** `.align`, `.p2align` (a power of two) and `.balign` (bytes), with fill pattern and maximum. */
export function alignment(power: boolean, width: number): Directive {
  return (assembly, scanner) => {
    const boundary = parseBoundary(assembly, scanner, power);
    let value: number | undefined;
    let maximum = Number.POSITIVE_INFINITY;
    if (scanner.accept(",")) {
      if (scanner.peek() !== ",") value = low32(parseConstant(assembly, scanner, "the fill value"));
      if (scanner.accept(","))
        maximum = parseNumber(assembly, scanner, "the maximum", 0, SECTION_LIMIT) || Number.POSITIVE_INFINITY;
    }
    scanner.expectEnd();
    const { part } = assembly;
    part.section.align = Math.max(part.section.align, boundary);
    const pattern = value === undefined ? undefined : { value, width };
    part.pieces.push({ kind: "align", fixed: part.length, boundary, fill: pattern, maximum });
  };
}

function parseBoundary(assembly: Assembly, scanner: Scanner, power: boolean): number {
  if (scanner.atEnd()) return 1;
  if (power) return 2 ** parseNumber(assembly, scanner, "the power of two", 0, ALIGN_LIMIT);
  const offset = scanner.position;
  const bytes = parseNumber(assembly, scanner, "the alignment", 0, 2 ** ALIGN_LIMIT);
  if ((bytes & (bytes - 1)) !== 0)
    throw new SourceError(offset, `the alignment ${bytes} is no power of two`, "1, 2, 4, 8, …");
  return Math.max(1, bytes);
}

/** `.org offset, fill`. */
export const org: Directive = (assembly, scanner) => {
  const expression = parseExpression(scanner, assembly);
  const value = scanner.accept(",") ? Number(parseConstant(assembly, scanner, "the fill value")) & 255 : 0;
  scanner.expectEnd();
  const { part, place } = assembly;
  const known = constantValue(expression);
  if (known !== undefined && (known < 0 || known > SECTION_LIMIT))
    throw new SourceError(0, `\`.org\` cannot go to ${known}`, `an offset from 0 to ${SECTION_LIMIT}`);
  part.pieces.push({ kind: "org", fixed: part.length, expression, place, fill: value });
};
