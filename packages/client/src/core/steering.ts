import type { Call } from './call.ts'
import { createLearntRate } from './learnt-rate.ts'
import { createTurnstile, startAfter } from './turnstile.ts'

/** How a client's attempts towards one host follow what it says of how many it takes. */
export interface Steering {
  /**
   * Waits until an attempt may start; `undefined` where it may at once. `asked`: the call has waited as long as the host
   * told it to. Rejects on abort and at the deadline.
   */
  enter(call: Call, asked: boolean): Promise<void> | undefined
  /** An attempt starts now. */
  begin(): Begun
  /** The host has refused an attempt with this status, and wants to be left alone for so many milliseconds. */
  refuse(begun: Begun, pause: number, status: number): void
  /** An attempt has ended in any other way; without a response where it got none. */
  end(begun: Begun, response?: Response): void
}

/** When an attempt started: on the clock of `performance.now()`, and after how many pauses. */
interface Begun {
  readonly at: number
  readonly holds: number
}

/** A pause that a host has asked for. Times in milliseconds, on the clock of `performance.now()`. */
interface Hold {
  readonly at: number
  readonly status: number
  /** The longest that was asked for. */
  pause: number
  until: number
  probedAt: number
  /** Until when an attempt that probes may keep the others waiting; 0 while none does. */
  probedUntil: number
}

/**
 * Makes the steering of one host. A refusal pauses all attempts; then one probes, and the others follow at the rate that
 * held. Without a refusal nothing is limited.
 */
export function createSteering(): Steering {
  const rate = createLearntRate()
  let hold: Hold | undefined
  let holds = 0
  let nextAt = 0
  let hasWaited = false

  const probe = (current: Hold, { expires, options }: Call, now: number) => {
    // A 503 tells of an outage, not of a rate.
    if (current.status === 429) rate.learn(current.at, current.pause)
    rate.restart(now)
    current.probedAt = now
    current.probedUntil = Math.min(expires, now + (options.timeout || Number.POSITIVE_INFINITY))
  }
  const turnstile = createTurnstile({
    delay() {
      const now = performance.now()
      if (!hold) return nextAt - now
      return (hold.probedUntil > now ? hold.probedUntil : hold.until) - now
    },
    atLeast: () => (hold ? hold.until - performance.now() : 0),
    interval: rate.interval,
    take(call) {
      const now = performance.now()
      if (hold) probe(hold, call, now)
      nextAt = startAfter(nextAt, now, rate.interval())
    },
    reason: () =>
      `the API ${hold ? `asked all calls to pause (${hold.status})` : 'limits the rate (429)'}, and this one got no turn`,
  })

  return {
    enter(call, asked) {
      if (!hold && rate.interval() === 0) return undefined
      const now = performance.now()
      // Who has slept through the pause is the one to probe, whatever the clock says.
      if (asked && hold && hold.probedUntil <= now) hold.until = now
      const turn = turnstile.enter(call)
      hasWaited ||= turn !== undefined
      return turn
    },
    begin() {
      const at = performance.now()
      rate.use(at)
      return { at, holds }
    },
    refuse(begun, pause, status) {
      const at = performance.now()
      // Of what was under way at the first refusal all may be refused: that is one event.
      if (begun.holds < holds) {
        if (!hold) return
        hold.pause = Math.max(hold.pause, pause)
        hold.until = Math.max(hold.until, at + pause)
        return
      }
      holds++
      hold = { at, pause, status, until: at + pause, probedAt: at, probedUntil: 0 }
      turnstile.advance()
    },
    end(begun, response) {
      // What began before a pause tells of the time before it, and nothing any more once that has been looked at.
      if (response?.ok && (begun.holds === holds || hold?.probedUntil === 0)) {
        rate.succeed(begun.at, begun.holds === holds && (hasWaited || turnstile.size() > 0))
        hasWaited = false
      }
      if (!hold || begun.holds < holds) return
      if (response) {
        rate.probed(performance.now() - hold.probedAt)
        hold = undefined
      } else hold.probedUntil = 0
      turnstile.advance()
    },
  }
}
