import fc from 'fast-check'
import { expect, test } from 'vitest'
import { burstOf, fullAllowance, type RateLimit, takeToken } from './rate-limit.ts'

const start = Date.UTC(2026, 0, 1)

const anyRate = fc.oneof(
  fc.integer({ min: 1, max: 200 }),
  fc.constantFrom(0.1, 0.5, 1 / 3, 2.5, 0.001),
  fc.double({ min: 0.001, max: 1000, noNaN: true }),
)
const anyLimit: fc.Arbitrary<RateLimit & { kind: 'bucket' | 'window' }> = fc
  .record({
    perSecond: anyRate,
    burst: fc.option(fc.integer({ min: 1, max: 60 })),
    kind: fc.constantFrom('bucket', 'window'),
  })
  .map(({ perSecond, burst, kind }) => ({ perSecond, kind, ...(burst !== null && { burst }) }))

/** Pauses between requests, in milliseconds: many at once, some after a while. */
const anyPauses = fc.array(
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3000 })),
  { maxLength: 200 },
)

test('a bucket lets in at most the burst and what has been refilled, a window at most its own and the one before', () => {
  fc.assert(
    fc.property(anyLimit, anyPauses, (limit, pauses) => {
      const times = admitted(limit, pauses)
      const burst = burstOf(limit)
      for (const [first, from] of times.entries()) {
        for (const [last, to] of times.entries()) {
          if (last < first) continue
          const refilled = (limit.perSecond * (to - from)) / 1000
          const most = (limit.kind === 'bucket' ? burst : 2 * burst) + refilled
          expect(last - first + 1).toBeLessThanOrEqual(most + 1e-9)
        }
      }
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('who waits as long as Retry-After says is let in, and who waits over a second less is not', () => {
  fc.assert(
    fc.property(anyLimit, anyPauses, (limit, pauses) => {
      let allowance = fullAllowance(limit, start)
      let now = start
      for (const pause of pauses) {
        now += pause
        const answer = takeToken(limit, allowance, now)
        allowance = answer.allowance
        if (answer.retryAfter === 0) continue
        expect(Number.isInteger(answer.retryAfter)).toBe(true)
        expect(takeToken(limit, allowance, now + answer.retryAfter * 1000).retryAfter).toBe(0)
        if (answer.retryAfter === 1) continue
        expect(takeToken(limit, allowance, now + answer.retryAfter * 1000 - 1001).retryAfter).toBeGreaterThan(0)
      }
    }),
    { numRuns: 300, seed: 1 },
  )
})

test('a caller who asks all the time gets what the limit allows, no less', () => {
  fc.assert(
    fc.property(anyLimit, (limit) => {
      const seconds = Math.max(10, 3 / limit.perSecond, (3 * burstOf(limit)) / limit.perSecond)
      const step = Math.max(1, Math.floor((seconds * 1000) / 50_000))
      const times = admitted(limit, Array(Math.ceil((seconds * 1000) / step)).fill(step))
      // What is refilled in less than a step, or in a window that has not ended, may be missing, and one request a step.
      const possible = Math.min(limit.perSecond * seconds, (seconds * 1000) / step)
      const slack = burstOf(limit) + (limit.perSecond * seconds * step) / 1000
      expect(times.length).toBeGreaterThanOrEqual(possible - slack - 1)
    }),
    { numRuns: 40, seed: 1 },
  )
})

test.each([
  [{ perSecond: 3 }, [0, 0, 0, 333, 334, 999, 1001, 1001], [0, 0, 0, 1, 0, 0, 0, 1]],
  [{ perSecond: 0.5 }, [0, 0, 1999, 2000, 2001], [0, 2, 1, 0, 2]],
  [{ perSecond: 10, burst: 2 }, [0, 0, 0, 100, 100, 10_000, 10_000, 10_000], [0, 0, 1, 0, 1, 0, 0, 1]],
  [{ perSecond: 2, kind: 'window' }, [500, 600, 700, 1499, 1500, 1500, 1500], [0, 0, 1, 1, 0, 0, 1]],
  [
    { perSecond: 10, burst: 600, kind: 'window' },
    [...Array(600).fill(0), 0, 1, 59_999, 60_000],
    [...Array(600).fill(0), 60, 60, 1, 0],
  ],
] as const)('the limit %j', (limit: RateLimit, times, answers) => {
  let allowance = fullAllowance(limit, start + (times[0] ?? 0))
  const found = times.map((time) => {
    const admission = takeToken(limit, allowance, start + time)
    allowance = admission.allowance
    return admission.retryAfter
  })
  expect(found).toEqual(answers)
})

test('a clock that goes back takes nothing away', () => {
  const limit = { perSecond: 1, burst: 2 }
  const { allowance } = takeToken(limit, fullAllowance(limit, start), start)
  const back = takeToken(limit, allowance, start - 5000)
  expect(back.retryAfter).toBe(0)
  expect(takeToken(limit, back.allowance, start - 5000).retryAfter).toBe(6)
})

/** The times at which requests were let in that came after these pauses. */
function admitted(limit: RateLimit, pauses: readonly number[]): number[] {
  let allowance = fullAllowance(limit, start)
  let now = start
  const times: number[] = []
  for (const pause of pauses) {
    now += pause
    const answer = takeToken(limit, allowance, now)
    allowance = answer.allowance
    if (answer.retryAfter === 0) times.push(now)
  }
  return times
}
