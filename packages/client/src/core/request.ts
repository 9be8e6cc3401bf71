import { defaultBodySerializer } from 'openapi-fetch'
import type { ApiRequest, HeaderValues, Operation } from './call.ts'
import { MinimoError } from './errors.ts'
import { mergeLayers } from './headers.ts'
import { isStream } from './held-response.ts'
import type { ClientOptions } from './options.ts'
import { createPathFiller, parseBaseUrl, serializeQuery } from './url.ts'

/** What an operation is called with. */
export interface RequestInput {
  path?: Readonly<Record<string, unknown>> | undefined
  query?: Readonly<Record<string, unknown>> | undefined
  header?: HeaderValues | undefined
  body?: unknown
  /** Writes the body; JSON by default. */
  bodySerializer?: ((body: unknown, headers: ApiRequest['headers']) => BodyInit) | undefined
  /** Writes the query, without its question mark. */
  querySerializer?: ((query: Record<string, unknown>) => string) | undefined
}

/** Makes the request of an operation. `headers` are those of the call, `rest` is what else `fetch` is to be told. */
export type BuildRequest = (
  operation: Operation,
  input: RequestInput,
  headers: HeaderValues | undefined,
  rest: RequestInit,
) => ApiRequest

/** Prepares base URLs and headers. Throws `MinimoError` for those that cannot be used. */
export function createRequestBuilder(
  operations: readonly Operation[],
  { baseUrl, allowHttp, headers: clientHeaders }: Pick<ClientOptions, 'baseUrl' | 'allowHttp' | 'headers'>,
): BuildRequest {
  const urlOf = (server: string) =>
    parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server, allowHttp)
  const baseUrls = new Map(operations.map(({ server }) => [server, urlOf(server)]))
  const fillers = new Map(operations.map((operation) => [operation, createPathFiller(operation)]))
  const plain = Object.fromEntries(mergeLayers([clientHeaders]))
  const json = { 'content-type': 'application/json', ...plain }

  return (operation, { path, query, header, body, ...input }, ownHeaders, rest) => {
    const { bodySerializer = defaultBodySerializer, querySerializer = serializeQuery } = input
    const withOwn = (base: ApiRequest['headers']) =>
      header || ownHeaders ? Object.fromEntries(mergeLayers([base, header, ownHeaders], operation)) : base
    const content = isSendable(body) ? body : serialize(() => bodySerializer(body, withOwn(json)), operation)
    const base = `${baseUrls.get(operation.server)}${fillers.get(operation)?.(path)}`
    const request: RequestInit & ApiRequest = {
      ...rest,
      method: operation.method,
      url: query ? appendQuery(base, querySerializer(query)) : base,
      // Forms, blobs and the like bring their own content type.
      headers: withOwn(typeof content === 'string' ? json : plain),
      // The key and the body must not follow a redirect to another host.
      redirect: 'manual',
    }
    if (content !== undefined) request.body = content
    // What fetch needs to be told before it takes a stream.
    return isStream(content) ? Object.assign(request, { duplex: 'half' }) : request
  }
}

const appendQuery = (url: string, query: string) => (query ? `${url}?${query.replace(/^\?/, '')}` : url)

/** Whether `fetch` takes a body as it is. */
function isSendable(body: unknown): body is Exclude<BodyInit, string> | undefined {
  if (body === undefined || ArrayBuffer.isView(body) || isStream(body)) return true
  const kinds = [globalThis.FormData, globalThis.Blob, URLSearchParams, ArrayBuffer]
  // Plain objects, the usual bodies, need not be compared with each kind.
  return body instanceof Object && body.constructor !== Object && kinds.some((kind) => kind && body instanceof kind)
}

function serialize(write: () => BodyInit, operation: Operation): BodyInit {
  try {
    return write()
  } catch (cause) {
    throw new MinimoError('the body cannot be written as JSON', { operation, cause })
  }
}
