/** One of the values, each as often as its share in the sum of shares says; `chance` is from 0 up to but not including 1. */
export function pick<T>(shares: readonly (readonly [share: number, value: T])[], chance: number): T {
  let left = chance * shares.reduce((sum, [share]) => sum + share, 0)
  for (const [share, value] of shares) {
    left -= share
    if (left < 0) return value
  }
  throw new RangeError(`no share for a chance of ${chance}`)
}
