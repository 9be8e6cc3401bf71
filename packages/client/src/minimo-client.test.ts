import { expect, it, onTestFinished, vi } from 'vitest'
import type { Fetch } from './core.ts'
import { ClientError } from './core.ts'
import { createMinimoClient, type MinimoClientOptions } from './minimo-client.ts'

function setEnvironment(variables: Record<string, string | undefined>) {
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
}

function setGlobals(globals: Record<string, unknown>) {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
}

const stubFetch = () => vi.fn<Fetch>(async () => Response.json({ data: [] }))

/** The two hosts and the key that a client with these options uses. */
async function usedBy(options: MinimoClientOptions) {
  const fetch = stubFetch()
  const minimo = createMinimoClient({ ...options, fetch })
  await minimo.customFields.list()
  await minimo.emailTemplates.list()
  const keys = fetch.mock.calls.map(([, { headers }]) => new Headers(headers).get('authorization'))
  return { urls: fetch.mock.calls.map(([url]) => url), key: keys[0] }
}

const apiPath = '/public/v1/custom-fields'
const appPath = '/api/templates/email'
const apiKey = 'mn-1-abc'

it.each([
  [{}, undefined],
  [{}, ''],
  [{}, '  \n'],
  [{ apiKey: '' }, undefined],
  [{ apiKey: ' \t' }, undefined],
  [{ apiKey: undefined }, undefined],
] as [MinimoClientOptions, string | undefined][])(
  'C1: without a key (%o, environment %j) the factory throws, naming both places',
  (options, MINIMO_API_KEY) => {
    setEnvironment({ MINIMO_API_KEY })
    expect(() => createMinimoClient(options)).toThrow(ClientError)
    expect(() => createMinimoClient(options)).toThrow(/apiKey.*MINIMO_API_KEY/)
  },
)

it('C1: takes the key from the environment, and an option beats it', async () => {
  setEnvironment({ MINIMO_API_KEY: ' mn-environment\n' })
  expect((await usedBy({})).key).toBe('Bearer mn-environment')
  expect((await usedBy({ apiKey: undefined })).key).toBe('Bearer mn-environment')
  expect((await usedBy({ apiKey: 'mn-option' })).key).toBe('Bearer mn-option')
  expect((await usedBy({ apiKey: async () => 'mn-function' })).key).toBe('Bearer mn-function')
})

it.each(['', ' \n'])('C1: the blank key %j counts as absent, so that the environment is asked', async (blank) => {
  setEnvironment({ MINIMO_API_KEY: 'mn-environment' })
  expect((await usedBy({ apiKey: blank })).key).toBe('Bearer mn-environment')
})

it('C1: works where there is no process, as in a worker', async () => {
  setGlobals({ process: undefined })
  expect((await usedBy({ apiKey })).urls[0]).toBe(`https://api.minimo.it${apiPath}`)
  expect(() => createMinimoClient()).toThrow('MINIMO_API_KEY')
})

it('C2: a key function is asked on every attempt', async () => {
  const statuses = [500, 200]
  const fetch = vi.fn<Fetch>(async () =>
    Response.json([], { status: statuses.shift() ?? 200, headers: { 'retry-after-ms': '0' } }),
  )
  let asked = 0
  await createMinimoClient({ apiKey: () => `mn-${++asked}`, fetch }).customFields.list()
  expect(fetch.mock.calls.map(([, { headers }]) => new Headers(headers).get('authorization'))).toEqual([
    'Bearer mn-1',
    'Bearer mn-2',
  ])
})

it('C2: a key function that fails ends the call at once, and nothing is sent', async () => {
  const fetch = stubFetch()
  const cause = new Error('vault is shut')
  const minimo = createMinimoClient({ apiKey: vi.fn(() => Promise.reject(cause)), fetch })
  await expect(minimo.customFields.list()).rejects.toMatchObject({ name: 'ClientError', attempts: 0, cause })
  expect(fetch).not.toHaveBeenCalled()
})

