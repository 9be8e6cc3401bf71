import { type OperationId, servers } from '@minimo/api-types'
import { ClientError } from '../core/errors.ts'
import type { Fetch } from '../core/transport.ts'
import { all, findExample } from './answers.ts'

/** A request that a `fetch` was given. */
export interface RecordedRequest {
  operation: OperationId
  path: Record<string, string>
  query: Record<string, string>
  headers: Record<string, string>
  /** The parsed body; `undefined` where there was none. */
  body: unknown
}

/** A `fetch`, and what it was given so far. */
export interface RecordingFetch {
  fetch: Fetch
  requests: RecordedRequest[]
}

/**
 * Keeps what another `fetch` is given, such as the sandbox's. Its own throws `ClientError` for requests that are none of
 * the API's.
 */
export const recordRequests = (fetch: Fetch): RecordingFetch => record((_, url, init) => fetch(url, init))

function record(
  answer: (request: RecordedRequest, url: string, init: RequestInit) => Promise<Response>,
): RecordingFetch {
  const requests: RecordedRequest[] = []
  return {
    requests,
    async fetch(url, init) {
      const request = readRequest(url, init)
      requests.push(request)
      return answer(request, url, init)
    },
  }
}

/**
 * Makes a `fetch` for a client under test. Each operation answers its first documented success, or what `answers` names
 * for it: another documented status, or the name of an example. Throws `ClientError` for what the description does not
 * have, and its `fetch` for requests that are none of the API's.
 */
export function createExampleFetch({
  answers = {},
}: {
  answers?: Partial<Record<OperationId, number | string>>
} = {}): RecordingFetch {
  for (const [id, answer] of Object.entries(answers)) findExample(id as OperationId, answer)
  return record(async ({ operation }, _, { signal }) => {
    signal?.throwIfAborted()
    const { status, body } = findExample(operation, answers[operation])
    return body === undefined ? new Response(null, { status }) : Response.json(body, { status })
  })
}

function readRequest(url: string, { method = 'GET', headers, body }: RequestInit): RecordedRequest {
  const { origin, pathname, searchParams } = new URL(url)
  // Behind a base URL of one's own a path may have more in front; on a server of the API nothing may.
  const isOwn = Object.values<string>(servers).includes(origin)
  const matches = all.flatMap((operation) => {
    if (isOwn && servers[operation.server as keyof typeof servers] !== origin) return []
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const values = new RegExp(`${isOwn ? '^' : ''}${operation.path.replace(/\{\w+\}/g, '([^/]+)')}$`)
      .exec(pathname)
      ?.slice(1)
    if (!values || operation.method !== method) return []
    const path = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]))
    return [{ operation: operation.id as OperationId, path, names }]
  })
  // A path without parameters is meant where it and a template both fit.
  const [match] = matches.sort((one, other) => one.names.length - other.names.length)
  if (!match)
    throw new ClientError(`${method} ${origin}${pathname} is no operation of the API: see its servers and paths`)
  return {
    operation: match.operation,
    path: match.path,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(new Headers(headers)),
    body: parse(body),
  }
}

/** A JSON body as what it says; any other as it is. */
function parse(body: RequestInit['body']): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : (body ?? undefined)
  } catch {
    return body
  }
}
