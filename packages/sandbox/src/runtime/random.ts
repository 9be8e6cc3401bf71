/** The highest seed. */
export const maxSeed: number = 2 ** 32 - 1

/**
 * A generator of numbers from 0 up to but not including 1, the same for the same seed (taken modulo 2^32). It is
 * Mulberry32 by Tommy Ettinger (public domain), in the JavaScript form published by bryc; not for secrets.
 */
export function createRandom(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
