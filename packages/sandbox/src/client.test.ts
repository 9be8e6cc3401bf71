import { expect, onTestFinished, test } from 'vitest'
import { createSandboxClient, isApiError } from './client.ts'
import { createSandbox } from './create-sandbox.ts'
import { demoKey } from './handlers/authenticate.ts'

/** A sandbox on a port, and a client of its control API; it is closed after the test. */
async function listen() {
  const sandbox = await createSandbox()
  onTestFinished(() => sandbox.close())
  const { url } = await sandbox.listen()
  const write = (body: object) =>
    fetch(`${url}/public/v1/contacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  return { sandbox, write, client: createSandboxClient(url) }
}

test('a client of the control API does to a server what the methods do to a sandbox in code', async () => {
  const { sandbox, write, client } = await listen()
  await client.call('addFault', { body: { operation: 'upsertContact', nth: 1, fault: { status: 503 } } })
  expect((await write({ email: 'anna@example.com' })).status).toBe(503)
  expect((await write({ email: 'anna@example.com' })).status).toBe(200)
  const { data: events } = await client.call('listEvents', { query: { type: 'contact.created' } })
  expect(events).toEqual(await sandbox.events())
  const { data: time } = await client.call('advanceClock', { body: { advance: 60_000 } })
  expect(Math.abs(time.milliseconds - sandbox.clock.now())).toBeLessThan(10_000)
  const { data: snapshot } = await client.call('takeSnapshot')
  await client.call('resetSandbox')
  expect(await sandbox.contacts()).toEqual([])
  await client.call('restoreSnapshot', { body: snapshot })
  expect((await client.call('listContacts', { query: { email: 'anna@example.com' } })).data).toHaveLength(1)
})

test('events come as they happen', async () => {
  const { write, client } = await listen()
  const leave = new AbortController()
  const { data } = await client.call('followEvents', {}, { parseAs: 'stream', signal: leave.signal })
  await write({ email: 'anna@example.com' })
  let text = ''
  for await (const piece of data.pipeThrough(new TextDecoderStream())) {
    text += piece
    if (text.includes('event: contact.created')) break
  }
  leave.abort()
  expect(text).toContain('anna@example.com')
})

test('what is refused is an error of the operation', async () => {
  const { client } = await listen()
  const error = await client.call('openMessage', { path: { id: 'msg_1' } }).catch((error: unknown) => error)
  expect(isApiError(error, 404) && error.message).toContain('There is no such message')
})

test('a sandbox of another machine may be called without TLS, for no key is sent; what is no URL is told', async () => {
  const seen: Request[] = []
  const fetch = async (url: string | URL | Request, init?: RequestInit) => {
    seen.push(new Request(url, init))
    return Response.json({ data: [] })
  }
  const { data } = await createSandboxClient('http://sandbox.example:4010', { fetch }).call('listEvents')
  expect(data).toEqual([])
  expect(seen.map(({ url, headers }) => [url, headers.get('authorization')])).toEqual([
    ['http://sandbox.example:4010/_sandbox/events', null],
  ])
  expect(() => createSandboxClient('sandbox')).toThrow('found "sandbox"')
})
