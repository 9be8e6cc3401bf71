import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished, vi } from 'vitest'
import { freePort, linkKey, run, startCentre } from '../test/centre.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

it('starts with nothing set, and prints links that work against a sandbox', async () => {
  const env = { PATH: process.env.PATH ?? '', PORT: String(await freePort()) }
  const child = spawn(process.execPath, [`${folder}main.ts`], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  await vi.waitFor(() => expect(output).toContain('One-Click'), { timeout: 60_000 })
  const { preferences, headers } = JSON.parse(output.slice(output.indexOf('{')))
  expect(await (await fetch(preferences)).text()).toContain('You have not chosen here yet.')
  const unsubscribe = headers['List-Unsubscribe'].slice(1, -1)
  const body = new URLSearchParams(headers['List-Unsubscribe-Post'])
  expect(await (await fetch(unsubscribe, { method: 'POST', body })).text()).toContain('You chose this here on')
  const exited = once(child, 'exit')
  child.kill('SIGINT')
  expect(await exited).toEqual([0, null])
})

it('tells all that is wrong with the settings in one message, and no secret', () => {
  const env = {
    MINIMO_API_KEY: 'mn-1-secret',
    LINK_KEYS: 'short:secret',
    LINK_DAYS: '7',
    PORT: 'http',
    MINIMO_API_URL: 'x',
  }
  const { status, stdout, stderr } = run([], {
    ...env,
    PUBLIC_URL: 'http://preferences.example.com',
    RECORD_FILE: '/none/x',
  })
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr.trim().split('\n')).toEqual([
    'Mend these settings in the environment; the README lists all:',
    '  MINIMO_API_URL: expected a URL, such as https://api.minimo.it; found "x"',
    '  PUBLIC_URL: expected an https origin, such as https://preferences.example.com; found "http://preferences.example.com"',
    '  LINK_KEYS: expected NAME:KEY,… newest first; `openssl rand -base64 32` makes a KEY; found something else',
    '  LINK_DAYS: expected a whole number from 30 to 3650; found "7"',
    '  RECORD_FILE: expected a file in a folder that there is; found "/none/x"',
    '  PORT: expected a port from 1 to 65535; found "http"',
  ])
})

it('asks for what has no default where it serves the real API, or makes links for it', () => {
  for (const args of [[], ['link', '42']]) {
    const { status, stderr } = run(args, { MINIMO_API_KEY: 'mn-1-secret', LINK_KEYS: ' ' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/PUBLIC_URL: .*found nothing\n.*LINK_KEYS: .*found nothing\n$/)
  }
})

it('says in one line which port is taken, and which key Minimo could not have issued', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  const PORT = String(typeof address === 'object' && address?.port)
  expect(run([], { PORT })).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^Set another PORT: .*EADDRINUSE.*\d+\n$/),
  })
  const set = { PUBLIC_URL: 'https://a.example', LINK_KEYS: linkKey('a'), RECORD_FILE: ':memory:' }
  const { status, stderr } = run([], { ...set, MINIMO_API_KEY: 'mn-1-ä\u0100' })
  expect([status, stderr.split('\n').length]).toEqual([1, 2])
  expect(stderr).not.toContain('mn-1')
})

it('makes links for many contacts, one line of JSON each, and refuses what is no id', () => {
  const env = { PUBLIC_URL: 'https://preferences.example.com', LINK_KEYS: linkKey('2026-11') }
  const lines = run(['link', '42', '43'], env).stdout.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { contact: 42, preferences: expect.stringMatching(/^https:\/\/preferences\.example\.com\/preferences\/[\w.-]+$/) },
    {
      contact: 43,
      headers: {
        'List-Unsubscribe': expect.stringMatching(/^<https:\/\/preferences\.example\.com\/unsubscribe\/[\w.-]+>$/),
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    },
  ])
  for (const wrong of ['anna@example.com', '0']) {
    const { status, stdout, stderr } = run(['link', '--', wrong], env)
    expect([status, stdout, stderr]).toEqual([1, '', `link expects ids of contacts, such as 42; found ${wrong}\n`])
  }
})

it('shows each choice in its record: when, what, how, from which link, and with which texts in view', async () => {
  const centre = await startCentre()
  const contact = await centre.addContact('anna@example.com')
  const link = await centre.links.make('preferences', contact)
  const page = await (await fetch(link, { headers: { 'accept-language': 'it' } })).text()
  const inputs = page.matchAll(/type="hidden" name="(\w+)" value="(\w+)"/g)
  const hidden: Record<string, string> = Object.fromEntries([...inputs].map(([, name, value]) => [name, value]))
  const headers = { origin: centre.url }
  const body = new URLSearchParams({ ...hidden, email: 'no', whatsapp: '' })
  await fetch(link, { method: 'POST', body, headers })
  const id = (await centre.links.open('preferences', link.split('/').at(-1) ?? ''))?.jti
  expect(centre.record()).toEqual([
    {
      id: 1,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      contact,
      channel: 'email',
      answer: 'no',
      via: 'form',
      link: id,
      wording: expect.stringMatching(/^[\da-f]{16}$/),
      state: 'delivered',
      reason: null,
    },
  ])
  expect(hidden.wording).toBe(centre.record()[0]?.wording)
})

it('is at most 400 lines', () => {
  const files = readdirSync(folder).filter((name) => /\.(ts|sql)$/.test(name) && !name.endsWith('.test.ts'))
  const lines = files.map((name) => readFileSync(`${folder}${name}`, 'utf8').split('\n').length - 1)
  expect(lines.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(400)
})
