// Places in programs, as people name them:
//
//   main               a function: where its body begins, behind what makes its frame; another symbol itself
//   main+4             a symbol
//   *0x10074   *pc+8   an address, by an expression
//   0x10074            an address
//   tree.c:12   12     a line; without a file of the one that the process is in

import { nearest } from "../toolchain/diagnostics.ts";
import { DebugError } from "./errors.ts";
import { type EvaluationContext, evaluate } from "./evaluate.ts";
import type { Program } from "./program.ts";

export type Location =
  | { readonly kind: "address"; readonly expression: string }
  | { readonly kind: "symbol"; readonly name: string; readonly offset: number | null }
  | { readonly kind: "line"; readonly file: string | undefined; readonly line: number };

/** Reads a location. Throws DebugError ("syntax"). */
export function parseLocation(text: string): Location {
  const trimmed = text.trim();
  if (trimmed.startsWith("*")) return { kind: "address", expression: trimmed.slice(1) };
  if (/^0x[0-9a-f]+$/i.test(trimmed)) return { kind: "address", expression: trimmed };
  if (/^\d+$/.test(trimmed)) return { kind: "line", file: undefined, line: Number(trimmed) };
  const line = /^(.+):(\d+)$/.exec(trimmed);
  if (line) return { kind: "line", file: line[1], line: Number(line[2]) };
  const symbol = /^([A-Za-z_.$][\w.$]*)(?:\s*\+\s*(0x[0-9a-f]+|\d+))?$/i.exec(trimmed);
  if (symbol)
    return { kind: "symbol", name: symbol[1], offset: symbol[2] === undefined ? null : Number(symbol[2]) };
  throw new DebugError("syntax", `${text} is no location: say a symbol, FILE:LINE, LINE or *ADDRESS`, 1);
}

/** Addresses of a symbol or line in a program; none if it has no such thing. */
export function addressesIn(program: Program, location: Location): number[] {
  if (location.kind === "symbol") {
    const address = program.addressOf(location.name);
    if (address === undefined) return [];
    return [location.offset === null ? program.bodyOf(address) : (address + location.offset) >>> 0];
  }
  if (location.kind === "line" && location.file !== undefined) {
    return program.lines.addressesOf(location.file, location.line);
  }
  return [];
}

/** With the file of the process's present line, where a line was named without one. */
export function completed(location: Location, program: Program | null, pc: number): Location {
  if (location.kind !== "line" || location.file !== undefined) return location;
  const file = program?.lineOf(pc)?.file ?? program?.lines.files()[0];
  if (file === undefined) {
    throw new DebugError("no-symbol", `line ${location.line} of which file? The program has no source lines`);
  }
  return { ...location, file };
}

/**
 * Addresses of a location in a process's program. Throws DebugError: "no-symbol" with the name that may have been
 * meant, or what the expression gives.
 */
export function resolveLocation(
  text: string,
  process: EvaluationContext & { readonly pc: number; readonly program: Program | null },
): number[] {
  const location = completed(parseLocation(text), process.program, process.pc);
  if (location.kind === "address") return [evaluate(location.expression, process).bits >>> 0];
  const addresses = process.program === null ? [] : addressesIn(process.program, location);
  if (addresses.length > 0) return addresses;
  throw notFound(location, process.program);
}

/** Why a location is nowhere in a program. */
export function notFound(location: Location, program: Program | null): DebugError {
  if (location.kind === "line") {
    const files = program?.lines.files() ?? [];
    const known = files.length === 0 ? "it has no source lines" : `its sources are ${files.join(", ")}`;
    return new DebugError(
      "no-symbol",
      `the program has no code from ${location.file}:${location.line} on; ${known}`,
    );
  }
  const name = location.kind === "symbol" ? location.name : "";
  const meant =
    program &&
    nearest(
      name,
      Array.from(program.all(), (symbol) => symbol.name),
    );
  const hint = meant ? `; did you mean ${meant}?` : "";
  return new DebugError("no-symbol", `the program has no symbol ${name}${hint}`, 1);
}
