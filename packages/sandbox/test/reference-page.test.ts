import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { createSandbox } from '../src/index.ts'

// The programs on the API's reference page of updateContactById, as a partner would run them. curl and Python may be
// missing, so of those the bytes that they send are sent.

const key = 'mn-reference-page'
const changeEmail = '{"email": "new-email@example.com"}'

const javaScript = `const response = await fetch('https://api.minimo.it/public/v1/contacts/42', {
  method: 'PUT',
  headers: {
    'Authorization': 'Bearer {{BEARER_TOKEN}}',
    'Content-Type': 'application/json'
  },
  body: JSON.stringify({ email: 'new-email@example.com' })
});

const result = await response.json();

console.log(result);`

/** What each program sends, up to the headers that the page gives. */
const programs = {
  curl: ['User-Agent: curl/8.5.0', 'Accept: */*'],
  'Python requests': [
    'User-Agent: python-requests/2.32.3',
    'Accept-Encoding: gzip, deflate',
    'Accept: */*',
    'Connection: keep-alive',
  ],
}

test('the JavaScript sample runs as it stands', async () => {
  const { url, email } = await serve()
  const sample = javaScript.replace('https://api.minimo.it', url).replace('{{BEARER_TOKEN}}', key)
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', sample])
  expect({ stdout, stderr }).toEqual({ stdout: `{ id: 42, phone: '+39333000042' }\n`, stderr: '' })
  expect(await email()).toBe('new-email@example.com')
})

test.each(Object.entries(programs))('the sample for %s is answered with the contact', async (_, sent) => {
  const { open, email } = await serve()
  const { send } = await open()
  const answer = await send(requestOf('PUT /public/v1/contacts/42', sent, changeEmail))
  expect(answer).toEqual({ status: 200, body: { id: 42, phone: '+39333000042' } })
  expect(await email()).toBe('new-email@example.com')
})

test('the page’s two steps change the email of a contact that is known by its old one', async () => {
  const { open, email } = await serve()
  const { send } = await open()
  const path = '/public/v1/contacts/by-email/old@example.com'
  expect(await send(requestOf(`GET ${path}`, programs.curl))).toMatchObject({
    status: 200,
    body: { data: { id: 42, email: 'old@example.com' } },
  })
  // On the same connection, as a program that keeps it alive does.
  const body = '{ "email": "new@example.com" }'
  expect(await send(requestOf('PUT /public/v1/contacts/42', programs.curl, body))).toMatchObject({ status: 200 })
  expect(await email()).toBe('new@example.com')
  expect(await send(requestOf(`GET ${path}`, programs.curl))).toMatchObject({ status: 404 })
})

test('the page’s other examples merge custom fields and set consent', async () => {
  const { sandbox, open } = await serve()
  const { send } = await open()
  for (const body of [
    '{"customFields":{"plan":"enterprise","company":"Acme Corp"}}',
    '{\n  "marketingConsent": {\n    "email": true,\n    "whatsapp": false\n  }\n}',
  ]) {
    expect(await send(requestOf('PUT /public/v1/contacts/42', programs.curl, body))).toMatchObject({ status: 200 })
  }
  const { contact } = (await sandbox.events()).at(-1) ?? expect.fail('no event')
  expect(contact.custom_fields).toMatchObject({ plan: 'enterprise', company: 'Acme Corp', city: expect.any(String) })
  expect(contact.marketing_consent).toEqual({ email: true, whatsapp: false })
})

test('the page’s errors are answered as it shows them', async () => {
  const { open } = await serve()
  const { send } = await open()
  const unknown = requestOf('PUT /public/v1/contacts/43000', programs.curl, changeEmail)
  expect(await send(unknown)).toEqual({ status: 404, body: { message: 'Contact not found' } })
  const wrongKey = requestOf('PUT /public/v1/contacts/42', programs.curl, changeEmail).replace(key, 'mn-wrong-key')
  expect(await send(wrongKey)).toMatchObject({ status: 401, body: { error: { code: 'unauthorized' } } })
})

test('a body that waits for 100 Continue is asked for and read', async () => {
  const { sandbox, open } = await serve()
  const { send } = await open()
  const body = JSON.stringify({ customFields: { note: 'x'.repeat(2000) } })
  const request = requestOf('PUT /public/v1/contacts/42', [...programs.curl, 'Expect: 100-continue'], body)
  expect(await send(request.slice(0, -body.length))).toEqual({ status: 100, body: undefined })
  expect(await send(body)).toMatchObject({ status: 200, body: { id: 42 } })
  expect((await sandbox.events()).at(-1)?.contact.custom_fields).toMatchObject({ note: 'x'.repeat(2000) })
})

test('a body that comes in chunks is read whole', async () => {
  const { open, email } = await serve()
  const { socket, send } = await open()
  const lines = [...programs.curl, 'Transfer-Encoding: chunked', 'Expect: 100-continue']
  expect(await send(requestOf('PUT /public/v1/contacts/42', lines))).toMatchObject({ status: 100 })
  for (const character of changeEmail.slice(0, -1)) socket.write(`1\r\n${character}\r\n`)
  const answer = await send(`1\r\n${changeEmail.slice(-1)}\r\n0\r\n\r\n`)
  expect(answer).toMatchObject({ status: 200, body: { id: 42 } })
  expect(await email()).toBe('new-email@example.com')
})

/** The bytes of a request as a program sends it; the lines are those of its own headers. */
function requestOf(target: string, lines: readonly string[], body = ''): string {
  const page = [`Authorization: Bearer ${key}`, 'Content-Type: application/json']
  const length = body === '' ? [] : [`Content-Length: ${body.length}`]
  return [`${target} HTTP/1.1`, 'Host: {{HOST}}', ...lines, ...page, ...length, '', body].join('\r\n')
}

/** A sandbox that listens, in which contact 42 has the page's old email. */
async function serve() {
  const sandbox = await createSandbox({ keys: [{ key }] })
  onTestFinished(sandbox.close)
  await sandbox.seed({ contacts: 42 })
  const { url } = await sandbox.listen()
  const body = JSON.stringify({ email: 'old@example.com', phone: '+39333000042' })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  await sandbox.fetch(`${url}/public/v1/contacts/42`, { method: 'PUT', headers, body })
  return {
    sandbox,
    url,
    /** The email of contact 42, as its last event has it. */
    email: async () => (await sandbox.events()).at(-1)?.contact.email,
    open: () => openConnection(new URL(url)),
  }
}

async function openConnection({ host, hostname, port }: URL) {
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  onTestFinished(() => void socket.destroy())
  return {
    socket,
    send(bytes: string) {
      socket.write(bytes.replace('{{HOST}}', host))
      return readAnswer(socket)
    },
  }
}

/** Reads one answer, and nothing after it. */
async function readAnswer(socket: Socket): Promise<{ status: number; body: unknown }> {
  let bytes = ''
  for (;;) {
    bytes += String((await once(socket, 'data'))[0])
    const [head = '', body] = bytes.split('\r\n\r\n')
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
    if (body === undefined || Buffer.byteLength(body) < length) continue
    const status = Number(/^HTTP\/1\.1 (\d+) /.exec(head)?.[1])
    return { status, body: length === 0 ? undefined : JSON.parse(body) }
  }
}
