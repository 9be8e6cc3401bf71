import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Webhook } from 'standardwebhooks'
import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createFileLocation } from '../test/databases.ts'
import { startWebhookReceiver } from '../test/webhook-receiver.ts'
import { demoKey } from './handlers/authenticate.ts'
import { defaultWhatsappTemplates } from './messages/templates.ts'

const program = fileURLToPath(new URL('cli.ts', import.meta.url))

test('it prints its URL, its key and a curl command that works as it stands', async () => {
  const { output, url, call } = await start()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect(output).toContain(`Key      ${demoKey}`)
  expect(output).toContain(`Inspect  ${url}/_sandbox/`)
  expect(output).toContain(`MINIMO_API_URL=${url} MINIMO_API_KEY=${demoKey}`)
  const [, method = '', target = ''] = /curl --request (\w+) '([^']+)'/.exec(output) ?? []
  const headers = Array.from(output.matchAll(/--header '([^:]+): ([^']+)'/g), ([, name, value]) => [name, value])
  const [, body = ''] = /--data '([^']+)'/.exec(output) ?? []
  const response = await fetch(target, { method, headers: Object.fromEntries(headers), body })
  expect([response.status, await response.json()]).toEqual([200, { id: 1, phone: null }])
  expect(await call('GET', '/public/v1/contacts/by-email/anna@example.com')).toMatchObject({
    status: 200,
    body: { data: { id: 1, custom_fields: { plan: 'pro' } } },
  })
})

test('it listens on the port it is given, and takes the key it is given', async () => {
  const { port, free } = await holdPort()
  await free()
  const { url, output, call } = await start('--port', port, '--api-key', 'mn-me-secret')
  expect(url).toBe(`http://127.0.0.1:${port}`)
  expect(output).toContain("'Authorization: Bearer mn-me-secret'")
  expect((await call('GET', '/public/v1/custom-fields', { key: 'mn-me-secret' })).status).toBe(200)
  expect((await call('GET', '/public/v1/custom-fields', { key: demoKey })).status).toBe(401)
})

test('the same seed gives the same contacts, another seed others', async () => {
  const [first, same, other] = await Promise.all(
    ['5', '5', '6'].map(async (seed) => {
      const { call } = await start('--seed', seed)
      return (await readTables(call)).contacts
    }),
  )
  expect(first).toHaveLength(100)
  expect(same).toEqual(first)
  expect(other).toHaveLength(100)
  expect(new Set([...(first ?? []), ...(other ?? [])].map(({ email }) => email)).size).toBe(200)
})

test('a config file sets keys, automations, templates and faults', async () => {
  const receiver = await startWebhookReceiver()
  const secret = 'whsec_b3duLXNlY3JldC1vZi10aGUtY29uZmlnLWZpbGU='
  const file = await writeConfig({
    keys: [
      { key: 'mn-seven-secret', company: 7 },
      { key: 'mn-reader-secret', company: 7, permissions: [] },
    ],
    automations: [{ name: 'plan', when: 'contact.created', webhook: receiver.url }],
    webhookSecret: secret,
    retryDelays: [],
    emailTemplates: [{ id: 7, name: 'Seven', subject: 'Seven', html: '<p>7</p>' }],
    whatsappTemplates: defaultWhatsappTemplates.slice(0, 1),
    faults: [{ fault: { status: 429 }, operation: 'listCustomFields', nth: 1 }],
  })
  const { output, call } = await start('--config', file)
  expect(output).toContain('Key      mn-seven-secret')
  const key = 'mn-seven-secret'
  expect((await call('GET', '/public/v1/custom-fields', { key })).status).toBe(429)
  expect((await call('GET', '/public/v1/custom-fields', { key })).status).toBe(200)
  expect((await call('GET', '/api/templates/email', { key })).body).toMatchObject({ data: [{ id: 7, name: 'Seven' }] })
  expect((await call('GET', '/public/v1/templates/whatsapp', { key })).body).toMatchObject({ data: [{ id: '42' }] })
  const email = { to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' }
  expect((await call('POST', '/public/v1/emails', { key: 'mn-reader-secret', body: email })).status).toBe(403)
  await call('POST', '/public/v1/contacts', { key, body: { email: 'anna@example.com' } })
  await receiver.arrived(1)
  const { headers = {}, body = '' } = receiver.received[0] ?? {}
  const signed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  expect(new Webhook(secret).verify(body, signed)).toMatchObject({ data: { company: 7, automation: 'plan' } })
})

test.each([
  ['a SQLite file', createFileLocation],
  ['PostgreSQL', () => createPostgresDatabase(inject('postgresUrl'))],
])('%s keeps what was written over a restart', async (_, createLocation) => {
  const location = await createLocation()
  const before = await start('--db', location)
  expect(before.output).toContain('kept where --db says')
  await before.call('POST', '/public/v1/contacts', { body: { email: 'anna@example.com' } })
  expect(await before.end('SIGTERM')).toEqual({ code: 0, signal: null, stderr: '' })
  const after = await start('--db', location)
  expect(await after.call('GET', '/public/v1/contacts/by-email/anna@example.com')).toMatchObject({ status: 200 })
  expect((await after.call('GET', '/_sandbox/events')).body).toMatchObject({ data: [{ type: 'contact.created' }] })
})

test('a SQLite file belongs to one process, and is free as soon as that is killed', async () => {
  const location = await createFileLocation()
  const first = await start('--db', location)
  expectRefusal(await run(['--db', location]), /sandbox\.db is in use by another sandbox: .*PostgreSQL/)
  await first.end('SIGKILL')
  const next = await start('--db', location)
  expect(await next.end('SIGTERM')).toEqual({ code: 0, signal: null, stderr: '' })
  expect(await readdir(dirname(location))).toEqual(['sandbox.db'])
})

test('an older Node is refused before anything that it lacks is loaded', async () => {
  const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })"
  const flags = ['--no-experimental-sqlite', '--import', `data:text/javascript,${encodeURIComponent(older)}`]
  const folder = await emptyFolder()
  const result = await spawnCli(['--db', 'sandbox.db', '--config', 'missing.json'], folder, flags).ended
  expectRefusal(result, /^The sandbox needs Node 22\.20, 24\.7 or newer, found 20\.20\.2\n/)
  expect(await readdir(folder)).toEqual([])
})

