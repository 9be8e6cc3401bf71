import { STATUS_CODES } from 'node:http'
import { errorCodes } from '@minimo/api-types'
import { decodeBody } from '../exchange/decode-body.ts'
import { controlPrefix, type Handle, type SandboxRequest, type SandboxResponse } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'
import { isKeyOf } from '../validation/parse-object.ts'
import type { Controls } from './controls.ts'
import type { Answer, Endpoint } from './endpoint.ts'
import { endpoints } from './endpoints.ts'

/** What the control API acts on, and for whom. */
export interface ControlApiOptions {
  controls: Controls
  /** Who may use it: requests from this machine or all. */
  allow: 'local' | 'all'
  /** How often a stream of events says that it is still there, in milliseconds; default 15 seconds. */
  heartbeat?: number
}

/** Answers requests to `/_sandbox` and below. Errors are `{ error: { code, message, details? } }`. */
export function createControlApi({ controls, allow, heartbeat = 15_000 }: ControlApiOptions): Handle {
  return async (request) => {
    try {
      checkCaller(request, allow)
      const { endpoint, id } = findEndpoint(request)
      const answer = await endpoint.answer({ request: await decodeBody(request), controls, id, heartbeat })
      return toResponse(answer, request.method)
    } catch (error) {
      return toErrorResponse(error)
    }
  }
}

/** What proxies add to a request that they pass on: who sent it, nobody can tell from the connection. */
const proxyHeaders = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto']

function checkCaller({ local, headers }: SandboxRequest, allow: ControlApiOptions['allow']): void {
  if (headers.origin !== undefined) {
    throw new Refusal(403, 'The control API answers no web pages: send the request without an Origin header')
  }
  if (allow === 'all') return
  const proxied = proxyHeaders.find((name) => headers[name] !== undefined)
  if (proxied !== undefined) {
    const advice = "start the sandbox with the option control: 'all' to let everyone behind the proxy use it"
    throw new Refusal(403, `The control API answers no proxies: ${proxied} says that the caller is another; ${advice}`)
  }
  if (!local) {
    const advice = "start the sandbox with the option control: 'all' to let every machine use it"
    throw new Refusal(403, `The control API answers only requests from the machine that it runs on; ${advice}`)
  }
}

/** The endpoint for the request, and the id in its path (empty where there is none). */
function findEndpoint({ method, path }: SandboxRequest): { endpoint: Endpoint; id: string } {
  const found = endpoints.flatMap((endpoint) => {
    const id = matchPath(endpoint.path, path)
    return id === undefined ? [] : [{ endpoint, id }]
  })
  if (found.length === 0) {
    const known = endpoints.map((endpoint) => `${endpoint.method} ${controlPrefix}${endpoint.path}`)
    throw new Refusal(404, `The control API has no such path; it has ${known.join(', ')}`, { details: known })
  }
  const wanted = method === 'HEAD' ? 'GET' : method
  const match = found.find(({ endpoint }) => endpoint.method === wanted)
  if (match) return match
  const allowed = found.map(({ endpoint }) => (endpoint.method === 'GET' ? 'GET, HEAD' : endpoint.method)).join(', ')
  throw new Refusal(405, `This path takes ${allowed}`, { code: 'method_not_allowed', headers: { allow: allowed } })
}

/** The id in a path of this pattern; `undefined` where the path is another. */
function matchPath(pattern: string, path: string): string | undefined {
  const wanted = `${controlPrefix}${pattern}`.split('/')
  const given = path.replace(/\/$/, '').split('/')
  if (wanted.length !== given.length) return undefined
  let id = ''
  for (const [index, segment] of wanted.entries()) {
    if (segment === '{id}') id = given[index] ?? ''
    else if (segment !== given[index]) return undefined
  }
  return id
}

function toResponse({ status = 200, body, stream }: Answer, method?: string): SandboxResponse {
  if (stream) {
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
    // It would never end, and nobody reads it.
    return method === 'HEAD' ? { status, headers } : { status, headers, body: stream }
  }
  if (body === undefined) return { status: 204, headers: {} }
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function toErrorResponse(error: unknown): SandboxResponse {
  if (!(error instanceof Refusal)) {
    const kind = error instanceof Error ? error.name : typeof error
    return toErrorResponse(new Refusal(500, `The sandbox itself has failed (${kind}). Please report this`))
  }
  const { status, message, details, headers } = error
  const code = error.code ?? (isKeyOf(errorCodes, status) ? errorCodes[status] : defaultCode(status))
  const response = toResponse({ status, body: { error: { code, message, ...(details !== undefined && { details }) } } })
  return { ...response, headers: { ...response.headers, ...headers } }
}

/** The status's name as a code, such as `content_too_large`. */
function defaultCode(status: number): string {
  return (STATUS_CODES[status] ?? `http ${status}`).toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
}
