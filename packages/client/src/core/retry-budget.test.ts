import { expect, it } from 'vitest'
import type { Operation } from './call.ts'
import { createPerformer } from './performer.ts'
import { retry } from './retry.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

/** A client whose API can be up or down, how many requests it made, and how many calls it was asked for. */
function createClient() {
  const api = { isDown: true, requests: 0 }
  const perform = createPerformer([operation], {
    baseUrl: 'https://api.example.com',
    plugins: ([, ...rest]) => [retry({ sleep: async () => undefined, random: () => 0 }), ...rest],
    fetch: async () => {
      api.requests++
      return new Response(null, { status: api.isDown ? 503 : 200 })
    },
  })
  const call = () => perform(operation, {})
  const together = (count: number) => Promise.all(Array.from({ length: count }, call))
  const inTurn = async (count: number) => {
    for (let i = 0; i < count; i++) await call()
  }
  /** The attempts beyond one a call that this makes. */
  const extra = async (run: (count: number) => Promise<unknown>, count: number) => {
    api.requests = 0
    await run(count)
    return api.requests - count
  }
  return { api, call, together, inTurn, extra }
}

it.each([200, 1000])(
  'R11: %d calls that fail together make no more than a fifth and ten extra attempts',
  async (count) => {
    const { together, extra } = createClient()
    const made = await extra(together, count)
    expect(made).toBeGreaterThanOrEqual(10)
    expect(made).toBeLessThanOrEqual(0.2 * count + 10)
  },
)

it('R11: nor do calls that fail one after the other', async () => {
  const { inTurn, extra } = createClient()
  const made = await extra(inTurn, 200)
  expect(made).toBeGreaterThanOrEqual(0.2 * 200)
  expect(made).toBeLessThanOrEqual(0.2 * 200 + 10)
})

it('R11: few calls that fail are repeated as often as retries says', async () => {
  const { together, extra } = createClient()
  expect(await extra(together, 5)).toBe(10)
})

it('R12: with nothing left to spend a call gives the answer of its one attempt', async () => {
  const { api, together, call } = createClient()
  await together(100)
  api.requests = 0
  expect([(await call()).response.status, api.requests]).toEqual([503, 1])
})

it('R11: healthy traffic fills the budget again, up to what it was', async () => {
  const { api, together, inTurn, extra } = createClient()
  await together(100)
  api.isDown = false
  await inTurn(1000)
  api.isDown = true
  expect(await extra(together, 5)).toBe(10)
  expect(await extra(together, 4)).toBe(0)
})

it('R11, C9: two clients have a budget each', async () => {
  const one = createClient()
  const two = createClient()
  await one.together(100)
  expect(await two.extra(two.together, 5)).toBe(10)
})

it('R11: a client has a budget also where it is not told of one', async () => {
  let requests = 0
  const perform = createPerformer([operation], {
    baseUrl: 'https://api.example.com',
    fetch: async () => {
      requests++
      return new Response(null, { status: 500 })
    },
  })
  await Promise.all(Array.from({ length: 200 }, () => perform(operation, {})))
  expect(requests).toBeLessThanOrEqual(200 + 0.2 * 200 + 10)
})
