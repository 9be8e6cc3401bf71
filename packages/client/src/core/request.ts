import type { ApiRequest, FetchBody, HeaderValues, Operation } from './call.ts'
import { ClientError } from './errors.ts'
import { isRemoved, mergeLayers } from './headers.ts'
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

/** Makes the requests of an operation. `headers` are those of the call, `rest` is what else `fetch` is to be told. */
export type BuildRequest = (input: RequestInput, headers: HeaderValues | undefined, rest?: RequestInit) => ApiRequest

/** Makes what prepares an operation. Both throw `ClientError` for base URLs and headers that cannot be used. */
export function createRequestBuilder(
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
): (operation: Operation) => BuildRequest {
  const {
    baseUrl: base,
    allowHttp,
    headers: clientHeaders = {},
    writeParameters = writePlainParameters,
    writeBody = missingOption('writeBody'),
  } = client
  const plain = Object.fromEntries(mergeLayers([clientHeaders]))
  // Headers of the client can take the content type away for good.
  const isTyped = !isRemoved(clientHeaders, 'content-type')

  return (operation) => {
    const { method, server } = operation
    const baseUrl = parseBaseUrl(typeof base === 'string' ? base : base[server], server, allowHttp)
    const writeParametersOf = writeParameters(operation, client)
    const writeBodyOf = (operation.body ? writeBody : writeJson)(operation, client)

    return (input, ownHeaders, rest) => {
      const { path, query, header } = writeParametersOf(input)
      const headersWith = (type?: string) => {
        const usual = type && isTyped ? { 'content-type': type, ...plain } : plain
        return header || ownHeaders ? Object.fromEntries(mergeLayers([usual, header, ownHeaders], operation)) : usual
      }
      const { content, headers } = writeBodyOf(input, headersWith)
      if (content !== undefined && /^(GET|HEAD)$/.test(method)) throw new ClientError('takes no body', { operation })
      return {
        ...rest,
        method,
        url: baseUrl + appendQuery(path, query),
        headers,
        // The key and the body must not follow a redirect to another host.
        redirect: 'manual',
        ...(content !== undefined && { body: content }),
        // What fetch needs to be told before it takes a stream.
        ...(isStream(content) && { duplex: 'half' }),
      }
    }
  }
}
