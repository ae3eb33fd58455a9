// The random numbers of program generation (splitmix32): the same for a seed in every run.

export interface Random {
  /** 32 random bits, unsigned. */
  word(): number;
  /** An integer from 0 to n - 1. */
  below(n: number): number;
  /** True once in n times. */
  oneIn(n: number): boolean;
  pick<T>(choices: readonly T[]): T;
}

export function makeRandom(seed: number): Random {
  let state = seed | 0;
  const word = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (n: number) => Math.floor((word() / 2 ** 32) * n);
  return {
    word,
    below,
    oneIn: (n) => below(n) === 0,
    pick: (choices) => choices[below(choices.length)]!,
  };
}
