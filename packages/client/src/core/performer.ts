import { createFinalURL, defaultBodySerializer, mergeHeaders } from 'openapi-fetch'
import { auth } from '../plugins/auth.ts'
import { retry } from '../plugins/retry.ts'
import { timeout } from '../plugins/timeout.ts'
import {
  type ApiRequest,
  type CallOptions,
  compose,
  type HeaderValues,
  type Operation,
  type Plugin,
  type ResolvedOptions,
  sendThroughOwn,
} from './call.ts'
import { createDeprecationNotice } from './deprecation.ts'
import { MinimoError } from './errors.ts'
import { type ClientOptions, checkOptions, resolveOptions } from './options.ts'
import { createTransport, readBody, readWhole } from './transport.ts'
import { fillPath, parseBaseUrl, serializeQuery } from './url.ts'
import { parseResponse } from './whole-response.ts'

/** What an operation is called with, as openapi-fetch spells it. */
export interface PerformInit {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: HeaderValues }
  body?: unknown
  headers?: HeaderValues | undefined
  signal?: AbortSignal | null | undefined
  /** How a successful body is parsed: `json` by default, `stream`, or the name of another body reader. */
  parseAs?: 'json' | 'stream' | 'text' | 'blob' | 'arrayBuffer' | undefined
  bodySerializer?: ((body: unknown, headers: Headers) => BodyInit) | undefined
  querySerializer?: ((query: Record<string, unknown>) => string) | undefined
}

/** What came of an operation: `data` of a success, `error` (the body) of a failure. */
export interface Performed {
  data?: unknown
  error?: unknown
  response: Response
  /** How many requests it took. */
  attempts: number
}

/** Takes an operation through the client's plugins. */
export type Perform = (operation: Operation, init: PerformInit, options?: CallOptions) => Promise<Performed>

/** Prepares all that does not change from call to call. Throws `MinimoError` for options that cannot work. */
export function createPerformer(operations: readonly Operation[], options: ClientOptions): Perform {
  checkOptions(options)
  const { baseUrl } = options
  const urlOf = (server: string) => parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server)
  const baseUrls = new Map(operations.map(({ server }) => [server, urlOf(server)]))
  const transport = createTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init)))
  const send = compose(listPlugins(options), sendThroughOwn(transport))
  const noteDeprecation = createDeprecationNotice(options.logger)

  return async (operation, init, callOptions = {}) => {
    const { parseAs = 'json' } = init
    const { signal = init.signal, headers = init.headers, plugins = [] } = callOptions
    const resolved = resolveOptions({ ...callOptions, headers }, options, readers[parseAs] ?? 'bytes')
    const request = buildRequest(operation, baseUrls.get(operation.server) ?? '', { ...init, signal }, [
      options.headers,
      init.params?.header,
      headers,
    ])
    const expires = resolved.deadline === false ? Number.POSITIVE_INFINITY : Date.now() + resolved.deadline
    const progress = { attempts: 0 }
    const call = { operation, request, attempt: 1, options: resolved, expires, plugins, progress }
    try {
      const response = await readWhole(await send(call), call)
      noteDeprecation(operation, response.headers)
      const body = await parseResponse(response, parseAs, operation)
      return { [response.ok ? 'data' : 'error']: body, response, attempts: progress.attempts }
    } catch (error) {
      if (error instanceof MinimoError) error.attempts ||= progress.attempts
      throw error
    }
  }
}

/** How a body is read ahead, by what it is to be parsed as; anything else as bytes. */
const readers: Readonly<Record<string, ResolvedOptions['read']>> = { json: 'text', text: 'text', stream: 'stream' }

function listPlugins({ apiKey, plugins = [] }: ClientOptions): readonly Plugin[] {
  const builtIn = [retry(), timeout(), ...(apiKey === undefined ? [] : [auth(apiKey)]), readBody]
  return typeof plugins === 'function' ? plugins(builtIn) : [...plugins, ...builtIn]
}

/** The request as data, serialised once: every attempt sends the same bytes. */
function buildRequest(
  operation: Operation,
  baseUrl: string,
  {
    params = {},
    body,
    bodySerializer = defaultBodySerializer,
    querySerializer = serializeQuery,
    signal,
    ...init
  }: PerformInit,
  layers: (HeaderValues | undefined)[],
): ApiRequest {
  const { path, query = {} } = params
  const { parseAs: _, headers: __, ...rest } = init
  const contentType = body === undefined ? {} : { 'content-type': 'application/json' }
  let headers = mergeHeaders(contentType, ...layers)
  const content = body === undefined ? undefined : bodySerializer(body, headers)
  // A form brings its own content type, with the boundary in it.
  if (content instanceof FormData) headers = mergeHeaders(...layers)
  return {
    ...rest,
    ...(signal && { signal }),
    ...(content !== undefined && { body: content }),
    method: operation.method,
    url: createFinalURL(fillPath(operation, path), {
      baseUrl,
      params: { query },
      querySerializer,
      pathSerializer: String,
    }),
    headers: Object.fromEntries(headers),
    // The key and the body must not follow a redirect to another host.
    redirect: 'manual',
  }
}
