import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type RecordedRequest, type RecordingFetch, recordRequests } from '@minimo/client/testing'
import type { Sandbox } from '@minimo/sandbox'

/** A request as the API got it. */
export interface Seen extends RecordedRequest {
  /** When it came, in milliseconds on the clock of `performance.now()`. */
  at: number
  /** What it was answered; `undefined` where the connection broke before that, or there is no answer yet. */
  status?: number
}

/** A port in front of a sandbox that keeps what went through it. */
export interface Front {
  url: string
  seen: Seen[]
  close(): void
}

/** Serves a sandbox, with its faults, on a port of this machine. */
export async function startFront(sandbox: Sandbox): Promise<Front> {
  const seen: Seen[] = []
  const recording = recordRequests((url, init) => sandbox.fetch(url, init))
  const server = createServer((request, response) => {
    pass(recording, seen, { request, response }).catch(() => request.socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function pass(
  { fetch, requests }: RecordingFetch,
  seen: Seen[],
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { method = '', headers } = request
  const body = await text(request)
  const { authorization = '', 'content-type': type } = headers
  const answering = fetch(`http://sandbox${request.url}`, {
    method,
    headers: { authorization, ...(type && { 'content-type': type }) },
    ...(body && { body }),
  })
  const recorded = requests.at(-1)
  if (!recorded) throw new Error('the request was not recorded')
  const one: Seen = { ...recorded, at: performance.now() }
  seen.push(one)
  const answer = await answering
  one.status = answer.status
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(await answer.text())
}