test('the control API answers other machines only where it was said so', async () => {
  const { url: local } = await start()
  const { url: all } = await start('--control', 'all')
  const statuses = [local, all].map(async (url) => {
    const [response] = await once(get(`${url}/_sandbox/health`, { headers: { host: 'other.example.com' } }), 'response')
    return response.resume().statusCode
  })
  expect(await Promise.all(statuses)).toEqual([403, 200])
})

test.each(['--help', '-h'])('%s shows every option and does nothing else', async (option) => {
  const folder = await emptyFolder()
  const { code, stdout, stderr } = await run([option, '--db', 'sandbox.db'], folder)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  for (const name of ['port', 'host', 'db', 'api-key', 'seed', 'config', 'strict', 'control', 'help']) {
    expect(stdout).toContain(`  --${name} `)
  }
  expect(await readdir(folder)).toEqual([])
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s lets requests under way be answered, then ends it', async (signal) => {
  const { call, end } = await start()
  const { answer } = await beginSlowUpsert(call, 300)
  const ended = end(signal)
  expect(await answer).toMatchObject({ status: 200, body: { id: 1 } })
  expect(await ended).toEqual({ code: 0, signal: null, stderr: '' })
})

/** Starts it with a webhook that never answers and a file; so many contacts are under way to it. */
async function startHanging(count: number) {
  const receiver = await startWebhookReceiver(() => undefined)
  const file = await writeConfig({ automations: [{ name: 'a', when: 'contact.created', webhook: receiver.url }] })
  const location = await createFileLocation()
  const started = await start('--config', file, '--db', location)
  for (let number = 0; number < count; number++) {
    await started.call('POST', '/public/v1/contacts', { body: { email: `${number}@example.com` } })
  }
  await receiver.arrived(1)
  return { ...started, location }
}

test('a second signal ends it at once', async () => {
  const { url, end } = await startHanging(1)
  end('SIGINT')
  while (await fetch(url).then(Boolean, () => false)) await tick()
  expect(await end('SIGINT')).toMatchObject({ signal: 'SIGINT' })
})

test('it ends by itself whatever hangs, and keeps what was acknowledged', async () => {
  const { call, end, location } = await startHanging(20)
  const advanced = call('POST', '/_sandbox/clock', { body: { advance: 1000 } })
  const { answer } = await beginSlowUpsert(call, 60_000)
  const ended = end('SIGTERM')
  expect(await advanced).toMatchObject({ status: 200 })
  expect(await answer).toMatchObject({ status: 200, body: { id: 21 } })
  expect(await ended).toEqual({ code: 0, signal: null, stderr: '' })
  const { call: read } = await start('--db', location)
  const { contacts, events } = await readTables(read)
  expect([contacts.length, events.length]).toEqual([21, 21])
  const runs = await read<{ data: { attempts: number }[] }>('GET', '/_sandbox/runs?status=pending')
  expect(runs.body.data).toHaveLength(21)
})

