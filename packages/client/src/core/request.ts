import { defaultBodySerializer } from 'openapi-fetch'
import type { ApiRequest, HeaderValues, Operation } from './call.ts'
import { MinimoError } from './errors.ts'
import { mergeLayers } from './headers.ts'
import { isStream } from './held-response.ts'
import type { ClientOptions } from './options.ts'
import { type ParameterInput, type Serializers, writePlainParameters } from './parameters.ts'
import { appendQuery, parseBaseUrl } from './url.ts'

/** What an operation is called with. */
export interface RequestInput extends ParameterInput {
  body?: unknown
  /** Writes the body; JSON by default. */
  bodySerializer?: ((body: unknown, headers: ApiRequest['headers']) => BodyInit) | undefined
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
  client: Pick<ClientOptions, 'baseUrl' | 'allowHttp' | 'headers' | 'writeParameters' | keyof Serializers>,
): BuildRequest {
  const { baseUrl, allowHttp, headers: clientHeaders, writeParameters = writePlainParameters } = client
  const urlOf = (server: string) =>
    parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server, allowHttp)
  const prepare = (operation: Operation) => ({
    base: urlOf(operation.server),
    write: writeParameters(operation, client),
  })
  const prepared = new Map(operations.map((operation) => [operation, prepare(operation)]))
  const plain = Object.fromEntries(mergeLayers([clientHeaders]))
  const json = { 'content-type': 'application/json', ...plain }

  return (operation, { body, bodySerializer = defaultBodySerializer, ...input }, ownHeaders, rest) => {
    const { base, write } = prepared.get(operation) ?? prepare(operation)
    const { path, query, header } = write(input)
    const withOwn = (base: ApiRequest['headers']) =>
      header || ownHeaders ? Object.fromEntries(mergeLayers([base, header, ownHeaders], operation)) : base
    const content = isSendable(body) ? body : serialize(() => bodySerializer(body, withOwn(json)), operation)
    const request: RequestInit & ApiRequest = {
      ...rest,
      method: operation.method,
      url: base + appendQuery(path, query),
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
