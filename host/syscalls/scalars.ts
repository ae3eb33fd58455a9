// Numbers, flags and records as text, in strace's form: what the decoding of arguments is made of.

import type { Argument } from "./call.ts";

/** The one thing that decoding asks of a program's memory (part of UserMemory). */
export interface Peek {
  /** The readable bytes before the first fault, at most `length`. */
  readSome(address: number, length: number): Uint8Array;
}

export function hex(value: number): string {
  return `0x${(value >>> 0).toString(16)}`;
}

export function pointer(value: number): string {
  return value === 0 ? "NULL" : hex(value);
}

/** Bit names joined by "|"; bits without a name in hexadecimal, and names of a mask before those of its parts. */
export function flagNames(value: number, names: Readonly<Record<number, string>>): string {
  let rest = value >>> 0;
  const found: [number, string][] = [];
  const masks = Object.keys(names)
    .map(Number)
    .filter((mask) => mask !== 0)
    .sort((a, b) => b - a);
  for (const mask of masks) {
    if ((rest & mask) >>> 0 !== mask >>> 0) continue;
    found.push([mask, names[mask]]);
    rest = (rest & ~mask) >>> 0;
  }
  const parts = found.reverse().map(([, name]) => name);
  if (rest !== 0) parts.push(hex(rest));
  return parts.length > 0 ? parts.join("|") : (names[0] ?? "0");
}

export function named(value: number, names: Argument["names"], otherwise: string): string {
  return names?.[value] ?? names?.[value >>> 0] ?? otherwise;
}

/** A little-endian view of `size` bytes, or null where they cannot be read. */
export function viewAt(memory: Peek, address: number, size: number): DataView | null {
  if (address === 0) return null;
  const bytes = memory.readSome(address, size);
  return bytes.length < size ? null : new DataView(bytes.slice().buffer);
}
