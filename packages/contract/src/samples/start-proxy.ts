import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Certificate } from './certificate.ts'

/** Answers a request, as `fetch` does. */
export type Answer = (url: string, init: RequestInit) => Promise<Response>

/** A running proxy. */
export interface RunningProxy {
  url: string
  /** Drops connections and frees the port. */
  close(): Promise<void>
}

/**
 * Starts a forward proxy on a free port of this machine that takes the place of some origins: what programs send there
 * is answered here, and no other host is reached.
 */
export async function startProxy(
  origins: readonly string[],
  certificate: Certificate,
  answer: Answer,
): Promise<RunningProxy> {
  const sockets = new Set<Socket>()
  const respondTo = (request: IncomingMessage, response: ServerResponse, url: URL) => {
    if (!origins.includes(url.origin)) return void response.writeHead(403).end()
    respond(answer, request, response, url).catch((error: unknown) => response.destroy(error as Error))
  }
  const inside = createSecureServer(certificate, (request, response) =>
    respondTo(request, response, new URL(request.url ?? '/', `https://${request.headers.host}`)),
  )
  const outside = createServer((request, response) =>
    respondTo(request, response, new URL(request.url ?? '/', `http://${request.headers.host}`)),
  )
  outside.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  outside.on('connect', ({ url = '' }, socket: Socket) => {
    // A program that ends may leave without a word.
    socket.on('error', () => socket.destroy())
    const target = [inside, outside].find((_, index) =>
      origins.includes(new URL(`${index === 0 ? 'https' : 'http'}://${url}`).origin),
    )
    if (!target) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    target.emit('connection', socket)
  })
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve))
  const { port } = outside.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => outside.close(resolve))
    },
  }
}

async function respond(answer: Answer, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const { method = 'GET', headers } = request
  const body = Buffer.concat(await request.toArray())
  const sent = Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')])
  const init = { method, headers: Object.fromEntries(sent), ...(body.length > 0 && { body }) }
  const answered = await answer(url.href, init)
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  response.end(Buffer.from(await answered.arrayBuffer()))
}
