import { createServer } from 'node:http'
import { operations, servers } from '@minimo/api-types'
import { setupServer } from 'msw/node'
import { HttpHandler as HttpHandler2 } from 'msw-2'
import { setupServer as setupServer2 } from 'msw-2/node'
import { createPostgresDatabase } from 'test-postgres'
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest'
import { createSandbox, demoKey, type Sandbox, type SandboxOptions } from './index.ts'
import type { HandlersOptions, handlers } from './msw.ts'

/** What the two versions of MSW have in common here. */
interface Version {
  name: string
  load(): Promise<{ handlers: typeof handlers; listen: (list: ReturnType<typeof handlers>) => { close(): void } }>
}

const versions: readonly Version[] = [
  {
    name: 'MSW 3',
    load: async () => ({
      ...(await import('./msw.ts')),
      listen(list) {
        const server = setupServer(...list)
        server.listen({ onUnhandledFrame: 'bypass' })
        return server
      },
    }),
  },
  {
    name: 'MSW 2',
    async load() {
      vi.resetModules()
      vi.doMock('msw', () => import('msw-2'))
      onTestFinished(() => {
        vi.doUnmock('msw')
        vi.resetModules()
      })
      return {
        ...(await import('./msw.ts')),
        listen(list: readonly object[]) {
          const server = setupServer2(...list.filter((handler) => handler instanceof HttpHandler2))
          server.listen({ onUnhandledRequest: 'bypass' })
          return server
        },
      }
    },
  },
]

const { listCustomFields, upsertContact, sendEmailTemplate } = operations
const fields = servers[listCustomFields.server] + listCustomFields.path
const key = { authorization: `Bearer ${demoKey}` }

describe.each(versions)('$name', ({ load }) => {
  test('the sandbox answers what is sent to each host of the API', async () => {
    const { sandbox } = await open()
    const contact = await send(servers[upsertContact.server] + upsertContact.path, { email: 'anna@example.com' })
    expect(contact).toEqual({ status: 200, body: { id: 1, phone: null } })
    const url = servers[sendEmailTemplate.server] + sendEmailTemplate.path
    expect(await send(url, { templateId: 'tmpl_42', recipient: 'anna@example.com' })).toEqual({
      status: 200,
      body: { status: 200 },
    })
    expect(await sandbox.contacts()).toMatchObject([{ email: 'anna@example.com' }])
    expect((await fetch(fields, { method: 'HEAD', headers: key })).status).toBe(200)
    for (const server of Object.values(servers)) expect((await fetch(`${server}/`)).status).toBe(404)
  })

  test('other hosts are left alone', async () => {
    await open()
    const server = createServer((_, response) => response.end('another host'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const response = await fetch(`http://127.0.0.1:${port}${listCustomFields.path}`)
    expect(await response.text()).toBe('another host')
  })

  test.each<[string, NonNullable<HandlersOptions['baseUrl']>, string]>([
    ['one URL', 'http://minimo.test:8080/', 'http://minimo.test:8080'],
    ['a URL with a path', 'http://minimo.test/proxy/minimo', 'http://minimo.test/proxy/minimo'],
    ['a URL for each server', { api: 'http://one.test', app: 'http://two.test' }, 'http://two.test'],
  ])('it answers at %s instead', async (_name, baseUrl, base) => {
    await open({}, { baseUrl })
    const response = await fetch(base + listCustomFields.path, { headers: key })
    expect(await response.json()).toEqual({ data: [] })
  })

  test('what is no URL is refused', async () => {
    await expect(open({}, { baseUrl: 'localhost' })).rejects.toThrow(
      'baseUrl: expected a URL such as http://localhost:8080, found "localhost"',
    )
  })

  test.each(['reset', 'reset-body'] as const)('a connection that is %s is a network error', async (connection) => {
    const { sandbox } = await open()
    sandbox.faults.add({ fault: { connection } })
    const reading = fetch(fields, { headers: key }).then((response) => response.text())
    await expect(reading).rejects.toThrow(TypeError)
  })

  test('a caller who waits no longer for a stalled answer is told so', async () => {
    const { sandbox } = await open()
    sandbox.faults.add({ fault: { connection: 'stall' } })
    const { signal, abort } = createAbort()
    const reading = fetch(fields, { headers: key, signal }).then((response) => response.text())
    await vi.waitUntil(() => sandbox.faults.list()[0]?.hit === 1)
    abort()
    await expect(reading).rejects.toThrow('enough')
  })

  test('a sandbox on PostgreSQL works beside it', async () => {
    const { sandbox } = await open({ database: await createPostgresDatabase(inject('postgresUrl')) })
    expect(await send(servers.api + upsertContact.path, { email: 'anna@example.com' })).toMatchObject({ status: 200 })
    expect(await sandbox.contacts()).toHaveLength(1)
  })

  async function open(options: SandboxOptions = {}, given: HandlersOptions = {}): Promise<{ sandbox: Sandbox }> {
    const { handlers, listen } = await load()
    const sandbox = await createSandbox(options)
    onTestFinished(() => sandbox.close())
    const server = listen(handlers(sandbox, given))
    onTestFinished(() => server.close())
    return { sandbox }
  }
})

async function send(url: string, body: object) {
  const headers = { ...key, 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as unknown }
}

function createAbort() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort(new Error('enough')) }
}
