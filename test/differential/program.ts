// What a random program is: plain data, so that it can be shrunk by leaving parts out, and saved.

import type { Operands } from "../../host/isa/codec.ts";

/** An instruction by the name of its row. */
export type Step = readonly [name: string, operands: Operands];

export type Item =
  /** Instructions in sequence. */
  | { readonly kind: "code"; readonly steps: readonly Step[] }
  /** A branch or jump forward over the body; its `imm` is filled in. */
  | { readonly kind: "skip"; readonly step: Step; readonly body: readonly Item[] }
  /** The body, `count` times, counted down in a register that it does not write. */
  | {
      readonly kind: "loop";
      readonly counter: number;
      readonly count: number;
      readonly body: readonly Item[];
    }
  /**
   * A function and its call: through `target` if it is indirect, `imm` bytes off and, if that is odd, one more, which the
   * jump drops; it returns through `link`.
   */
  | {
      readonly kind: "call";
      readonly name: "jal" | "jalr" | "c.jal" | "c.jalr";
      readonly link: number;
      readonly target: number;
      readonly imm: number;
      readonly body: readonly Item[];
    }
  /** Load reserved, store conditional of `value`; again until it succeeds. */
  | {
      readonly kind: "retry";
      readonly address: number;
      readonly offset: number;
      readonly loaded: number;
      readonly value: number;
      readonly failed: number;
    }
  /**
   * Four bytes of code that are overwritten (two registers serve for that): called, overwritten, called again and
   * restored; or if they are `ahead`, overwritten just before they are reached.
   */
  | {
      readonly kind: "patch";
      readonly ahead: boolean;
      readonly link: number;
      readonly before: readonly Step[];
      readonly after: readonly Step[];
      readonly address: number;
      readonly word: number;
    }
  /** A word that is no instruction, or a jump to where there is none: the end. */
  | { readonly kind: "fault"; readonly steps: readonly Step[]; readonly word?: number };

export interface Program {
  readonly seed: number;
  /** Values of x1..x31 at the start, index 0 for x0. */
  readonly registers: readonly number[];
  /** What data memory is filled from. */
  readonly dataSeed: number;
  readonly body: readonly Item[];
}

/** Data memory: two pages, whose border x3 points to; nothing is mapped behind it. */
export const DATA = 0x0040_0000;
export const DATA_SIZE = 8192;
export const DATA_MIDDLE = DATA + 4096;
/** Base of the data; programs do not write it. */
export const DATA_REGISTER = 3;

/** The body with item `path` (index, index in its body, …) left out. */
export function withoutItem(items: readonly Item[], [index, ...rest]: readonly number[]): readonly Item[] {
  const item = items[index!]!;
  if (rest.length === 0) return items.filter((_, at) => at !== index);
  if (!("body" in item)) return items;
  return replaceItem(items, index!, { ...item, body: withoutItem(item.body, rest) });
}

/** The body with item `path` replaced by its own body. */
export function unwrapItem(items: readonly Item[], [index, ...rest]: readonly number[]): readonly Item[] {
  const item = items[index!]!;
  if (!("body" in item)) return items;
  if (rest.length === 0) return [...items.slice(0, index), ...item.body, ...items.slice(index! + 1)];
  return replaceItem(items, index!, { ...item, body: unwrapItem(item.body, rest) });
}

function replaceItem(items: readonly Item[], index: number, item: Item): readonly Item[] {
  return items.map((old, at) => (at === index ? item : old));
}

/** Paths of all items, the later ones first. */
export function itemPaths(items: readonly Item[]): number[][] {
  return items
    .flatMap((item, index) => [
      [index],
      ...("body" in item ? itemPaths(item.body).map((path) => [index, ...path]) : []),
    ])
    .reverse();
}