it.each(['mn-geheim\n1', 'mn-geheim\r\nx: y', 'mn-geheim\0', 'mn-geheim\u20ac'])(
  'C3: refuses the key %j without printing it',
  (key) => {
    expect(() => createMinimoClient({ apiKey: key })).toThrow(/^apiKey/)
    expect(() => createMinimoClient({ apiKey: key })).not.toThrow('geheim')
  },
)

const baseUrls: [baseUrl: MinimoClientOptions['baseUrl'], api: string, app: string][] = [
  [undefined, 'https://api.minimo.it', 'https://app.minimo.it'],
  ['https://gate.example.com', 'https://gate.example.com', 'https://gate.example.com'],
  ['https://gate.example.com/', 'https://gate.example.com', 'https://gate.example.com'],
  ['https://gate.example.com/m//', 'https://gate.example.com/m', 'https://gate.example.com/m'],
  ['http://localhost:4010', 'http://localhost:4010', 'http://localhost:4010'],
  [{}, 'https://api.minimo.it', 'https://app.minimo.it'],
  [{ app: 'http://127.0.0.1:1/x/' }, 'https://api.minimo.it', 'http://127.0.0.1:1/x'],
  [{ api: 'https://a.example', app: 'https://b.example' }, 'https://a.example', 'https://b.example'],
]
it.each(baseUrls)('C4, C5: the base URL %o leads to %s and %s', async (baseUrl, api, app) => {
  setEnvironment({ MINIMO_API_URL: undefined })
  expect((await usedBy({ apiKey, baseUrl })).urls).toEqual([api + apiPath, app + appPath])
})

it('C5: MINIMO_API_URL overrides all hosts, an option beats it, a blank one is absent', async () => {
  setEnvironment({ MINIMO_API_URL: ' https://env.example.com/v2/ ' })
  const fromEnvironment = [`https://env.example.com/v2${apiPath}`, `https://env.example.com/v2${appPath}`]
  expect((await usedBy({ apiKey })).urls).toEqual(fromEnvironment)
  expect((await usedBy({ apiKey, baseUrl: 'https://o.example' })).urls[0]).toBe(`https://o.example${apiPath}`)
  setEnvironment({ MINIMO_API_URL: ' ' })
  expect((await usedBy({ apiKey })).urls[0]).toBe(`https://api.minimo.it${apiPath}`)
})

const wrongUrls = ['nonsense', '', 'ftp://x', 'https://x/?a', 'https://x/#a', 'http://api.minimo.it', 'http://10.0.0.1']
it.each(wrongUrls)('C4, C6: refuses the base URL %j at once, wherever it is from', (url) => {
  expect(() => createMinimoClient({ apiKey, baseUrl: url })).toThrow(/^baseUrl/)
  expect(() => createMinimoClient({ apiKey, baseUrl: { app: url } })).toThrow(/^baseUrl/)
})

it('C6: refuses plain http from the environment', () => {
  setEnvironment({ MINIMO_API_URL: 'http://api.minimo.it' })
  expect(() => createMinimoClient({ apiKey })).toThrow(/^baseUrl/)
})

it('C7: in a browser the factory throws unless that is allowed', () => {
  setGlobals({ navigator: { userAgent: 'Mozilla/5.0 (X11; Linux x86_64)' }, process: undefined })
  expect(() => createMinimoClient({ apiKey })).toThrow(/browser.*dangerouslyAllowBrowser/)
  expect(() => createMinimoClient({ apiKey, dangerouslyAllowBrowser: false })).toThrow(ClientError)
  expect(() => createMinimoClient({ apiKey, dangerouslyAllowBrowser: true })).not.toThrow()
})

it('C7: in a simulated browser on Node it does not', () => {
  setGlobals({ window: {}, document: {}, navigator: { userAgent: 'Mozilla/5.0 (linux) jsdom/26.1.0' } })
  expect(() => createMinimoClient({ apiKey })).not.toThrow()
})

