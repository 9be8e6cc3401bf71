import { errorCodes, type OperationId, operations } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import { createApiError } from './core/api-error.ts'
import type { Operation, OperationRow } from './core/call.ts'
import { type ApiError, ConnectionError, MinimoError, TimeoutError } from './core/errors.ts'
import { redact } from './core/redact.ts'
import type { Fetch } from './core/transport.ts'

const all: readonly Operation[] = Object.entries(operations as object as Record<string, OperationRow>).map(
  ([id, row]) => ({ ...row, id }),
)
const [anyOperation] = all as [Operation]

const find = (id: OperationId | undefined): Operation => all.find((operation) => operation.id === id) ?? anyOperation

/** What an error made by hand shall have; all of it has a default. */
export interface ApiErrorInput {
  /** operationId of the call that failed. Default: that of some operation. */
  operation?: OperationId
  /** Default: the API's own code for the status. */
  code?: string
  message?: string
  details?: unknown
  headers?: Record<string, string>
}

/** Makes the error with which the client rejects on a status, a `RateLimitError` for 429; to reject a mock with. */
export function apiError(status: number, { operation, headers = {}, ...error }: ApiErrorInput = {}): ApiError {
  return createApiError({
    operation: find(operation),
    request: {},
    response: new Response(null, { status, headers }),
    body: { error: { message: 'made by a test', ...error } },
    errorCodes,
    progress: { attempts: 1, secrets: [] },
  })
}

/** Makes the error of a call that got no answer; `requestSent`: the API may have seen it. Default true. */
export const connectionError = ({
  operation,
  requestSent = true,
}: {
  operation?: OperationId
  requestSent?: boolean
} = {}) => new ConnectionError('no response', find(operation), { cause: new Error('made by a test'), requestSent })

/** Makes the error of a call that took too long. */
export const timeoutError = ({ operation }: { operation?: OperationId } = {}): TimeoutError =>
  new TimeoutError('timeout', 30_000, find(operation))

/** A request that an example `fetch` was given. */
export interface ExampleRequest {
  operation: OperationId
  path: Record<string, string>
  query: Record<string, string>
  headers: Record<string, string>
  /** The parsed body; `undefined` where there was none. */
  body: unknown
}

/** A `fetch` that answers with the API description's own examples, and what it was given so far. */
export interface ExampleFetch {
  fetch: Fetch
  requests: ExampleRequest[]
}

/**
 * Makes a `fetch` for a client under test. Each operation answers its first documented success, or what `answers` names
 * for it: another documented status, or the name of an example. Throws `MinimoError` for what the description does not
 * have, and its `fetch` for requests that are none of the API's.
 */
export function createExampleFetch({
  answers = {},
}: {
  answers?: Partial<Record<OperationId, number | string>>
} = {}): ExampleFetch {
  for (const [id, answer] of Object.entries(answers)) findExample(id as OperationId, answer)
  const requests: ExampleRequest[] = []
  return {
    requests,
    async fetch(url, init) {
      const request = readRequest(url, init)
      requests.push(request)
      const { status, body } = findExample(request.operation, answers[request.operation])
      return body === undefined ? new Response(null, { status }) : Response.json(body, { status })
    },
  }
}

/** The answer of an operation: by status, by the name of an example, or its first success. */
function findExample(id: OperationId, answer: number | string | undefined): { status: number; body: unknown } {
  const documented = Object.entries(schemas.operations[id]?.responses ?? {}).flatMap(([code, types]) => {
    const [content] = Object.values(types)
    const examples = Object.entries(content?.examples ?? {})
    return (examples.length ? examples : [[undefined, undefined] as const]).map(([name, body]) => ({
      status: Number(code),
      name,
      body,
    }))
  })
  const found = documented.find(({ status, name }) =>
    answer === undefined ? status < 300 : answer === status || answer === name,
  )
  if (found) return found
  const known = documented.map(({ status, name }) => (name ? `${status} (${name})` : status)).join(', ')
  throw new MinimoError(
    `${id} has no answer ${JSON.stringify(answer)}; the API description has ${known || 'no such operation'}`,
  )
}

function readRequest(url: string, { method = 'GET', headers, body }: RequestInit): ExampleRequest {
  const { pathname, searchParams } = new URL(url)
  const matches = all.flatMap((operation) => {
    const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const values = new RegExp(`${operation.path.replace(/\{\w+\}/g, '([^/]+)')}$`).exec(pathname)?.slice(1)
    if (!values || operation.method !== method) return []
    const path = Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]))
    return [{ operation: operation.id as OperationId, path, names }]
  })
  // A path without parameters is meant where it and a template both fit.
  const [match] = matches.sort((one, other) => one.names.length - other.names.length)
  if (!match) throw new MinimoError(`${method} ${pathname} is no operation of the API`)
  return {
    operation: match.operation,
    path: match.path,
    query: Object.fromEntries(searchParams),
    headers: Object.fromEntries(new Headers(headers)),
    body: typeof body === 'string' ? JSON.parse(body) : undefined,
  }
}

/**
 * Throws where what was logged shows a value that a request carried in a field that holds personal data, or its key;
 * names the operation and the field, never the value. `output` is a text, an error or any object, or a list of them,
 * looked at the ways loggers print them.
 */
export function assertNoPersonalData(output: unknown, { requests }: Pick<ExampleFetch, 'requests'>): void {
  const printed = [output, ...[output].flat()].flatMap(print).join('\n')
  const leaks = requests.flatMap(({ operation, path, query, body, headers }) => {
    const places = (find(operation).pii ?? []).filter(
      (place) => redact(printed, { path, query, body }, [place]) !== printed,
    )
    const key = headers.authorization?.replace(/^Bearer /, '')
    const isKeyShown = key !== undefined && redact(printed, {}, [], [key]) !== printed
    return [...places, ...(isKeyShown ? ['the API key'] : [])].map((place) => `${place} of ${operation}`)
  })
  if (leaks.length > 0) throw new Error(`what was logged shows ${[...new Set(leaks)].join(', ')}`)
}

/** A value as loggers print it. */
function print(value: unknown): string[] {
  const { message, stack } = value instanceof Error ? value : {}
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }
  const util = process?.getBuiltinModule?.('node:util') as
    | { inspect(value: unknown, options: object): string }
    | undefined
  return [String(value), toJson(value), message ?? '', stack ?? '', util?.inspect(value, { depth: 10 }) ?? '']
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}
