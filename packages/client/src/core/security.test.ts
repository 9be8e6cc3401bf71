import { expect, it, vi } from 'vitest'
import { logger } from '../plugins/logger.ts'
import { createApiClient } from './api-client.ts'
import type { OperationRow } from './call.ts'
import type { ClientOptions } from './options.ts'
import { createAuthenticator, type SecuritySchemes } from './security.ts'
import type { Fetch } from './transport.ts'
import type { OperationTable } from './types.ts'

const schemes = {
  token: { type: 'http', scheme: 'bearer' },
  login: { type: 'http', scheme: 'basic' },
  dpop: { type: 'http', scheme: 'DPoP' },
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api_key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
} as const satisfies SecuritySchemes

const anna = { username: 'anna', password: 'gehe\u00efm' }
const everything = { token: 't0ken', login: anna, dpop: 'pr00f', header: 'h3ader', query: 'qu&ry', cookie: 'c00kie' }

interface Given {
  security?: OperationRow['security']
  known?: SecuritySchemes
  apiKey?: unknown
  /** What the call is made with. */
  input?: object
  call?: object
  client?: Partial<ClientOptions>
  answers?: Response[]
}

/** Calls an operation with credentials, and tells the requests that it made. */
async function send({ security, known = schemes, apiKey = everything, input, call = {}, client, answers = [] }: Given) {
  const fetch = vi.fn<Fetch>(async () => answers.shift() ?? Response.json({}))
  const row = { method: 'GET', path: '/walls', server: 'api', retry: 'safe', ...(security && { security }) }
  const options = { baseUrl: 'https://api.example.com', fetch, retries: 0, authenticate: createAuthenticator(known) }
  const { call: callOperation } = createApiClient(
    { paint: row } as OperationTable,
    {
      ...options,
      ...client,
      apiKey,
    } as ClientOptions,
  )
  await (callOperation as unknown as (...args: unknown[]) => Promise<unknown>)('paint', input, call)
  return fetch.mock.calls.map(([url, { headers }]) => [url.replace('https://api.example.com', ''), headers])
}

it.each<[string, Given['security'], string, object]>([
  ['a bearer token', [['token']], '/walls', { authorization: 'Bearer t0ken' }],
  ['a username and password', [['login']], '/walls', { authorization: 'Basic YW5uYTpnZWhlw69t' }],
  ['another scheme of HTTP', [['dpop']], '/walls', { authorization: 'DPoP pr00f' }],
  ['a key in a header', [['header']], '/walls', { 'x-key': 'h3ader' }],
  ['a key in the query', [['query']], '/walls?api_key=qu%26ry', {}],
  ['a key in a cookie', [['cookie']], '/walls', { cookie: 'sid=c00kie' }],
  [
    'several together',
    [['header', 'query', 'cookie']],
    '/walls?api_key=qu%26ry',
    { 'x-key': 'h3ader', cookie: 'sid=c00kie' },
  ],
  ['the first alternative', [['header'], ['token']], '/walls', { 'x-key': 'h3ader' }],
  ['a bearer token where the row names none', undefined, '/walls', { authorization: 'Bearer t0ken' }],
  ['nothing where none is needed', [], '/walls', {}],
  ['what there is where none is needed', [[], ['header']], '/walls', { 'x-key': 'h3ader' }],
])('sends %s', async (_, security, url, headers) => {
  expect(await send({ ...(security && { security }) })).toEqual([[url, headers]])
})

it.each<[string, object, string, object]>([
  ['the first that all is given for', { query: 'q', token: 't' }, '/walls', { authorization: 'Bearer t' }],
  ['two that go together', { query: 'q', header: 'h' }, '/walls?api_key=q', { 'x-key': 'h' }],
])('of alternatives, sends %s', async (_, apiKey, url, headers) => {
  expect(await send({ apiKey, security: [['header', 'query'], ['token']] })).toEqual([[url, headers]])
})

it('what no credentials are given for is not sent, unless none are needed', async () => {
  const security = [['header', 'query'], ['token']]
  await expect(send({ apiKey: { query: 'q' }, security })).rejects.toThrow(
    'GET /walls: apiKey lacks the credentials for header and query, or token',
  )
  expect(await send({ apiKey: { query: 'q' }, security: [...security, []] })).toEqual([['/walls', {}]])
})

it.each<[string, Given, string, object]>([
  ['a header of the client', { client: { headers: { 'X-Key': 'own' } } }, '/walls', { 'x-key': 'own' }],
  ['a header of the call', { call: { headers: { 'x-key': 'own' } } }, '/walls', { 'x-key': 'own' }],
  ['a header that the call removes', { call: { headers: { 'X-KEY': null } } }, '/walls', {}],
  ['the query', { security: [['query']], input: { query: { api_key: 'own' } } }, '/walls?api_key=own', {}],
  [
    'a cookie',
    { security: [['cookie']], call: { headers: { cookie: 'a=1; sid=own' } } },
    '/walls',
    { cookie: 'a=1; sid=own' },
  ],
])('%s set by hand wins, and needs no credentials', async (_, given, url, headers) => {
  expect(await send({ security: [['header']], ...given })).toEqual([[url, headers]])
  expect(await send({ security: [['header']], ...given, apiKey: {} })).toEqual([[url, headers]])
})

