// A word in every base.

import { countText, hexText } from "../../page/text.ts";

export const BASES = ["hex", "signed", "unsigned", "text", "binary"] as const;
export type Base = (typeof BASES)[number];

export function inBase(value: number, base: Base): string {
  switch (base) {
    case "hex":
      return hexText(value);
    case "signed":
      return `${(value | 0) < 0 ? "−" : ""}${countText(Math.abs(value | 0))}`;
    case "unsigned":
      return countText(value);
    case "binary":
      return value
        .toString(2)
        .padStart(32, "0")
        .replace(/(.{8})(?=.)/g, "$1 ");
    default:
      return [0, 8, 16, 24].map((shift) => printable((value >>> shift) & 0xff)).join("");
  }
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
}