test('nothing that was acknowledged is lost when it is ended amid writes', async () => {
  const location = await createFileLocation()
  const { call, end } = await start('--db', location)
  const acknowledged: string[] = []
  let ended: Promise<unknown> | undefined
  async function write(writer: number) {
    for (let number = 0; ; number++) {
      const email = `${writer}.${number}@example.com`
      const answer = await call('POST', '/public/v1/contacts', { body: { email } }).catch(() => undefined)
      if (answer?.status !== 200) return answer
      acknowledged.push(email)
      if (acknowledged.length === 200) ended = end('SIGTERM')
    }
  }
  const refusals = await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)))
  expect(refusals.filter((answer) => answer !== undefined)).toEqual([])
  expect(await ended).toEqual({ code: 0, signal: null, stderr: '' })
  const after = await start('--db', location)
  const { contacts, events } = await readTables(after.call)
  const kept = new Set(contacts.map(({ email }) => email))
  expect(acknowledged.filter((email) => !kept.has(email))).toEqual([])
  expect(events).toHaveLength(contacts.length)
})

test.each([
  [['--colour', 'red'], /Unknown option '--colour'/],
  [['4000'], /Unexpected argument '4000'/],
  [['--port'], /'--port <value>' argument missing/],
  [['--port', '65536'], /^--port: expected a whole number from 0 to 65535, found "65536"/],
  [['--seed', '1.5'], /^--seed: expected a whole number from 0 to 4294967295, found "1.5"/],
  [['--host', '203.0.113.1'], /203\.0\.113\.1 is no address of this machine/],
  [['--host', ''], /the host is empty\. Use 127\.0\.0\.1/],
  [['--control', 'me'], /^--control: expected local or all, found me/],
  [['--api-key', 'hunter2'], /^--api-key: expected a key of the form mn-<clientId>-<secret>, found a text/],
  [['--api-key', ''], /^--api-key: expected a key/],
  [['--seed', '-1'], /^--seed: expected a whole number from 0 to 4294967295, found "-1"/],
  [['--port', '--seed'], /^--port: expected a whole number from 0 to 65535, found "--seed"/],
  [['--api-key', '-hunter2'], /^--api-key: expected a value, found another option/],
  [['--config', 'missing.json'], /^--config missing\.json: expected a JSON file, found nothing by this name/],
  [['--config', '.'], /^--config \.: expected a JSON file, found a folder/],
  [['--db', '.'], /^\. is a folder, not a SQLite file: name a file in it/],
  [['--db', ''], /^The location of the database is empty/],
  [['--db', 'mysql://me:hunter2@localhost/shop'], /^No database speaks mysql: here\. Expected :memory:/],
  [['--db', 'postgres://me:hunter2@127.0.0.1:1/shop'], /127\.0\.0\.1:1 could not be reached/],
])('%j is refused with one message, and nothing is written', async (args, message) => {
  const folder = await emptyFolder()
  expectRefusal(await run(args, folder), message)
  expect(await readdir(folder)).toEqual([])
})

test('a port that is in use is refused', async () => {
  const { port } = await holdPort()
  expectRefusal(await run(['--port', port]), new RegExp(`port ${port} of 127\\.0\\.0\\.1 is in use\\. Choose another`))
})