it.each([
  ['all hosts', true, 'http://sandbox:4010'],
  ['a named host, on any port', ['sandbox', 'other'], 'http://sandbox:4010'],
  ['a named host and port', ['sandbox:4010'], 'http://sandbox:4010'],
  ['an address', ['172.17.0.2'], 'http://172.17.0.2/api'],
] as const)('C6: allowHttp opens plain http to %s', (_, allowHttp, baseUrl) => {
  expect(() => createMinimoClient({ apiKey, baseUrl, allowHttp })).not.toThrow()
})

it.each([
  ['nothing', undefined],
  ['false', false],
  ['no host', []],
  ['another host', ['sand', 'box', 'sandbox.example.com']],
] as const)(
  'C6: with allowHttp for %s plain http is refused, and the error says what would allow it',
  (_, allowHttp) => {
    const create = () => createMinimoClient({ apiKey, baseUrl: 'http://sandbox:4010', allowHttp })
    expect(create).toThrow(/^baseUrl .*found "http:\/\/sandbox:4010".* allowHttp: \["sandbox"\]/)
  },
)

it('C6: allowHttp opens nothing but http', () => {
  const create = (baseUrl: string) => () => createMinimoClient({ apiKey, baseUrl, allowHttp: true })
  expect(create('ftp://sandbox')).toThrow(/^baseUrl/)
  expect(create('http://user:geheim@sandbox')).toThrow(/credentials/)
})

const wrongNumbers: [name: 'timeout' | 'deadline' | 'retries' | 'maxRetryAfter' | 'maxResponseBytes', value: number][] =
  [
    ['maxResponseBytes', -1],
    ['maxResponseBytes', Number.NaN],
    ['timeout', -1],
    ['timeout', Number.NaN],
    ['deadline', -0.5],
    ['deadline', Number.NaN],
    ['retries', -1],
    ['retries', 1.5],
    ['retries', Number.NaN],
    ['retries', Number.POSITIVE_INFINITY],
    ['maxRetryAfter', -1],
    ['maxRetryAfter', Number.NaN],
  ]
it.each(wrongNumbers)('C8: refuses %s: %d, naming the option, for the client and for a call', async (name, value) => {
  expect(() => createMinimoClient({ apiKey, [name]: value })).toThrow(new RegExp(`^${name} .*${value}`))
  if (name === 'maxRetryAfter') return
  const fetch = stubFetch()
  const sent = createMinimoClient({ apiKey, fetch }).customFields.list({ [name]: value })
  await expect(sent).rejects.toThrow(new RegExp(`^${name} `))
  expect(fetch).not.toHaveBeenCalled()
})

it.each([{ timeout: '5' }, { deadline: true }, { retries: false }, { retries: '2' }, { maxRetryAfter: false }])(
  'C8: refuses the untyped %o',
  (options) => {
    const [name = ''] = Object.keys(options)
    expect(() => createMinimoClient({ apiKey, ...(options as unknown as MinimoClientOptions) })).toThrow(name)
  },
)

it.each([
  { timeout: false, deadline: false },
  { timeout: 0.5, deadline: 1e12, retries: 0, maxRetryAfter: 0 },
  { timeout: undefined, deadline: undefined, retries: undefined, maxRetryAfter: undefined },
] satisfies MinimoClientOptions[])('C8: takes %o', (options) => {
  expect(() => createMinimoClient({ apiKey, ...options })).not.toThrow()
})

it('call and raw of the client go the same way as its resources', async () => {
  const fetch = stubFetch()
  const { call, raw } = createMinimoClient({ apiKey, fetch })
  const { data } = await call('listCustomFields', { query: { groupBy: 'category' } })
  const answer = await raw.GET('/public/v1/custom-fields', { params: { query: { groupBy: 'category' } } })
  expect([data, answer.data]).toEqual([[], { data: [] }])
  const requests = fetch.mock.calls.map(([url, { method, headers }]) => ({ url, method, headers }))
  expect(requests[0]).toEqual(requests[1])
})
