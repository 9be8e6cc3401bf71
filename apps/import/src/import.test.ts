import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { createSandbox, demoKey, type Sandbox } from '@minimo/sandbox'
import { expect, it, onTestFinished } from 'vitest'

const program = fileURLToPath(new URL('./import.ts', import.meta.url))

/** A folder of its own, gone after the test. */
function createFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'import-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** The API on a port, with every contact that it was asked to write; `before` may answer in its place, or wait. */
async function startApi(before: (email: string, request: number) => unknown = () => undefined) {
  const sandbox = await createSandbox()
  const writes: { email: string; body: Record<string, unknown> }[] = []
  const server = createServer(async (request, response) => {
    const { method = '', url, headers } = request
    const body = await text(request)
    const init = { method, headers: headers as Record<string, string>, ...(body && { body }) }
    let answer: unknown
    if (method === 'POST' && url === '/public/v1/contacts') {
      const contact = JSON.parse(body)
      writes.push({ email: contact.email, body: contact })
      answer = await before(contact.email, writes.length)
    }
    const result = answer instanceof Response ? answer : await sandbox.fetch(`http://sandbox${url}`, init)
    response.writeHead(result.status, Object.fromEntries(result.headers)).end(await result.text())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await sandbox.close()
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  return { sandbox, writes, env: { MINIMO_API_URL: url, MINIMO_API_KEY: demoKey } }
}

/** Starts an import; with what it came to. */
function start(args: string[], env: Record<string, string> = {}) {
  const { MINIMO_API_KEY: _, MINIMO_API_URL: __, ...rest } = process.env
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...rest, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const outcome = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(
    ([stdout, stderr, [status]]) => ({ stdout, stderr, status: status as number | null }),
  )
  return { child, outcome }
}

const run = (args: string[], env?: Record<string, string>) => start(args, env).outcome

/** Resolves once something holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
}

const people = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => `person-${index + from}@example.com`)

/** A CSV file of these lines, with a header. */
function write(folder: string, lines: readonly string[], header = 'E-Mail'): string {
  const file = join(folder, 'contacts.csv')
  writeFileSync(file, [header, ...lines, ''].join('\n'))
  return file
}

/** A contact as the sandbox has it, with its consent. */
const contactOf = async (sandbox: Sandbox, email: string) => (await sandbox.contacts({ email }))[0]

const byEmail = ['--map', 'email=E-Mail']

/** Custom fields of the kinds that are converted. */
async function defineFields({ MINIMO_API_URL, MINIMO_API_KEY }: Record<string, string>) {
  const { createMinimoClient } = await import('@minimo/client')
  const minimo = createMinimoClient({ apiKey: MINIMO_API_KEY, baseUrl: MINIMO_API_URL })
  const types = ['text', 'number', 'boolean', 'date', 'datetime', 'json'] as const
  for (const type of types) await minimo.customFields.create({ key: `A_${type}`, displayName: type, type })
  return types.flatMap((type) => ['--map', `customFields.a_${type}=${type}`])
}

it('turns columns into e-mail, phone, consent and custom fields of their types, and leaves empty cells alone', async () => {
  const { sandbox, env } = await startApi()
  const map = [...byEmail, '--map', 'phone=Mobile', '--consent', 'email=News', ...(await defineFields(env))]
  const header = 'E-Mail;Mobile;News;text;number;boolean;date;datetime;json'
  const file = write(
    createFolder(),
    [
      'anna@example.com;339 123 4567;si;"a;b";1,5;yes;3/11/2026;2026-11-03T10:00:00+01:00;[1]',
      'bruno@example.com;+39 333 7654321;;;;;;;',
    ],
    header,
  )
  const { status, stdout } = await run([file, ...map, '--country', 'IT', '--dates', 'day-first'], env)
  expect(stdout).toBe('2 rows: 2 sent, 0 already in, 0 rejected, 0 left\n')
  expect(status).toBe(0)
  expect(await contactOf(sandbox, 'anna@example.com')).toMatchObject({
    phone: '+393391234567',
    custom_fields: {
      A_TEXT: 'a;b',
      A_NUMBER: 1.5,
      A_BOOLEAN: true,
      A_DATE: '2026-11-03',
      A_DATETIME: '2026-11-03T09:00:00.000Z',
      A_JSON: [1],
    },
    marketing_consent: { email: true, whatsapp: null },
  })
  expect(await contactOf(sandbox, 'bruno@example.com')).toMatchObject({
    custom_fields: {},
    marketing_consent: { email: null },
  })
})

it.each([
  ['commas and quotes', 'E-Mail,Name\n"anna@example.com","Rossi, ""Anna"""\n', 'Rossi, "Anna"', []],
  ['tabs', 'Name\tE-Mail\r\nAnna\tanna@example.com\r\n', 'Anna', []],
  ['a delimiter of its own', 'Name~E-Mail\nAnna~anna@example.com', 'Anna', ['--delimiter', '~']],
  ['a byte-order mark', '\ufeffE-Mail;Name\nanna@example.com;Zoë', 'Zoë', []],
  [
    'a byte-order mark that contradicts --encoding',
    '\ufeffE-Mail;Name\nanna@example.com;Zoë',
    'Zoë',
    ['--encoding', 'latin1'],
  ],
  ['UTF-16', Buffer.from('\ufeffE-Mail\tName\nanna@example.com\tZoë', 'utf-16le'), 'Zoë', []],
  ['Latin-1', Buffer.from('E-Mail;Name\nanna@example.com;Zo\xeb', 'latin1'), 'Zoë', ['--encoding', 'latin1']],
  ['line breaks in cells', 'E-Mail,Name\nanna@example.com,"An\nna"\n\n', 'An\nna', []],
])('reads files with %s', async (_, content, name, options) => {
  const { writes, env } = await startApi()
  await defineFields(env)
  const file = join(createFolder(), 'contacts.csv')
  writeFileSync(file, content)
  const { status } = await run([file, ...byEmail, '--map', 'customFields.A_TEXT=Name', ...options], env)
  expect(status).toBe(0)
  expect(writes).toEqual([
    { email: 'anna@example.com', body: { email: 'anna@example.com', customFields: { A_TEXT: name } } },
  ])
})

it.each([
  [
    'other bytes',
    Buffer.from('E-Mail\nanna@example.com\nzo\xeb@example.com\n', 'latin1'),
    /expected utf-8, found other bytes; see --encoding/,
  ],
  ['quotes that do not match', 'E-Mail\nanna@example.com\n"zoe@example.com\n', /Quote/],
])('sends nothing of a file with %s', async (_, content, message) => {
  const { writes, env } = await startApi()
  const file = join(createFolder(), 'contacts.csv')
  writeFileSync(file, content)
  const { status, stderr } = await run([file, ...byEmail], env)
  expect(status).toBe(1)
  expect(stderr).toMatch(message)
  expect(writes).toEqual([])
})

it('says in one message all that is wrong, and sends nothing', async () => {
  const file = write(createFolder(), people(1))
  const { status, stderr } = await run([
    file,
    '--map',
    'emial=E-Mail',
    '--rate',
    '0',
    '--consent',
    'email=News',
    '--wait',
    'x',
  ])
  expect(status).toBe(1)
  expect(stderr).toContain('--map emial=E-Mail: expected email=COLUMN')
  expect(stderr).toContain('--rate 0: expected calls a second')
  expect(stderr).toContain('--wait x: expected minutes')
  expect(stderr).toContain('MINIMO_API_KEY: expected a key; found none')
  expect(stderr).not.toContain('    at ')
})

it.each([
  [['--map', 'email=Mail'], 'expected the columns Mail, once each; found E-Mail'],
  [
    ['--map', 'email=E-Mail', '--map', 'customFields.PLAN=E-Mail'],
    'expected custom fields that are defined (none); found PLAN',
  ],
  [['--consent', 'email=E-Mail'], '--map: expected email= or phone=; found neither'],
  [['--map', 'email=E-Mail', '--map', 'email=Mail'], 'expected one column for each; found two for email'],
  [[...byEmail, '--map', 'customFields.A=E-Mail', '--map', 'customFields.a=E-Mail'], 'found two for customfields.a'],
  [[...byEmail, 'more.csv'], 'expected one file; found '],
  [[...byEmail, '--seed', 'seed.json'], '--seed: expected --sandbox with it'],
  [
    [...byEmail, '--sandbox', '--seed', 'none.json'],
    'none.json: expected { "customFields": […], "contacts": […] }; found',
  ],
  [['--colour', 'red'], "Unknown option '--colour'"],
])('names what was expected instead of %j', async (options, message) => {
  const { env } = await startApi()
  const { status, stderr } = await run([write(createFolder(), people(1)), ...options], env)
  expect(status).toBe(1)
  expect(stderr).toContain(message)
})

it('writes rejected rows to a file that is mended and imported as it is', async () => {
  const { sandbox, env } = await startApi()
  const folder = createFolder()
  const map = [...byEmail, '--map', 'phone=Mobile', '--encoding', 'latin1']
  const file = write(
    folder,
    ['anna@example.com;+393391234567', 'bruno.example.com;12', 'carla@example.com', ';'],
    'E-Mail;Mobile',
  )
  const { status, stdout } = await run([file, ...map], env)
  expect(status).toBe(3)
  expect(stdout).toContain('1 sent, 0 already in, 2 rejected, 0 left')
  const rejects = join(folder, 'contacts.rejects.csv')
  const lines = readFileSync(rejects, 'utf8').split('\n')
  expect(lines).toEqual([
    '\ufeffRejected because;E-Mail;Mobile',
    'E-Mail: expected an e-mail such as anna@example.com; Mobile: expected a phone such as +39 339 1234567, or one of --country;bruno.example.com;12'.replace(
      /^.*country/,
      (reason) => `"${reason}"`,
    ),
    '"expected 2 cells; found 1";carla@example.com',
    '',
  ])
  writeFileSync(rejects, [lines[0], 'mended;bruno@example.com;', 'mended;zoë@example.com;'].join('\n'))
  const again = await run([rejects, ...map], env)
  expect(again.stdout).toContain('1 sent, 0 already in, 1 rejected')
  expect(await contactOf(sandbox, 'bruno@example.com')).toBeDefined()
  expect(readFileSync(join(folder, 'contacts.rejects.rejects.csv'), 'utf8')).toMatch(
    /^\ufeffRejected because;E-Mail;Mobile\n.*;zoë@/,
  )
})

it('keeps a file of rejects that is there already, for somebody may be mending it', async () => {
  const { env } = await startApi()
  const folder = createFolder()
  const file = write(folder, ['nobody'])
  writeFileSync(join(folder, 'contacts.rejects.csv'), 'half mended')
  await run([file, ...byEmail], env)
  const kept = readdirSync(folder).filter((name) => /^contacts\.rejects\..+\.csv$/.test(name))
  expect(kept.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['half mended'])
})

it('says why rejected rows cannot be written, and sends no more', async () => {
  const { env } = await startApi()
  const folder = createFolder()
  mkdirSync(join(folder, 'contacts.rejects.csv.part'))
  const { status, stderr } = await run([write(folder, ['nobody', ...people(100)]), ...byEmail], env)
  expect(status).toBe(1)
  expect(stderr).toMatch(/^EISDIR.*contacts\.rejects\.csv\.part'\n$/)
})

it('checks every row and sends nothing with --dry-run', async () => {
  const { writes, env } = await startApi()
  const { status, stdout } = await run([write(createFolder(), [...people(3), 'nobody']), ...byEmail, '--dry-run'], env)
  expect(stdout).toContain('4 rows: 0 sent, 0 already in, 1 rejected, 3 to be sent')
  expect(status).toBe(3)
  expect(writes).toEqual([])
})

it('rehearses against a seeded sandbox without a key, and remembers nothing of it', async () => {
  const folder = createFolder()
  const seed = join(folder, 'seed.json')
  const customFields = [{ key: 'SEATS', displayName: 'Seats', type: 'number' }]
  writeFileSync(
    seed,
    JSON.stringify({ customFields, contacts: [{ email: 'anna@example.com', phone: '+393391234567' }] }),
  )
  const file = write(
    folder,
    ['bruno@example.com;+393391234567;5', 'carla@example.com;;x', 'anna@example.com;;7'],
    'E-Mail;Mobile;Seats',
  )
  const map = [...byEmail, '--map', 'phone=Mobile', '--map', 'customFields.seats=Seats']
  const { status, stdout } = await run([file, ...map, '--sandbox', '--seed', seed])
  expect(stdout).toContain('3 rows: 2 sent, 0 already in, 1 rejected, 0 left')
  expect(status).toBe(3)
  expect(readdirSync(folder).sort()).toEqual(['contacts.csv', 'contacts.rejects.csv', 'seed.json'])
})

it('leaves nothing behind of a sandbox that refuses its seed', async () => {
  const folder = createFolder()
  const seed = join(folder, 'seed.json')
  writeFileSync(seed, JSON.stringify({ contacts: [{ email: 'nobody' }] }))
  const { status, stderr } = await run([write(folder, people(1)), ...byEmail, '--sandbox', '--seed', seed], {
    TMPDIR: folder,
  })
  expect(status).toBe(1)
  expect(stderr).toContain('found what leads to: ApiError: POST /public/v1/contacts: 422 validation_error')
  expect(readdirSync(folder).sort()).toEqual(['contacts.csv', 'seed.json'])
})

it('sends only what is new of a file whose rows were added to and re-ordered', async () => {
  const { writes, env } = await startApi()
  const folder = createFolder()
  await run([write(folder, people(20)), ...byEmail], env)
  writes.length = 0
  const again = await run([write(folder, people(20)), ...byEmail], env)
  expect(again.stdout).toContain('0 sent, 20 already in')
  const { stdout } = await run([write(folder, [...people(25).reverse(), ...people(1)]), ...byEmail], env)
  expect(stdout).toContain('26 rows: 5 sent, 21 already in, 0 rejected, 0 left')
  expect(writes.map(({ email }) => email).sort()).toEqual(people(5, 20))
})

it('does not take a row for sent that was sent to another API, or of another company', async () => {
  const [first, second] = [await startApi(), await startApi()]
  const file = write(createFolder(), people(3))
  await run([file, ...byEmail], first.env)
  await run([file, ...byEmail], second.env)
  expect(second.writes).toHaveLength(3)
})

it('killed at any point, loses nothing and sends no row twice but those in flight', async () => {
  const { writes, env } = await startApi(() => new Promise((resolve) => setTimeout(resolve, 2)))
  const [count, concurrency] = [300, 4]
  const file = write(createFolder(), people(count))
  const args = [file, ...byEmail, '--concurrency', `${concurrency}`]
  let kills = 0
  for (const share of [0.1, 0.25, 0.5, 0.8]) {
    const { child, outcome } = start(args, env)
    await until(() => writes.length > count * share)
    child.kill('SIGKILL')
    await outcome
    kills++
  }
  const { status } = await run(args, env)
  expect(status).toBe(0)
  expect(new Set(writes.map(({ email }) => email)).size).toBe(count)
  expect(writes.length - count).toBeLessThanOrEqual(kills * concurrency)
})

it('Ctrl-C waits for what is under way, and the next run goes on from there', async () => {
  const { writes, env } = await startApi(() => new Promise((resolve) => setTimeout(resolve, 50)))
  const args = [write(createFolder(), people(40)), ...byEmail, '--concurrency', '4']
  const { child, outcome } = start(args, env)
  await until(() => writes.length >= 8)
  child.kill('SIGINT')
  const { status, stdout, stderr } = await outcome
  expect(status).toBe(1)
  expect(stderr).toContain('Stopped; the same command goes on from here.')
  expect(stdout).toContain(`40 rows: ${writes.length} sent`)
  await run(args, env)
  expect(writes).toHaveLength(40)
})

it('Ctrl-C does not wait for an API that has asked for a pause', async () => {
  const { writes, env } = await startApi(() => Response.json({}, { status: 429, headers: { 'retry-after': '600' } }))
  const { child, outcome } = start([write(createFolder(), people(40)), ...byEmail], env)
  await until(() => writes.length >= 16)
  child.kill('SIGTERM')
  expect((await outcome).stdout).toContain('0 sent, 0 already in, 0 rejected, 40 left')
})

it('Ctrl-C does not wait for custom fields that an API that is down does not tell', async () => {
  let isAsked = false
  const server = createServer((_, response) => {
    isAsked = true
    response.writeHead(503, { 'retry-after': '600' }).end()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const args = [write(createFolder(), people(1)), ...byEmail, '--map', 'customFields.A_TEXT=E-Mail']
  const { child, outcome } = start(args, { MINIMO_API_URL: url, MINIMO_API_KEY: demoKey })
  await until(() => isAsked)
  child.kill('SIGINT')
  const { status, stderr } = await outcome
  expect(status).toBe(1)
  expect(stderr).toContain('Stopped; the same command goes on from here.')
})

it('keeps the order of one person, whose last row wins, whatever runs at once', async () => {
  const { sandbox, writes, env } = await startApi(
    (_, request) => new Promise((resolve) => setTimeout(resolve, (request * 7) % 20)),
  )
  await defineFields(env)
  const lines = Array.from({ length: 60 }, (_, index) => `${index % 2 ? 'Anna' : 'anna'}@example.com;${index}`)
  const map = [...byEmail, '--map', 'customFields.A_NUMBER=Number']
  await run([write(createFolder(), lines, 'E-Mail;Number'), ...map], env)
  expect(writes.map(({ body }) => body.customFields)).toEqual(lines.map((_, index) => ({ A_NUMBER: index })))
  expect(await contactOf(sandbox, 'anna@example.com')).toMatchObject({ custom_fields: { A_NUMBER: 59 } })
})

it('lets the last row win also where another was put before it after it had been sent, and the run between was killed', async () => {
  let isHeld = false
  const { sandbox, writes, env } = await startApi(
    (email) => isHeld && email === 'wait@example.com' && new Promise(() => undefined),
  )
  await defineFields(env)
  const folder = createFolder()
  const args = (lines: string[]) => [
    write(folder, lines, 'E-Mail;Number'),
    ...byEmail,
    '--map',
    'customFields.A_NUMBER=Number',
    '--concurrency',
    '1',
  ]
  await run(args(['anna@example.com;2']), env)
  isHeld = true
  const lines = ['anna@example.com;1', 'wait@example.com;', 'anna@example.com;2']
  const { child, outcome } = start(args(lines), env)
  await until(() => writes.length === 3)
  child.kill('SIGKILL')
  await outcome
  expect(await contactOf(sandbox, 'anna@example.com')).toMatchObject({ custom_fields: { A_NUMBER: 1 } })
  isHeld = false
  await run(args(lines), env)
  expect(await contactOf(sandbox, 'anna@example.com')).toMatchObject({ custom_fields: { A_NUMBER: 2 } })
  writes.length = 0
  await run(args(lines), env)
  expect(writes).toEqual([])
})

it('lets the last row win also where the one before it got in only in a later run', async () => {
  let isBroken = true
  const { sandbox, writes, env } = await startApi((email) =>
    isBroken && email === 'Anna@example.com' ? new Response('', { status: 404 }) : undefined,
  )
  await defineFields(env)
  const lines = ['Anna@example.com;1', 'anna@example.com;2', 'bruno@example.com;3']
  const file = write(createFolder(), lines, 'E-Mail;Number')
  const args = [file, ...byEmail, '--map', 'customFields.A_NUMBER=Number']
  expect((await run(args, env)).stdout).toContain('2 sent, 0 already in, 1 rejected')
  isBroken = false
  expect((await run(args, env)).stdout).toContain('2 sent, 1 already in, 0 rejected')
  expect(await contactOf(sandbox, 'anna@example.com')).toMatchObject({ custom_fields: { A_NUMBER: 2 } })
  writes.length = 0
  expect((await run(args, env)).stdout).toContain('0 sent, 3 already in, 0 rejected')
  expect(writes).toEqual([])
})

it('sends a row that says the same as the one before it once, and makes the same of both', async () => {
  const { writes, env } = await startApi((email) =>
    email === 'strange@example.com' ? Response.json({}, { status: 422 }) : undefined,
  )
  const lines = [...people(1), ...people(1), 'strange@example.com', 'strange@example.com']
  const args = [write(createFolder(), lines), ...byEmail]
  expect((await run(args, env)).stdout).toContain('1 sent, 1 already in, 2 rejected')
  expect((await run(args, env)).stdout).toContain('0 sent, 2 already in, 2 rejected')
  expect(writes).toHaveLength(2)
})

it('rejects a 409, naming both contacts, and a 422; asks neither again unless their file of rejects is imported', async () => {
  const { sandbox, writes, env } = await startApi((email) =>
    email === 'strange@example.com'
      ? Response.json({ error: { code: 'validation_error', message: 'No.' } }, { status: 422 })
      : undefined,
  )
  const folder = createFolder()
  const args = (lines: string[]) => [write(folder, lines, 'E-Mail;Mobile'), ...byEmail, '--map', 'phone=Mobile']
  await run(args(['anna@example.com;', ';+393391234567']), env)
  const ids = (await sandbox.contacts()).map(({ id }) => id)
  const lines = ['anna@example.com;+393391234567', 'strange@example.com;']
  const { status } = await run(args(lines), env)
  expect(status).toBe(3)
  const rejects = () => readFileSync(join(folder, 'contacts.rejects.csv'), 'utf8').split('\n').slice(1, 3).sort()
  const [conflict, refusal] = rejects()
  for (const id of ids) expect(conflict).toContain(`contact ${id}`)
  expect(refusal).toContain('422 validation_error')
  writes.length = 0
  const again = await run(args(lines), env)
  expect(again.stdout).toContain('0 sent, 0 already in, 2 rejected')
  expect(rejects()).toEqual([conflict, refusal])
  expect(writes).toEqual([])
  const rejected = join(folder, 'contacts.rejects.csv')
  await run([rejected, ...byEmail, '--map', 'phone=Mobile'], env)
  expect(writes).toHaveLength(2)
})

it.each([401, 403])('stops at once at a %d, with nothing rejected', async (code) => {
  const { writes, env } = await startApi(() => Response.json({}, { status: code }))
  const { status, stdout, stderr } = await run([write(createFolder(), people(100)), ...byEmail], env)
  expect(status).toBe(1)
  expect(stderr).toContain(String(code))
  expect(stdout).toContain('0 sent, 0 already in, 0 rejected, 100 left')
  expect(writes.length).toBeLessThanOrEqual(16)
})

it('waits out a limit and an outage, shows the pause, and shows nobody’s data', async () => {
  let isDown = true
  const pauses = [Response.json({}, { status: 429, headers: { 'retry-after': '6' } })]
  const { sandbox, env } = await startApi(
    () => pauses.pop() ?? (isDown ? new Response('', { status: 502 }) : undefined),
  )
  setTimeout(() => {
    isDown = false
  }, 8000)
  const { status, stderr } = await run([write(createFolder(), people(50)), ...byEmail], env)
  expect(status).toBe(0)
  expect((await sandbox.health()).contacts).toBe(50)
  expect(stderr).toMatch(/paused for \d s: (429|502)/)
  expect(stderr).not.toContain('person')
  expect(stderr).not.toContain(demoKey)
})

it('gives up on an API that is down for longer than --wait, and goes on in the next run', async () => {
  let isDown = true
  const { writes, env } = await startApi(() => (isDown ? new Response('', { status: 502 }) : undefined))
  const args = [write(createFolder(), people(5)), ...byEmail, '--wait', '0.05']
  const { status, stderr, stdout } = await run(args, env)
  expect(status).toBe(1)
  expect(stderr).toContain('nobody got through to the API (502)')
  expect(stdout).toContain('0 sent, 0 already in, 0 rejected, 5 left')
  isDown = false
  writes.length = 0
  await run(args, env)
  expect(writes).toHaveLength(5)
})
