import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { createMinimoClient, type MinimoClientOptions } from '../src/index.ts'

type Listening = { listen(port: number, host: string, ready: () => void): { address(): unknown }; close(): unknown }

/** Starts a server on a port of this machine for one test. */
export async function listen(server: Listening, close = () => server.close()): Promise<string> {
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server as unknown as { address(): AddressInfo }).address()))
  })
  onTestFinished(() => {
    close()
  })
  return `http://127.0.0.1:${port}`
}

/** A client of a real HTTP server, the requests that reached it, and the connections they came by. */
export async function clientOf(handler: RequestListener, options: MinimoClientOptions = {}) {
  const seen: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    sockets.add(request.socket)
    seen.push({ url: request.url, headers: request.headers })
    handler(request, response)
  })
  const baseUrl = await listen(server, () => {
    server.close()
    server.closeAllConnections()
  })
  return { seen, sockets, baseUrl, minimo: createMinimoClient({ apiKey: 'mn-1-abc', baseUrl, retries: 0, ...options }) }
}

/** A client of bare sockets, what answers being up to the test; and the end of each of them. */
export async function clientOfSocket(
  onRequest: (socket: Socket, attempt: number) => void,
  options: MinimoClientOptions = {},
) {
  const sockets: Socket[] = []
  const closed: Promise<unknown>[] = []
  const server = createTcpServer((socket) => {
    sockets.push(socket)
    closed.push(new Promise((resolve) => socket.once('close', resolve)))
    socket.on('error', () => undefined)
    socket.once('data', () => onRequest(socket, sockets.length))
  })
  const baseUrl = await listen(server, () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { sockets, closed, minimo: createMinimoClient({ apiKey: 'mn-1-abc', baseUrl, retries: 0, ...options }) }
}

/** The start of a success, its headers unfinished. */
export const headStart = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

/** A handler that sends chunks as fast as they are taken, or one each few milliseconds, and never ends. */
export const endless =
  (status: number, chunk: string, milliseconds = 0): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    const write = () => {
      if (response.destroyed) return
      response.write(chunk, () => (milliseconds ? setTimeout(write, milliseconds) : setImmediate(write)))
    }
    write()
  }

/** Resolves once all these connections have ended. */
export const closeOf = (sockets: Iterable<Socket>) =>
  Promise.all(
    Array.from(sockets, (socket) =>
      socket.closed ? undefined : new Promise<void>((resolve) => socket.once('close', () => resolve())),
    ),
  )
