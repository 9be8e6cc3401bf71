/** A source of random choices that gives the same ones for the same seed. */
export interface Random {
  /** A whole number from 0 up to, and without, `end`. */
  below: (end: number) => number
  /** Whether something with this chance, from 0 to 1, happens. */
  chance: (chance: number) => boolean
  /** One of a list, which must not be empty. */
  pick: <T>(list: readonly T[]) => T
}

/** Starts a source of random choices. */
export function createRandom(seed: number): Random {
  let state = seed
  // Mulberry32: small, and good enough to choose edits with.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (end: number) => Math.floor(next() * end)
  return {
    below,
    chance: (chance) => next() < chance,
    pick: (list) => {
      const index = below(list.length)
      if (index >= list.length) throw new Error('Expected a list to choose from, found an empty one.')
      // The index is within the list, whatever its elements are.
      return list[index] as (typeof list)[number]
    },
  }
}
