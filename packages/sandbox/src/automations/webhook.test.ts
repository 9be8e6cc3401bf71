import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { startWebhookReceiver } from '../../test/webhook-receiver.ts'
import { sendWebhook, type WebhookAttempt } from './webhook.ts'

test('only a 2xx is a success', async () => {
  const statuses = [200, 204, 299, 302, 404, 503]
  const { url } = await startWebhookReceiver((nth) => statuses[nth])
  const results: (string | undefined)[] = []
  for (const _ of statuses) results.push(await send({ url }))
  const failed = (status: number) => `The webhook answered with ${status}; expected 2xx`
  expect(results).toEqual([undefined, undefined, undefined, failed(302), failed(404), failed(503)])
})

test('a redirect is not followed', async () => {
  const { url, received } = await startWebhookReceiver(() => 307)
  await send({ url })
  expect(received).toHaveLength(1)
})

test('a port where nobody listens is said to be unreachable, and why', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') expect.fail('not listening on a port')
  expect(await send({ url: `http://127.0.0.1:${address.port}` })).toMatch(/could not be reached \(.*ECONNREFUSED/)
})

test('a URL that is none is said to be unreachable', async () => {
  expect(await send({ url: 'nowhere' })).toMatch(/could not be reached/)
})

test('the timeout holds even where fetch does not heed the signal', async () => {
  const deaf = () => new Promise<Response>(() => {})
  expect(await send({ timeout: 20, fetch: deaf })).toBe('The webhook gave no answer within 20 ms')
})

test('a body that never ends does not hold up the success', async () => {
  let cancelled = false
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(1024)),
    cancel() {
      cancelled = true
    },
  })
  expect(await send({ fetch: async () => new Response(endless) })).toBeUndefined()
  expect(cancelled).toBe(true)
})

test('a URL with a password is told without it', async () => {
  const error = await send({ url: 'http://me:hunter2@127.0.0.1/hook' })
  expect(error).toContain('***@127.0.0.1')
  expect(error).not.toContain('hunter2')
})

test('only a 410 says that nothing more is wanted', async () => {
  const { url } = await startWebhookReceiver((nth) => [410, 404][nth])
  expect(await sendWebhook({ ...attempt, url })).toMatchObject({ isGone: true })
  expect(await sendWebhook({ ...attempt, url })).toMatchObject({ isGone: false })
})

const attempt: WebhookAttempt = {
  url: 'http://127.0.0.1',
  id: 'run_1',
  body: '{}',
  sign: () => 'v1,signature',
  timeout: 15_000,
  ending: new AbortController().signal,
  fetch,
}

/** Makes an attempt and returns why it failed. */
const send = async (changes: Partial<WebhookAttempt>) => (await sendWebhook({ ...attempt, ...changes }))?.error
