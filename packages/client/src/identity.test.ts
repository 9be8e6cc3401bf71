import { expect, it, onTestFinished, vi } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }
import type { Fetch, HeaderValues } from './core.ts'
import { isBrowser } from './identity.ts'
import { createMinimoClient } from './minimo-client.ts'
import { version } from './version.ts'

function setGlobals(globals: Record<string, unknown>) {
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
}

/** The headers by which a client with these headers of its own and of the call tells what it is. */
async function identityOf(client: HeaderValues = {}, call: HeaderValues = {}) {
  const fetch = vi.fn<Fetch>(async () => Response.json({ data: [] }))
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', fetch, headers: client, dangerouslyAllowBrowser: true })
  await minimo.customFields.list({ headers: call })
  const headers = new Headers(fetch.mock.calls[0]?.[1].headers)
  return { client: headers.get('x-minimo-client'), agent: headers.get('user-agent') }
}

const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36'
const page = { window: {}, document: {}, navigator: { userAgent }, process: undefined }

it('P6: the version is that of package.json', () => {
  expect(version).toBe(packageJson.version)
})

it('P6: says what runs it: this Node', async () => {
  const { client, agent } = await identityOf()
  const [major] = process.versions.node.split('.')
  expect(client?.startsWith(`minimo-client/${version} Node.js/${major}`)).toBe(true)
  expect(agent).toBe(client)
})

it.each([
  ['Node before 21', { navigator: undefined, process: { version: 'v20.20.2', env: {} } }, 'Node.js/20.20.2'],
  ['Node', { navigator: { userAgent: 'Node.js/24' }, process: { version: 'v24.1.0', env: {} } }, 'Node.js/24'],
  ['Bun', { navigator: { userAgent: 'Bun/1.3.0' }, process: { version: 'v24.3.0', env: {} } }, 'Bun/1.3.0'],
  ['Deno', { navigator: { userAgent: 'Deno/2.5.0' }, process: { version: 'v24.2.0', env: {} } }, 'Deno/2.5.0'],
  ['workerd', { navigator: { userAgent: 'Cloudflare-Workers' }, process: undefined }, 'Cloudflare-Workers'],
])('P6: says what runs it: %s', async (_, globals, runtime) => {
  setGlobals(globals)
  const self = `minimo-client/${version} ${runtime}`
  expect(await identityOf()).toEqual({ client: self, agent: self })
})

it.each([
  ['nothing', { navigator: undefined, process: undefined }],
  ['no version', { navigator: {}, process: { env: {} } }],
])('P6: a runtime that tells %s of itself does not pass for a Node without a version', async (_, globals) => {
  setGlobals(globals)
  const { client } = await identityOf()
  expect(client?.startsWith(`minimo-client/${version}`)).toBe(true)
  expect(client).not.toMatch(/undefined|Node/)
})

it('P6: a browser sets its own user agent, and is told by no more than its kind', async () => {
  setGlobals(page)
  expect(await identityOf()).toEqual({ client: `minimo-client/${version} browser`, agent: null })
})

it('P6: a simulated browser is told by what runs it', async () => {
  setGlobals({ ...page, process })
  const { client, agent } = await identityOf()
  expect(client).toBe(`minimo-client/${version} Node.js/${process.version.slice(1)}`)
  expect(agent).toBe(client)
})

const node = { versions: { node: '24.1.0' } }
it.each([
  ['a page', { navigator: { userAgent } }, true],
  ["a page with a bundler's process", { navigator: { userAgent }, process: { versions: {} } }, true],
  ['a window of Electron', { navigator: { userAgent }, process: { ...node, type: 'renderer' } }, true],
  [
    "jsdom on Node, by jsdom's own user agent",
    { navigator: { userAgent: 'Mozilla/5.0 jsdom/26.1' }, process: node },
    false,
  ],
  ['happy-dom on Bun', { navigator: { userAgent: 'Mozilla/5.0 HappyDOM/20' }, process: node }, false],
  ['a simulated page on Deno', { navigator: { userAgent }, Deno: {} }, false],
  ['Node', { navigator: { userAgent: 'Node.js/24' }, process: node }, false],
  ['Node before 21', { process: node }, false],
  ['Workers', { navigator: { userAgent: 'Cloudflare-Workers' } }, false],
  ['an edge runtime that says nothing', {}, false],
])('C7: tells a real browser from what is none: %s', (_, runtime, want) => {
  expect(isBrowser(runtime)).toBe(want)
})

it('P6: what is sent can be a header, and does not hang on names that a minifier changes', async () => {
  const { client } = await identityOf()
  expect(client).toMatch(/^minimo-client\/[\w.+-]+ [\w./-]+$/)
})

it.each([
  ['of the client', { 'User-Agent': 'shop/1', 'X-Minimo-Client': 'shop' }, {}],
  ['of the call', {}, { 'user-agent': 'shop/1', 'X-MINIMO-CLIENT': 'shop' }],
])("P6: the user's headers %s take its place", async (_, client, call) => {
  expect(await identityOf(client, call)).toEqual({ client: 'shop', agent: 'shop/1' })
})

it.each([
  ['of the client', { 'User-Agent': null, 'x-minimo-client': null }, {}],
  ['of the call', {}, { 'user-agent': null, 'X-Minimo-Client': null }],
])('P6: null among the headers %s removes it', async (_, client, call) => {
  expect(await identityOf(client, call)).toEqual({ client: null, agent: null })
})

it.each([
  ['of the client', { 'user-agent': undefined, 'x-minimo-client': undefined }, {}],
  ['of the call', {}, { 'user-agent': undefined, 'x-minimo-client': undefined }],
])('P3: undefined among the headers %s leaves it', async (_, client, call) => {
  expect(await identityOf(client, call)).toEqual(await identityOf())
})