test.each([
  ['{"keys": [', /: expected JSON such as \{"keys": .*, found text that is none: Unexpected end of JSON input\n/],
  ['{"keys": [{"key": "mn-1-hunter2", x', /found text that is none: .*JSON at position 34/],
  ['["mn-1-hunter2", nope]', /found text that is none: Unexpected token 'o'\n/],
  ['[]', /config: expected an object, found a list/],
  ['{"key": "mn-a-b"}', /config: there is no "key"; expected keys, automations/],
  ['{"database": "x.db"}', /config: there is no "database"/],
  ['{"keys": [{"key": "hunter2"}]}', /config\.keys\[0\]\.key: expected a key of the form/],
  [
    '{"automations": [{"name": "a", "when": "contact.moved", "webhook": "http://localhost"}]}',
    /automations\[0\]\.when/,
  ],
  ['{"faults": [{"fault": {"status": 99}}]}', /config\.faults\[0\]: rule\.fault\.status: expected an integer from 200/],
])('the config file %j is refused before anything is written', async (content, message) => {
  const file = await writeConfig(content)
  const folder = await emptyFolder()
  const result = await run(['--config', file, '--db', 'sandbox.db'], folder)
  expectRefusal(result, message)
  expect(result.stderr.startsWith(`--config ${file}: `)).toBe(true)
  expect(await readdir(folder)).toEqual([])
})

test('a scenario is played before the seed, and the server is as it leaves it', async () => {
  const faults = [{ operation: 'listCustomFields', nth: 1, fault: { status: 503 } }]
  const file = await writeConfig({ name: 'busy', steps: [{ reset: true, seed: { contacts: 3, seed: 9 } }, { faults }] })
  const { call } = await start('--scenario', file, '--seed', '1')
  expect((await call('GET', '/public/v1/custom-fields')).status).toBe(503)
  expect((await call('GET', '/public/v1/custom-fields')).status).toBe(200)
  expect((await readTables(call)).contacts).toHaveLength(103)
})

test.each([
  ['{"steps": [', /: expected JSON such as \{"steps": .*, found text that is none: Unexpected end of JSON input\n/],
  ['{"steps": [{"seeds": 1}]}', /: scenario\.steps\.0\.seeds: /],
  [
    '{"steps": [{}, {"faults": [{"operation": "sendMail", "fault": {"status": 503}}]}]}',
    /: scenario\.steps\.1\.faults\.0: /,
  ],
])('the scenario %j is refused before anything is written', async (content, message) => {
  const file = await writeConfig(content)
  const folder = await emptyFolder()
  const result = await run(['--scenario', file, '--db', 'sandbox.db'], folder)
  expectRefusal(result, message)
  expect(result.stderr.startsWith(`--scenario ${file}: `)).toBe(true)
  expect(await readdir(folder)).toEqual([])
})

test('a key beside a config file that names keys is refused', async () => {
  const file = await writeConfig({ keys: [{ key: 'mn-a-b' }] })
  expectRefusal(await run(['--config', file, '--api-key', 'mn-c-d']), /give one or the other/)
})

type Call = <Body = unknown>(
  method: string,
  path: string,
  options?: { key?: string; body?: unknown },
) => Promise<{ status: number; body: Body }>

/** What a program that has ended has left. */
interface Result {
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
}

/** Starts the program with arguments in a folder; `ended` resolves when it has ended. It is killed after the test. */
function spawnCli(args: readonly string[], folder = tmpdir(), nodeFlags: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await closed
  })
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(
    ([[code, signal], stdout, stderr]): Result => ({ code, signal, stdout, stderr }),
  )
  return { child, ended }
}

const run = (args: readonly string[], folder?: string): Promise<Result> => spawnCli(args, folder).ended

/** Starts the program and waits until it listens. */
async function start(...args: string[]) {
  const { child, ended } = spawnCli(args)
  let output = ''
  const listening = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      if (output.endsWith('Ctrl-C ends it.\n')) resolve()
    })
  })
  await Promise.race([listening, ended.then(({ stderr }) => expect.fail(`It has ended: ${stderr}`))])
  const [, url = ''] = /URL +(\S+)/.exec(output) ?? []
  return {
    output,
    url,
    call: createCall(url),
    /** Sends it a signal and tells how it ended. */
    async end(signal: NodeJS.Signals) {
      child.kill(signal)
      const { stdout: _, ...result } = await ended
      return result
    },
  }
}

function createCall(url: string): Call {
  return async <Body>(method: string, path: string, options: { key?: string; body?: unknown } = {}) => {
    const { key = demoKey, body } = options
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const response = await fetch(url + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    // Sound as far as the test says what it asked for.
    return { status: response.status, body: (await response.json()) as Body }
  }
}

/** Begins a request whose answer takes so many milliseconds; resolves to its answer once it is under way. */
async function beginSlowUpsert(call: Call, latency: number) {
  await call('POST', '/_sandbox/faults', { body: { fault: { latency }, operation: 'upsertContact' } })
  const answer = call('POST', '/public/v1/contacts', { body: { email: 'anna@example.com' } })
  answer.catch(() => {})
  for (;;) {
    const { body } = await call<{ data: { hit: number }[] }>('GET', '/_sandbox/faults')
    if (body.data[0]?.hit === 1) return { answer }
  }
}

type Tables = { tables: { contacts: { email: string }[]; events: unknown[] } }

async function readTables(call: Call): Promise<Tables['tables']> {
  return (await call<Tables>('GET', '/_sandbox/snapshot')).body.tables
}

function expectRefusal({ code, stdout, stderr }: Result, message: RegExp): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  // One line, then where help is.
  expect(stderr).toMatch(/^.+\n\nminimo-sandbox --help shows the options\.\n$/)
  expect(stderr).toMatch(message)
  expect(stderr).not.toContain('hunter2')
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-cli-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

async function writeConfig(content: unknown): Promise<string> {
  const file = join(await emptyFolder(), 'config.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

/** A server that only holds a port. */
async function holdPort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? String(address.port) : expect.fail('no port')
  const free = () => new Promise<void>((resolve) => server.close(() => resolve()))
  onTestFinished(free)
  return { port, free }
}

const tick = () => new Promise((resolve) => setTimeout(resolve, 5))
