// Samples of the encoding space, the same in every run.

/** The 32-bit major opcodes: values of bits 6:2, where bits 1:0 are 11. */
export const OPCODES: readonly number[] = Array.from({ length: 32 }, (_, opcode) => opcode);

/** All halfwords that are compressed instructions or nothing. */
export const HALFWORDS: readonly number[] = Array.from({ length: 65536 }, (_, bits) => bits).filter(
  (bits) => (bits & 3) !== 3,
);

/** A linear congruential generator (Numerical Recipes), for samples that need no quality. */
export function makeRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state >>> 8;
  };
}

/**
 * Calls `visit` with every value of funct7, funct3 and the rs2 field under a major opcode, each `repeat` times
 * with other rd and rs1: 32768 × repeat words.
 */
export function forEachWord(opcode: number, repeat: number, visit: (word: number) => void): void {
  const random = makeRandom(opcode);
  for (let structure = 0; structure < 32768; structure++) {
    const fixed = ((structure >>> 3) << 20) | ((structure & 7) << 12) | (opcode << 2) | 3;
    for (let k = 0; k < repeat; k++) {
      const registers = random();
      visit(fixed | ((registers & 31) << 7) | (((registers >>> 5) & 31) << 15));
    }
  }
}

/** Collects disagreements by kind, with a few examples each, so that a failure can be read. */
export class Disagreements {
  readonly #kinds = new Map<string, { count: number; examples: string[] }>();

  add(kind: string, word: number): void {
    const entry = this.#kinds.get(kind) ?? { count: 0, examples: [] };
    entry.count++;
    if (entry.examples.length < 4) entry.examples.push((word >>> 0).toString(16));
    this.#kinds.set(kind, entry);
  }

  /** One line a kind, empty when all agreed. */
  list(): string[] {
    return [...this.#kinds].map(
      ([kind, { count, examples }]) => `${kind}: ${count}, as ${examples.join(" ")}`,
    );
  }
}
