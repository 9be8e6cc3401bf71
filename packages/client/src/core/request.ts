import type { ApiRequest, FetchBody, HeaderValues, Operation } from './call.ts'
import { mergeLayers } from './headers.ts'
import { isStream } from './held-response.ts'
import { type ClientOptions, missingOption } from './options.ts'
import { type ParameterInput, type Serializers, writePlainParameters } from './parameters.ts'
import { appendQuery, parseBaseUrl } from './url.ts'
import { writeJson } from './write-json.ts'

/** What an operation is called with. */
export interface RequestInput extends ParameterInput {
  body?: unknown
  /** The media type that the body is written in, where the operation has several. Default: its first. */
  contentType?: string | undefined
  /** Writes the body; JSON by default. */
  bodySerializer?: BodySerializer | undefined
}

/** Writes a body under headers, as openapi-fetch has it. */
export type BodySerializer = (body: unknown, headers: ApiRequest['headers']) => FetchBody

/** Makes the request of an operation. `headers` are those of the call, `rest` is what else `fetch` is to be told. */
export type BuildRequest = (
  operation: Operation,
  input: RequestInput,
  headers: HeaderValues | undefined,
  rest?: RequestInit,
) => ApiRequest

/** Prepares base URLs and headers. Throws `ClientError` for those that cannot be used. */
export function createRequestBuilder(
  operations: readonly Operation[],
  client: Pick<
    ClientOptions,
    | 'baseUrl'
    | 'allowHttp'
    | 'headers'
    | 'writeParameters'
    | 'writeBody'
    | 'writeForm'
    | 'bodySerializer'
    | keyof Serializers
  >,
): BuildRequest {
  const { baseUrl, allowHttp, headers: clientHeaders } = client
  const { writeParameters = writePlainParameters, writeBody = missingOption('writeBody') } = client
  const urlOf = (server: string) =>
    parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server, allowHttp)
  const prepare = (operation: Operation) => ({
    baseUrl: urlOf(operation.server),
    parameters: writeParameters(operation, client),
    body: (operation.body ? writeBody : writeJson)(operation, client),
  })
  const prepared = new Map(operations.map((operation) => [operation, prepare(operation)]))
  const plain = Object.fromEntries(mergeLayers([clientHeaders]))
  // Headers of the client can take the content type away for good.
  const isTyped = mergeLayers([{ 'content-type': 'any' }, clientHeaders]).has('content-type')

  return (operation, input, ownHeaders, rest) => {
    const write = prepared.get(operation) ?? prepare(operation)
    const { path, query, header } = write.parameters(input)
    const headersWith = (type?: string) => {
      const base = type && isTyped ? { 'content-type': type, ...plain } : plain
      return header || ownHeaders ? Object.fromEntries(mergeLayers([base, header, ownHeaders], operation)) : base
    }
    const { content, headers } = write.body(input, headersWith)
    const request: RequestInit & ApiRequest = {
      ...rest,
      method: operation.method,
      url: write.baseUrl + appendQuery(path, query),
      headers,
      // The key and the body must not follow a redirect to another host.
      redirect: 'manual',
    }
    if (content !== undefined) request.body = content
    // What fetch needs to be told before it takes a stream.
    return isStream(content) ? Object.assign(request, { duplex: 'half' }) : request
  }
}
