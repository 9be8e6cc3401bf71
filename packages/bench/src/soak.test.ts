import { expect, it } from 'vitest'
import { runSoak } from './soak.ts'

it('every call through the pooled client ends, whatever the server does, and nothing is left', async () => {
  const calls = 1000
  const { outcomes, left } = await runSoak({ calls, patience: 120_000 })
  expect(Object.values(outcomes).reduce((sum, count) => sum + count)).toBe(calls)
  expect(left).toEqual({ listeners: 0, sockets: 0, timers: 0 })
  const known =
    /^(answered|aborted|ApiError \d+|RateLimitError 429|(Connection|Timeout)Error|ResponseParseError 200|stream: .+)$/
  expect(Object.keys(outcomes).filter((name) => !known.test(name))).toEqual([])
}, 400_000)
