import { execFile } from 'node:child_process'
import { createServer, request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EnvHttpProxyAgent, ProxyAgent } from 'undici'
import { beforeEach, expect, it, vi } from 'vitest'
import { clientOf, listen } from './loopback.ts'
import { pool } from './pool.ts'

/** A real proxy, what it was asked for, and the connections that were open to it at once. */
async function startProxy(status = 200) {
  const seen: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`)
    if (status !== 200) return void outgoing.writeHead(status).end()
    const { method, headers } = incoming
    const forwarded = httpRequest(incoming.url ?? '', { method, headers }, (response) => {
      response.pipe(outgoing.writeHead(response.statusCode ?? 0, response.headers))
    })
    incoming.pipe(forwarded)
  })
  server.on('connect', ({ url }, socket, head) => {
    seen.push(`CONNECT ${url}`)
    if (status !== 200) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const { hostname, port } = new URL(`http://${url}`)
    const tunnel = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      tunnel.write(head)
      tunnel.pipe(socket).pipe(tunnel)
    })
    for (const side of [socket, tunnel]) side.on('error', () => side.destroy())
  })
  server.on('connection', (socket) => sockets.add(socket))
  const url = await listen(server, () => {
    server.close()
    server.closeAllConnections()
  })
  return { url, seen, sockets }
}

beforeEach(() => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'NODE_USE_ENV_PROXY']) {
    vi.stubEnv(name, undefined)
    vi.stubEnv(name.toLowerCase(), undefined)
  }
  return () => vi.unstubAllEnvs()
})

const target = () => clientOf((request, response) => request.resume().once('end', () => response.end('reached')))

it('the environment names a proxy only where Node is told to use it', async () => {
  const [proxy, { baseUrl }] = await Promise.all([startProxy(), target()])
  vi.stubEnv('HTTP_PROXY', proxy.url)
  await pool().fetch(baseUrl)
  expect(proxy.seen).toEqual([])
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  const response = await pool().fetch(`${baseUrl}/path`, { method: 'POST', body: 'x' })
  expect([response.status, response.url, await response.text()]).toEqual([200, `${baseUrl}/path`, 'reached'])
  // The oldest undici tunnels plain HTTP too.
  expect(proxy.seen).toEqual([expect.stringContaining(new URL(baseUrl).host)])
})

it('NO_PROXY names what goes there directly', async () => {
  const [proxy, { baseUrl, seen }] = await Promise.all([startProxy(), target()])
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  vi.stubEnv('HTTP_PROXY', proxy.url)
  vi.stubEnv('NO_PROXY', 'example.com,127.0.0.1')
  await pool().fetch(baseUrl)
  expect([proxy.seen, seen.length]).toEqual([[], 1])
})

it('a proxy gets no more connections than the pool may have', async () => {
  const [proxy, { baseUrl, seen }] = await Promise.all([startProxy(), target()])
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  vi.stubEnv('HTTP_PROXY', proxy.url)
  const { fetch } = pool({ connections: 3 })
  await Promise.all(Array.from({ length: 50 }, async () => (await fetch(baseUrl)).text()))
  expect(seen).toHaveLength(50)
  expect(proxy.sockets.size).toBeLessThanOrEqual(3)
})

it('the flag of Node does as the variable', async () => {
  const [proxy, { baseUrl }] = await Promise.all([startProxy(), target()])
  const module = fileURLToPath(new URL('../src/undici.ts', import.meta.url))
  const code = `
    import { createUndiciFetch } from ${JSON.stringify(module)}
    const { fetch, close } = createUndiciFetch()
    console.log(await (await fetch(${JSON.stringify(baseUrl)})).text())
    await close()`
  const args = ['--use-env-proxy', '--input-type=module', '-e', code]
  const env = { ...process.env, HTTP_PROXY: proxy.url }
  const { stdout } = await promisify(execFile)(process.execPath, args, { env })
  expect([stdout, proxy.seen.length]).toEqual(['reached\n', 1])
})

it.each([
  ['a ProxyAgent', (uri: string) => new ProxyAgent({ uri })],
  ['an EnvHttpProxyAgent', (httpProxy: string) => new EnvHttpProxyAgent({ httpProxy })],
])('the caller can put %s in place', async (_, create) => {
  const [proxy, { baseUrl }] = await Promise.all([startProxy(), target()])
  const { fetch } = pool({ dispatcher: create(proxy.url) })
  expect(await (await fetch(baseUrl)).text()).toBe('reached')
  expect(proxy.seen).toHaveLength(1)
})

it('a proxy that asks for a password is told of', async () => {
  const [proxy, { baseUrl }] = await Promise.all([startProxy(407), target()])
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  vi.stubEnv('HTTP_PROXY', proxy.url)
  await expect(pool().fetch(baseUrl)).rejects.toThrow('407')
})
