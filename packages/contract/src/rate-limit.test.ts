import { createMinimoClient } from '@minimo/client'
import { createSandbox, demoKey } from '@minimo/sandbox'
import { expect, it, onTestFinished, vi } from 'vitest'

it.each(['bucket', 'window'] as const)('under a limit of the kind %s the client gets everything done', async (kind) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const sandbox = await createSandbox({ rateLimit: { perSecond: 20, kind } })
  onTestFinished(() => sandbox.close())
  const statuses: number[] = []
  const minimo = createMinimoClient({
    apiKey: demoKey,
    async fetch(input, init) {
      const response = await sandbox.fetch(input, init)
      statuses.push(response.status)
      return response
    },
  })
  const emails = Array.from({ length: 200 }, (_, number) => `${number}@example.com`)
  const begin = performance.now()
  let done = 0
  const calls = emails.map((email) => minimo.contacts.upsert({ email }).then(() => done++))
  while (done < emails.length) await vi.advanceTimersByTimeAsync(10)
  await Promise.all(calls)
  expect((await sandbox.contacts()).map(({ email }) => email).toSorted()).toEqual(emails.toSorted())
  expect(statuses).toContain(429)
  expect(statuses.filter((status) => status === 200)).toHaveLength(200)
  // 200 calls at 20 a second, the first 20 at once.
  expect(performance.now() - begin).toBeGreaterThanOrEqual(9000)
})
