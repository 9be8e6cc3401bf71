/** The sandbox's time: real time, moved forward by `advance` and put back by `reset`. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Moves time forward by so many milliseconds. */
  advance(milliseconds: number): void
  /** Takes back every advance. */
  reset(): void
}

/** A clock that starts at `now` and follows it. */
export function createClock(now: () => number = Date.now): Clock {
  let ahead = 0
  return {
    now: () => now() + ahead,
    advance(milliseconds) {
      ahead += milliseconds
    },
    reset() {
      ahead = 0
    },
  }
}
