/** What a host has shown of how many attempts it takes. Times in milliseconds, on the clock of `performance.now()`. */
export interface LearntRate {
  /** Time between two starts; 0 while nothing is learnt. */
  interval(): number
  /** An attempt starts; what is too old to tell anything is forgotten. */
  use(now: number): void
  /** An attempt that began then has succeeded; `isWanted`: others wait for their turn. */
  succeed(begunAt: number, isWanted: boolean): void
  /** The host has refused at that time and asked for a pause. */
  learn(refusedAt: number, pause: number): void
  /** A period begins, over which successes are counted. */
  restart(now: number): void
  /** The attempt that probed was answered after so many milliseconds. */
  probed(took: number): void
}

/** The share of a rate that is used at first. */
const atFirst = 0.95

/** By what the interval shrinks with each success that others wait behind, as long as nothing shows that the rate is too high. */
const sooner = 1.5

/** By how much it shrinks after that: hesitantly, and ever less so. */
const growth = 0.0005
const faster = 1.012

/** What is left of the longest pause at each refusal. */
const fading = 0.98

/** After how long at least without attempts successes are counted anew. */
const memoryOfSuccesses = 2000

/** After how long at least without waits a rate is forgotten. */
const memoryOfRate = 60_000

/** So many successes in a row show that a rate holds. */
const many = 100

/** The longest interval that is learnt from short pauses. */
const slowest = 2000

/** A pause as long may have been rounded up to whole seconds; a shorter one is the time until the next attempt alone. */
const rounded = 1000

/**
 * Learns a rate from refusals: the successes before one, over the time they took and, where it was the longer, the
 * pause that was asked for.
 */
export function createLearntRate(): LearntRate {
  let interval = 0
  /** The interval that the measured rate gives. */
  let target = 0
  /** The longest pause that was asked for, the older ones counting less. */
  let longest = 0
  /** Whether the host has so far shown no more than how many it takes at once. */
  let isGuess = false
  /** What all periods since the first refusal gave, the older ones counting less. */
  let sumOfSuccesses = 0
  let sumOfTime = 0
  let successes = 0
  let sinceRefusal = 0
  let steppedAt = 0
  let startedAt = 0
  let usedAt = 0
  let wantedAt = 0

  const restart = (now: number) => {
    startedAt = now
    successes = 0
  }
  return {
    interval: () => interval,
    use(now) {
      if (now - wantedAt > Math.max(memoryOfRate, 10 * interval)) interval = 0
      if (now - usedAt > Math.max(memoryOfSuccesses, 3 * interval)) restart(now)
      usedAt = now
    },
    succeed(begunAt, isWanted) {
      successes++
      if (!isWanted) return
      wantedAt = usedAt
      if (interval > target) {
        // What began before the last step tells nothing of it yet.
        if (begunAt < steppedAt) return
        steppedAt = performance.now()
        interval = Math.max(target, interval / sooner)
      } else interval /= 1 + growth * faster ** sinceRefusal++
    },
    learn(refusedAt, pause) {
      wantedAt = refusedAt + pause
      sinceRefusal = 0
      if (successes === 0) return
      const active = refusedAt - startedAt
      const time = active < pause ? active + pause : active
      // The first successes are what the host takes at once, which may be more than it takes for long.
      const isFirst = interval === 0
      sumOfSuccesses = isFirst ? 0 : sumOfSuccesses / 2 + successes
      sumOfTime = isFirst ? 0 : sumOfTime / 2 + time
      const measured = isFirst ? time / successes : sumOfTime / sumOfSuccesses
      // After many successes a refusal is no more than a hint that the rate has grown too high.
      target = (isFirst || successes < many ? measured : interval) / atFirst
      // Who refuses for other reasons than the rate must not bring it down without end.
      longest = Math.max(pause, longest * fading)
      target = Math.min(target, Math.max(2 * longest, slowest))
      isGuess = isFirst && pause < rounded
      interval = isGuess ? Math.max(target, pause) : target
    },
    restart,
    // One at a time to begin with, so that no more than a few are under way when the guess turns out too high.
    probed(took) {
      if (isGuess) interval = Math.max(interval, took)
    },
  }
}
