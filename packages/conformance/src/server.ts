import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Exchange, Step } from './stage.ts'

/** A server on this machine that answers as it is told to. */
export interface Loopback {
  /** Its origin, without a trailing slash. */
  url: string
  /** Stops it and frees its port. */
  close(): Promise<void>
}

/** What one script has been asked so far, and who waits to hear of it. */
interface Session {
  steps: readonly Step[]
  seen: Exchange[]
  waiting: (() => void)[]
}

/**
 * Starts a server that plays scripts. `POST /scripts` with steps as JSON answers `{ path }`; requests beneath that
 * path get one step after the other, the last one again and again. `<path>/seen?count=2` answers the requests that
 * came, once there are as many. Open to pages of any origin.
 */
export async function startLoopback(): Promise<Loopback> {
  const server = createServer(createListener())
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function createListener(): RequestListener {
  const sessions = new Map<string, Session>()
  return async (request, response) => {
    allowAnyOrigin(request, response)
    const { method = '', url = '', headers } = request
    const body = await readText(request)
    const [, id = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(url) ?? []
    const session = sessions.get(id)
    if (method === 'OPTIONS') end(response, 204)
    else if (url === '/page') response.setHeader('content-type', 'text/html').end('<!doctype html><title>page</title>')
    else if (url === '/scripts') {
      const path = `/${sessions.size}`
      sessions.set(path.slice(1), { steps: JSON.parse(body), seen: [], waiting: [] })
      end(response, 200, { path })
    } else if (!session) end(response, 500, { message: `there is no script ${id}` })
    else if (rest.startsWith('/seen?count=')) answerSeen(session, Number(rest.split('=')[1]), response)
    else {
      session.seen.push({ method, url: rest, headers: flatten(headers), body })
      for (const tell of session.waiting.splice(0)) tell()
      play(session.steps[Math.min(session.seen.length, session.steps.length) - 1], response)
    }
  }
}

function play(step: Step | undefined, response: ServerResponse): void {
  if (step === undefined || step === 'reset') return void response.socket?.resetAndDestroy()
  response.writeHead(step.status, step.headers)
  if (step.stall) response.write(step.body ?? '')
  else response.end(step.body)
}

function answerSeen(session: Session, count: number, response: ServerResponse): void {
  if (session.seen.length >= count) end(response, 200, session.seen)
  else session.waiting.push(() => answerSeen(session, count, response))
}

function end(response: ServerResponse, status: number, body?: unknown): void {
  // So that the request under test gets a connection of its own: on one that was used before, Chromium and Deno
  // send again by themselves what a reset took, and the client cannot keep them from it.
  response.writeHead(status, { connection: 'close', 'content-type': 'application/json' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

function allowAnyOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE')
  // Not `*`, which leaves out authorization. The client sends this, x-minimo-retry-count and x-minimo-client.
  response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '')
  response.setHeader('access-control-expose-headers', 'retry-after, retry-after-ms, x-request-id')
}

const flatten = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
