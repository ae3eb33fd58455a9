// The machine's random numbers: xoshiro128** (Blackman and Vigna, https://prng.di.unimi.it), seeded with
// splitmix32. Its four words of state are part of the kernel's state, so a run repeats exactly.

/** Four words of state from the two words of a seed. */
export function seedRandom(low: number, high: number): number[] {
  const state: number[] = [];
  let word = (low ^ Math.imul(high, 0x85ebca6b)) | 0;
  for (let i = 0; i < 4; i++) {
    word = (word + 0x9e3779b9) | 0;
    let mixed = word ^ (word >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    state.push((mixed ^ (mixed >>> 15)) >>> 0);
  }
  if ((state[0] | state[1] | state[2] | state[3]) === 0) state[0] = 1;
  return state;
}

/** The next 32 bits, 0 .. 2^32-1. */
export function nextRandom(state: number[]): number {
  const scrambled = Math.imul(state[1], 5);
  const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
  const shifted = state[1] << 9;
  state[2] ^= state[0];
  state[3] ^= state[1];
  state[1] ^= state[2];
  state[0] ^= state[3];
  state[2] ^= shifted;
  state[3] = (state[3] << 11) | (state[3] >>> 21);
  for (let i = 0; i < 4; i++) state[i] >>>= 0;
  return result;
}

/** Fills the bytes; four at a time, little endian, so that the state after it depends on the length only. */
export function fillRandom(state: number[], bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; at += 4) {
    const word = nextRandom(state);
    for (let i = 0; i < 4 && at + i < bytes.length; i++) bytes[at + i] = word >>> (8 * i);
  }
}
