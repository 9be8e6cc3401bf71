import type { Plugin } from '../core/call.ts'
import { discard } from '../core/held-response.ts'
import { isRetryable } from '../core/retry.ts'
import { parseRetryAfter } from '../core/retry-after.ts'
import { sleep } from '../core/sleep.ts'
import { createTurnstile } from '../core/turnstile.ts'

/** That calls pause. */
export interface Pause {
  /** For how long from now; where nobody gets through, until the next probe. */
  milliseconds: number
  /** Status of the answer that made them pause; absent where there was none. */
  status?: number
}

/** Settings of `waitOut`. */
export interface WaitOutOptions {
  /** Is told of every pause that an outage makes or an answer asks for, so that it can be shown. */
  onPause?: (pause: Pause) => void
}

/** Milliseconds between two probes: at first, and at most. */
const pauses = { first: 1000, longest: 60_000 }

/**
 * Waits outages out, for work that may take hours: a call that got no answer, a 408, 429 or 5xx is made again until its
 * deadline. While nobody gets through all calls pause, and one probes: after 1 s, then twice as long up to 60 s, or after
 * what the API asks for. Where others get through, a call that goes on failing ends with its error after `retries` more
 * rounds of `retry`; a 429 does not count. What `retry` may not repeat is not repeated. Each call of this function makes
 * a gate of its own for each server.
 */
export function waitOut({ onPause = () => {} }: WaitOutOptions = {}): Plugin {
  const gates = new Map<string, ReturnType<typeof createGate>>()
  const observe: Plugin = (next) => async (call) => {
    const response = await next(call)
    const asked = response.ok ? undefined : parseRetryAfter(response.headers, Date.now())
    if (asked) onPause({ milliseconds: asked, status: response.status })
    return response
  }
  return (next) => async (given) => {
    const call = { ...given, plugins: [observe, ...given.plugins] }
    const { server } = call.operation
    const gate = gates.get(server) ?? createGate()
    gates.set(server, gate)
    const began = performance.now()
    for (let left = call.options.retries; ; ) {
      await gate.enter(call)
      const begun = performance.now()
      const { response, error } = await outcomeOf(next(call))
      const asked = response && parseRetryAfter(response.headers, Date.now())
      const isOver = response?.ok || !isRetryable(call, response, error, asked)
      if (isOver) gate.leave(response !== undefined)
      // Who fails while others get through has met no outage.
      const isAlone = !isOver && gate.answeredSince(began)
      if (isOver || (isAlone && response?.status !== 429 && left-- === 0)) {
        if (response) return response
        throw error
      }
      if (response) await discard(response)
      if (isAlone) await sleep(Math.min(asked ?? pauses.first, call.expires - performance.now()), call.request.signal)
      else {
        const pause = gate.close(begun, asked, response?.status)
        // What was asked for has been told.
        if (pause && asked === undefined) onPause(pause)
      }
    }
  }
}

/** What a call came to. */
interface Outcome {
  response?: Response
  error?: unknown
}

const outcomeOf = (sent: Promise<Response>): Promise<Outcome> =>
  sent.then(
    (response) => ({ response }),
    (error: unknown) => ({ error }),
  )

/** Keeps calls back while nobody gets through. Times in milliseconds, on the clock of `performance.now()`. */
function createGate() {
  let closed: { at: number; until: number; length: number; status: number | undefined } | undefined
  let probedUntil = 0
  let answeredAt = 0
  const turnstile = createTurnstile({
    delay: () => (closed ? Math.max(closed.until, probedUntil) - performance.now() : 0),
    atLeast: () => (closed ? closed.until - performance.now() : 0),
    interval: () => 0,
    take(call) {
      if (closed) probedUntil = Math.min(call.expires, performance.now() + pauses.longest)
    },
    reason: () => `nobody got through to the API (${closed?.status ?? 'no answer'})`,
  })
  return {
    enter: turnstile.enter,
    answeredSince: (time: number) => answeredAt > time,
    /** A call is over; with an answer, others may try too. */
    leave(hasAnswer: boolean): void {
      probedUntil = 0
      if (hasAnswer) {
        closed = undefined
        answeredAt = performance.now()
      }
      turnstile.advance()
    },
    /** A call that began then got nowhere. Gives the pause that this begins, unless it is known of already. */
    close(begun: number, asked: number | undefined, status: number | undefined): Pause | undefined {
      // What was under way when the first one failed tells nothing new.
      if (closed && begun < closed.at) return undefined
      const at = performance.now()
      const length = closed ? Math.min(closed.length * 2, pauses.longest) : pauses.first
      const milliseconds = asked ?? length
      closed = { at, until: at + milliseconds, length, status }
      probedUntil = 0
      turnstile.advance()
      return { milliseconds, ...(status !== undefined && { status }) }
    },
  }
}
