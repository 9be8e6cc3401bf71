import { setMaxListeners } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { errorResponse } from '../exchange/error-response.ts'
import type { Handle } from '../exchange/exchange.ts'
import { awaitsContinue, readBody, readHead, refuseHead } from './http-request.ts'
import { refuseMalformed, refuseTunnel, sendResponse } from './http-response.ts'

/** Where a sandbox listens. */
export interface Listening {
  /** Base URL for all of the spec's servers. */
  url: string
  /** Stops listening: requests under way are answered first, unless they take longer than 3 seconds. */
  close(): Promise<void>
}

/** How long requests that are still arriving may take when the server closes, in milliseconds. */
const uploadGrace = 1000

/** How long answers may take when the server closes, in milliseconds; then their connections are cut. */
const answerGrace = 3000

/** A server, and what has not been answered yet. */
interface Serving {
  server: Server
  /** A list: what is deleted from a set, V8 keeps until it next collects all garbage. */
  underWay: ServerResponse[]
  closing: AbortController
}

/** Begins to serve the sandbox at an address; default: a free port of this machine's loopback. */
export type Listen = (address?: { port?: number; host?: string }) => Promise<Listening>

/** What of serving can be told. */
export interface ListenOptions {
  /** How long a request may take to arrive whole, in milliseconds; then it gets 408. Default 30 seconds. */
  requestTimeout?: number
}

/**
 * Creates what serves the sandbox over HTTP. Listening rejects, saying what to do, where the address cannot be had.
 */
export function createListen(handle: Handle, { requestTimeout = 30_000 }: ListenOptions = {}): Listen {
  return async ({ port = 0, host = '127.0.0.1' } = {}) => {
    // Node would listen on all addresses.
    if (host === '') throw cannotListen(new Error('the host is empty. Use 127.0.0.1'), { port, host })
    const serving = createServing(handle, requestTimeout)
    await start(serving.server, { port, host }).catch((error) => {
      throw cannotListen(error, { port, host })
    })
    let stopped: Promise<void> | undefined
    const close = () => {
      stopped ??= stop(serving)
      return stopped
    }
    return { url: urlOf(serving.server, host), close } satisfies Listening
  }
}

function createServing(handle: Handle, requestTimeout: number): Serving {
  const closing = new AbortController()
  setMaxListeners(0, closing.signal)
  const underWay: ServerResponse[] = []
  const serve = (request: IncomingMessage, response: ServerResponse) => {
    underWay.push(response)
    response.once('close', () => underWay.splice(underWay.indexOf(response), 1))
    // The caller has left, or a header cannot be sent: either way nothing more can be said on this connection.
    answer(handle, { request, response, closing: closing.signal }).catch(() => response.destroy())
  }
  // Node would refuse what lacks a host, or expects what it does not know, without a body.
  const times = { requestTimeout, headersTimeout: requestTimeout, connectionsCheckingInterval: requestTimeout / 30 }
  const server = createServer({ ...times, requireHostHeader: false }, serve)
  server.on('checkExpectation', serve).on('checkContinue', serve)
  server.on('connect', (_, socket) => refuseTunnel(socket))
  server.on('clientError', async (error, socket) => {
    // What came whole before it on the connection has been carried out, and is answered first.
    const before = underWay.filter(({ req }) => req.socket === socket && req.complete)
    await Promise.all(before.map(untilClosed))
    // After an answer to a request that never came whole, another would be taken for its end.
    if (underWay.some(({ req, headersSent }) => req.socket === socket && headersSent)) socket.destroy()
    else refuseMalformed(error, socket)
  })
  return { server, underWay, closing }
}

/** One request and its answer to be. */
interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  closing: AbortSignal
}

async function answer(handle: Handle, { request, response, closing }: Exchange): Promise<void> {
  const head = readHead(request)
  const awaits = awaitsContinue(request)
  const refusal = refuseHead(request, head)
  if (refusal) {
    request.resume()
    const leave = () => undefined
    const isUploading = !request.complete && !awaits
    return sendResponse(response, errorResponse(refusal), { closing, isUploading, leave })
  }
  let isAwaited = !awaits
  const body = await readBody(request, head, () => {
    if (awaits) response.writeContinue()
    isAwaited = true
  })
  if (body === undefined) return
  const departure = createDeparture(response)
  const answered = await handle({ ...head, body, signal: departure.signal })
  if (response.destroyed) return
  await sendResponse(response, answered, {
    closing,
    isUploading: body === 'too-large' && isAwaited,
    leave: departure.leave,
  })
}

/** A signal that the caller has left, made only when someone asks for it: few requests need one. */
function createDeparture(response: ServerResponse): { signal: () => AbortSignal; leave: () => void } {
  let controller: AbortController | undefined
  const leave = () => controller?.abort()
  return {
    signal() {
      if (controller) return controller.signal
      controller = new AbortController()
      if (response.destroyed) leave()
      else response.once('close', leave)
      return controller.signal
    },
    leave,
  }
}

function start(server: Server, address: { port: number; host: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: address.port, host: address.host.replace(/^\[(.*)\]$/, '$1') }, resolve)
  })
}

async function stop({ server, underWay, closing }: Serving): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  closing.abort()
  const late = setTimeout(() => {
    for (const response of [...underWay]) if (!response.req.complete) response.destroy()
  }, uploadGrace)
  const cut = setTimeout(() => server.closeAllConnections(), answerGrace)
  // Those that come meanwhile, on connections still open, are waited for as well.
  while (underWay[0]) await untilClosed(underWay[0])
  clearTimeout(late)
  clearTimeout(cut)
  server.closeAllConnections()
  await closed
}

const untilClosed = (response: ServerResponse) => new Promise((resolve) => response.once('close', resolve))

function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  const reachable = bare === '0.0.0.0' ? '127.0.0.1' : bare === '::' ? '::1' : bare
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

function cannotListen(error: Error & { code?: string }, { port, host }: { port: number; host: string }): Error {
  const advice: Record<string, string> = {
    EADDRINUSE: `port ${port} of ${host} is in use. Choose another one, or 0 for any that is free`,
    EACCES: `port ${port} is not allowed without further rights. Choose one above 1023, or 0 for any that is free`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 to be reached from others`,
    ENOTFOUND: `there is no host ${host}. Use 127.0.0.1, or 0.0.0.0 to be reached from others`,
    ERR_SOCKET_BAD_PORT: `expected a port from 0 to 65535, found ${port}`,
  }
  return new Error(`The sandbox cannot listen: ${advice[error.code ?? ''] ?? error.message}.`, { cause: error })
}