it('a cookie stands behind those that are there', async () => {
  const call = { headers: { cookie: 'a=1' } }
  expect(await send({ security: [['cookie']], call })).toEqual([['/walls', { cookie: 'a=1; sid=c00kie' }]])
})

it.each<[string, SecuritySchemes, unknown, object]>([
  ['a key', { header: schemes.header }, 'own', { 'x-key': 'own' }],
  ['a function', { header: schemes.header }, async () => 'own', { 'x-key': 'own' }],
  [
    'a username and password',
    { login: schemes.login },
    { username: 'a', password: '' },
    { authorization: 'Basic YTo=' },
  ],
  [
    'a function of them',
    { login: schemes.login },
    () => ({ username: 'a', password: '' }),
    { authorization: 'Basic YTo=' },
  ],
])('for the one scheme there is, apiKey is the credential itself: %s', async (_, known, apiKey, headers) => {
  expect(await send({ known, apiKey, security: [Object.keys(known)] })).toEqual([['/walls', headers]])
})

it('so it is for several schemes that all take a bearer token', async () => {
  const known = { token: schemes.token, oauth: schemes.token }
  expect(await send({ known, apiKey: 'own' })).toEqual([['/walls', { authorization: 'Bearer own' }]])
})

it('a function is asked on every attempt, and again after a 401, once', async () => {
  const keys = ['one', 'two', 'three']
  const apiKey = { header: () => keys.shift() ?? '', query: 'fixed' }
  const answers = [new Response(null, { status: 401 })]
  expect(await send({ apiKey, security: [['header', 'query']], answers })).toEqual([
    ['/walls?api_key=fixed', { 'x-key': 'one' }],
    ['/walls?api_key=fixed', { 'x-key': 'two' }],
  ])
  expect(keys).toEqual(['three'])
})

it.each<[string, SecuritySchemes, unknown]>([
  ['a key that is empty', { header: schemes.header }, ''],
  ['a key with a line break', { header: schemes.header }, 'geheim\n'],
  ['a key that ends a cookie', { cookie: schemes.cookie }, 'geheim;'],
  ['a text for a username and password', { login: schemes.login }, 'geheim'],
  ['a colon in a username', { login: schemes.login }, { username: 'geheim:', password: '' }],
  ['a password that is missing', { login: schemes.login }, { username: 'geheim' }],
  ['one key for several schemes', schemes, 'geheim'],
  ['a scheme of another name', schemes, { geheim: 'geheim' }],
])('%s is refused when the client is made, and not printed', async (_, known, apiKey) => {
  const error: unknown = await send({ known, apiKey }).catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'ClientError', message: expect.stringMatching(/^apiKey/) })
  expect(String(error)).not.toContain('geheim')
})

it('a table that names schemes is refused without the option, where there is a key', async () => {
  const client = { authenticate: undefined } as unknown as Partial<ClientOptions>
  await expect(send({ security: [['header']], client })).rejects.toThrow('GET /walls: needs the option authenticate')
})

const secrets = ['t0ken', 'anna', 'gehe\u00efm', 'YW5uYTpnZWhlw69t', 'h3ader', 'qu&ry', 'qu%26ry', 'c00kie']
it.each(['token', 'login', 'header', 'query', 'cookie'])('an error shows no %s that the API repeats', async (name) => {
  const answers = [Response.json({ message: `Not known: ${secrets.join(' ')}.` }, { status: 403 })]
  const error: unknown = await send({ security: [[name]], answers }).catch((error: unknown) => error)
  const own = { token: [0], login: [1, 2, 3], header: [4], query: [5, 6], cookie: [7] }[name] ?? []
  for (const index of own) expect(JSON.stringify(error)).not.toContain(secrets[index])
  expect(error).toMatchObject({ status: 403, message: expect.stringContaining('[redacted]') })
})

it('nor one that was set by hand', async () => {
  const answers = [Response.json({ message: 'Not known: h4nd.' }, { status: 403 })]
  const sent = send({ security: [['header']], answers, client: { headers: { 'X-Key': 'h4nd' } } })
  await expect(sent).rejects.toThrow('Not known: [redacted].')
})

it('nor does the logger, wherever the key travels', async () => {
  const told: unknown[] = []
  const plugins = [logger((entry) => told.push(entry))]
  await send({ security: [['header', 'query', 'cookie']], client: { plugins } })
  expect(told).toHaveLength(1)
  for (const secret of secrets) expect(JSON.stringify(told)).not.toContain(secret)
})

it('nor does a failure of the connection show the URL that it is in', async () => {
  const fetch: Fetch = async (url) => {
    throw new TypeError(`fetch failed: ${url}`)
  }
  const error: unknown = await send({ security: [['query']], client: { fetch } }).catch((error: unknown) => error)
  const shown = [error, (error as Error).cause].map((link) => `${link} ${JSON.stringify(link)}`).join()
  expect(error).toMatchObject({ name: 'ConnectionError' })
  expect(shown).not.toContain('qu%26ry')
})
