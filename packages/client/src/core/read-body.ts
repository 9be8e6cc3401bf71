import type { Call, Plugin } from './call.ts'
import { ResponseParseError } from './errors.ts'
import { contentOf, holdBody } from './held-response.ts'
import { connectionError } from './transport.ts'

/** Bytes of an error's body that are read; what goes on longer is cut, and its stream cancelled. */
const errorLimit = 2 ** 20

/**
 * Reads the body inside the attempt, so that a stall or a reset half-way counts as a failed attempt; leaves it where the
 * caller asked for a stream. A success that breaks off is a `ConnectionError`, one longer than `maxResponseBytes` a
 * `ResponseParseError`; of an error, what came is kept.
 */
export const readBody: Plugin = (next) => async (call) => {
  const response = await next(call)
  const { operation, options, request } = call
  const { ok } = response
  const ahead = ok ? options.read(response) : 'text'
  if (contentOf(response) !== undefined || ahead === 'stream') return response
  const most = options.maxResponseBytes === false ? Number.POSITIVE_INFINITY : options.maxResponseBytes
  const limit = ok ? most : errorLimit
  if (ok && ahead === 'text' && isWithin(limit, response.headers)) {
    return holdBody(response, await response.text().catch((cause) => fail(call, cause)))
  }
  const { chunks, isCut, failure } = await collect(response, limit)
  if (failure && (ok || request.signal?.aborted)) fail(call, failure.cause)
  if (ok && isCut) {
    const found = `a body of more than ${limit} bytes (raise maxResponseBytes, or parseAs: 'stream')`
    throw new ResponseParseError(operation, response, { found, text: decode(chunks.slice(0, 1)) })
  }
  if (ahead === 'bytes') return holdBody(response, new Blob(chunks))
  return holdBody(response, decode(chunks))
}

function fail(call: Call, cause: unknown): never {
  throw connectionError('an incomplete response', call, cause)
}

/** Whether the head promises a body that is short enough: then it can be read whole, which is faster for some `fetch`. */
const isWithin = (limit: number, headers: Headers): boolean =>
  Number(headers.get('content-length') ?? Number.NaN) <= limit && !headers.has('content-encoding')

/** What came of a body, and how it ended before its time, if it did. */
interface Collected {
  chunks: Uint8Array<ArrayBuffer>[]
  isCut?: boolean
  failure?: { cause: unknown }
}

async function collect(response: Response, limit: number): Promise<Collected> {
  const chunks: Collected['chunks'] = []
  let left = limit
  try {
    const { body } = response
    if (!body) return { chunks }
    // The bodies of some stand-ins for `fetch` are no web streams.
    if (!body.getReader) return { chunks: [new Uint8Array(await response.arrayBuffer())] }
    const reader = body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { chunks }
      chunks.push(left < value.length ? value.subarray(0, left) : value)
      left -= value.length
      if (left >= 0) continue
      reader.cancel().catch(() => {})
      return { chunks, isCut: true }
    }
  } catch (cause) {
    return { chunks, failure: { cause } }
  }
}

function decode(chunks: readonly Uint8Array[]): string {
  // Some test environments have no decoder.
  if (chunks.length === 0) return ''
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
}
