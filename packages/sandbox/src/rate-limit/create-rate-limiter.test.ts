import { operations } from '@minimo/api-types'
import { expect, onTestFinished, test } from 'vitest'
import { createSandbox, demoKey, type SandboxOptions } from '../index.ts'

const { method, path } = operations.listCustomFields
const other = 'mn-other-secret'

test('what is too much is answered as the spec documents it, until the sandbox’s time has moved on', async () => {
  const { sandbox, call } = await open({ rateLimit: { perSecond: 2 } })
  expect(await statuses(3, call)).toEqual([200, 200, 429])
  const refused = await call()
  expect(await refused.json()).toEqual({
    error: { code: 'rate_limit_exceeded', message: 'This key may send 2 requests a second, 2 at once: wait 1 s.' },
  })
  expect(refused.headers.get('retry-after')).toBe('1')
  await sandbox.clock.advance(1000)
  expect(await statuses(3, call)).toEqual([200, 200, 429])
})

test('each key has a limit of its own, and none is used up by a request without a key', async () => {
  const { call } = await open({ rateLimit: { perSecond: 1 }, keys: [{ key: demoKey }, { key: other }] })
  expect(await statuses(2, () => call('mn-unknown-key'))).toEqual([401, 401])
  expect(await statuses(2, call)).toEqual([200, 429])
  expect(await statuses(2, () => call(other))).toEqual([200, 429])
})

test('a reset forgets what came, and so does a restored snapshot', async () => {
  const { sandbox, call } = await open({ rateLimit: { perSecond: 1, kind: 'window' } })
  const empty = await sandbox.snapshot()
  for (const forget of [() => sandbox.reset(), () => sandbox.restore(empty)]) {
    expect(await statuses(2, call)).toEqual([200, 429])
    await forget()
  }
  expect((await call()).status).toBe(200)
})

test('a sandbox that was told no limit has none', async () => {
  const { call } = await open({})
  expect(new Set(await statuses(200, call))).toEqual(new Set([200]))
})

test.each([
  [{}, 'options.rateLimit: perSecond is missing'],
  [{ perSecond: 0 }, 'options.rateLimit.perSecond: expected a number from 0.001 to 1000000, found 0'],
  [{ perSecond: 1, burst: 0.5 }, 'options.rateLimit.burst: expected an integer from 1 to 1000000, found 0.5'],
  [{ perSecond: 1, kind: 'sliding' }, 'options.rateLimit.kind: expected one of bucket, window, found "sliding"'],
  [{ perSecond: 1, bursts: 2 }, 'options.rateLimit: there is no "bursts"; expected perSecond, burst, kind'],
])('the limit %j is refused', async (rateLimit: unknown, message) => {
  await expect(createSandbox({ rateLimit } as SandboxOptions)).rejects.toThrow(message)
})

/** Opens a sandbox in which time stands still, and makes what calls it. */
async function open(options: SandboxOptions) {
  const sandbox = await createSandbox({ now: () => Date.UTC(2026, 0, 1), ...options })
  onTestFinished(() => sandbox.close())
  const call = (key = demoKey) =>
    sandbox.fetch(`http://sandbox${path}`, { method, headers: { authorization: `Bearer ${key}` } })
  return { sandbox, call }
}

async function statuses(times: number, call: () => Promise<Response>): Promise<number[]> {
  const found: number[] = []
  for (const _ of Array(times)) found.push((await call()).status)
  return found
}
