import { createFinalURL, defaultBodySerializer } from 'openapi-fetch'
import type { ApiRequest, HeaderValues, Operation } from './call.ts'
import { MinimoError } from './errors.ts'
import { mergeLayers } from './headers.ts'
import type { ClientOptions } from './options.ts'
import { fillPath, parseBaseUrl, serializeQuery } from './url.ts'

/** What an operation is called with, as openapi-fetch spells it. */
export interface RequestInput {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: HeaderValues } | undefined
  body?: unknown
  headers?: HeaderValues | undefined
  signal?: AbortSignal | null | undefined
  /** Writes the body; JSON by default. */
  bodySerializer?: ((body: unknown, headers: ApiRequest['headers']) => BodyInit) | undefined
  /** Writes the query, without its question mark. */
  querySerializer?: ((query: Record<string, unknown>) => string) | undefined
}

/** Makes the request of an operation. `rest` is what else `fetch` is to be told. */
export type BuildRequest = (operation: Operation, input: RequestInput, rest: RequestInit) => ApiRequest

/** Prepares base URLs and headers. Throws `MinimoError` for those that cannot be used. */
export function createRequestBuilder(
  operations: readonly Operation[],
  { baseUrl, headers: clientHeaders }: Pick<ClientOptions, 'baseUrl' | 'headers'>,
): BuildRequest {
  const urlOf = (server: string) => parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server)
  const baseUrls = new Map(operations.map(({ server }) => [server, urlOf(server)]))
  const plain = Object.fromEntries(mergeLayers([clientHeaders]))
  const json = { 'content-type': 'application/json', ...plain }

  return (operation, { params = {}, body, headers: ownHeaders, signal, ...input }, rest) => {
    const { path, query = {}, header } = params
    const { bodySerializer = defaultBodySerializer, querySerializer = serializeQuery } = input
    const withOwn = (base: ApiRequest['headers']) =>
      header || ownHeaders ? Object.fromEntries(mergeLayers([base, header, ownHeaders], operation)) : base
    const content = isSendable(body) ? body : serialize(() => bodySerializer(body, withOwn(json)), operation)
    const baseOfUrl = baseUrls.get(operation.server) ?? ''
    return {
      ...rest,
      ...(signal && { signal }),
      ...(content !== undefined && { body: content }),
      // What fetch needs to be told before it takes a stream.
      ...(content instanceof ReadableStream && { duplex: 'half' }),
      method: operation.method,
      url: createFinalURL(baseOfUrl + fillPath(operation, path), {
        baseUrl: '',
        params: { query },
        querySerializer,
        pathSerializer: String,
      }),
      // Forms, blobs and the like bring their own content type.
      headers: withOwn(typeof content === 'string' ? json : plain),
      // The key and the body must not follow a redirect to another host.
      redirect: 'manual',
    }
  }
}

/** Whether `fetch` takes a body as it is. */
function isSendable(body: unknown): body is Exclude<BodyInit, string> | undefined {
  const kinds = [FormData, Blob, ReadableStream, URLSearchParams, ArrayBuffer]
  return body === undefined || ArrayBuffer.isView(body) || kinds.some((kind) => body instanceof kind)
}

function serialize(write: () => BodyInit, operation: Operation): BodyInit {
  try {
    return write()
  } catch (cause) {
    throw new MinimoError('the body cannot be written as JSON', { operation, cause })
  }
}
