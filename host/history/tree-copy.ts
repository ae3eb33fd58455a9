// Plain trees compared and copied: what a checkpoint does with the kernel's state. A copy shares nothing with
// the original but what is frozen (all through), so that neither the running kernel nor a checkpoint changes the other's.

/** Whether two plain trees are equal, whatever the order of their keys. `skipped`: a key of the top to pass over. */
export function sameTree(a: unknown, b: unknown, skipped = ""): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && sameArray(a, b);
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameBytes(a as Uint8Array, b as Uint8Array);
  return sameObject(a as Tree, b as Tree, skipped);
}

type Tree = Record<string, unknown>;

// Most of what is compared is numbers that are equal: they are seen to be so without a call.

function sameArray(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    if (x !== y && !sameTree(x, y)) return false;
  }
  return true;
}

function sameObject(a: Tree, b: Tree, skipped: string): boolean {
  let keys = 0;
  for (const key in a) {
    keys++;
    const [x, y] = [a[key], b[key]];
    if (x !== y && key !== skipped && !sameTree(x, y)) return false;
  }
  for (const _ in b) keys--;
  return keys === 0;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Bytes that a value takes beside the strings and byte arrays in it: an estimate, the same everywhere. */
const VALUE_SIZE = 16;

/** Copies trees and adds up their sizes. */
export class TreeCopier {
  /** Bytes copied so far, an estimate. */
  bytes = 0;

  copy<Value>(value: Value): Value {
    return this.#copy(value) as Value;
  }

  #copy(value: unknown): unknown {
    this.bytes += VALUE_SIZE;
    if (typeof value === "string") this.bytes += value.length;
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
    if (value instanceof Uint8Array) {
      this.bytes += value.length;
      return value.slice();
    }
    if (Array.isArray(value)) return value.map((item) => this.#copy(item));
    const copy: Tree = {};
    for (const key in value) copy[key] = this.#copy((value as Tree)[key]);
    return copy;
  }
}
