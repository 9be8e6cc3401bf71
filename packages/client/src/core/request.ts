import type { ApiRequest, FetchBody, HeaderValues, Operation } from './call.ts'
import { mergeLayers } from './headers.ts'
import { isStream } from './held-response.ts'
import { type ClientOptions, missingOption } from './options.ts'
import { createPathFiller, parseBaseUrl, serializeQuery } from './url.ts'
import { writeJson } from './write-json.ts'

/** What an operation is called with. */
export interface RequestInput {
  path?: Readonly<Record<string, unknown>> | undefined
  query?: Readonly<Record<string, unknown>> | undefined
  header?: HeaderValues | undefined
  body?: unknown
  /** The media type that the body is written in, where the operation has several. Default: its first. */
  contentType?: string | undefined
  /** Writes the body; JSON by default. */
  bodySerializer?: ((body: unknown, headers: ApiRequest['headers']) => FetchBody) | undefined
  /** Writes the query, without its question mark. */
  querySerializer?: ((query: Record<string, unknown>) => string) | undefined
}

/** Makes the request of an operation. `headers` are those of the call, `rest` is what else `fetch` is to be told. */
export type BuildRequest = (
  operation: Operation,
  input: RequestInput,
  headers: HeaderValues | undefined,
  rest?: RequestInit,
) => ApiRequest

/** Prepares base URLs and headers. Throws `MinimoError` for those that cannot be used. */
export function createRequestBuilder(
  operations: readonly Operation[],
  client: Pick<ClientOptions, 'baseUrl' | 'allowHttp' | 'headers' | 'writeBody' | 'writeForm'>,
): BuildRequest {
  const { baseUrl, allowHttp, headers: clientHeaders, writeBody = missingOption('writeBody') } = client
  const urlOf = (server: string) =>
    parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server, allowHttp)
  const prepare = (operation: Operation) => ({
    baseUrl: urlOf(operation.server),
    fillPath: createPathFiller(operation),
    write: (operation.body ? writeBody : writeJson)(operation, client),
  })
  const prepared = new Map(operations.map((operation) => [operation, prepare(operation)]))
  const plain = Object.fromEntries(mergeLayers([clientHeaders]))
  // Headers of the client can take the content type away for good.
  const isTyped = mergeLayers([{ 'content-type': 'any' }, clientHeaders]).has('content-type')

  return (operation, { path, query, header, ...input }, ownHeaders, rest) => {
    const { querySerializer = serializeQuery } = input
    const { baseUrl, fillPath, write } = prepared.get(operation) ?? prepare(operation)
    const headersWith = (type?: string) => {
      const base = type && isTyped ? { 'content-type': type, ...plain } : plain
      return header || ownHeaders ? Object.fromEntries(mergeLayers([base, header, ownHeaders], operation)) : base
    }
    const { content, headers } = write(input, headersWith)
    const base = baseUrl + fillPath(path)
    const request: RequestInit & ApiRequest = {
      ...rest,
      method: operation.method,
      url: query ? appendQuery(base, querySerializer(query)) : base,
      headers,
      // The key and the body must not follow a redirect to another host.
      redirect: 'manual',
    }
    if (content !== undefined) request.body = content
    // What fetch needs to be told before it takes a stream.
    return isStream(content) ? Object.assign(request, { duplex: 'half' }) : request
  }
}

const appendQuery = (url: string, query: string) => (query ? `${url}?${query.replace(/^\?/, '')}` : url)
