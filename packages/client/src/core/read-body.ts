import { boundOf, type Plugin } from './call.ts'
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
  const limit = ok ? boundOf(options.maxResponseBytes) : errorLimit
  const breakOff = (cause: unknown) => {
    if (ok || request.signal?.aborted) throw connectionError('an incomplete response', call, cause)
  }
  if (ok && ahead === 'text' && isWithin(limit, response.headers)) {
    return holdBody(response, `${await response.text().catch(breakOff)}`)
  }
  const chunks: Uint8Array<ArrayBuffer>[] = []
  const isCut = await collect(response, limit, chunks).catch(breakOff)
  if (ok && isCut) {
    const found = `a body of more than ${limit} bytes (raise maxResponseBytes, or parseAs: 'stream')`
    throw new ResponseParseError(operation, response, { found, text: decode(chunks.slice(0, 1)) })
  }
  return holdBody(response, ahead === 'bytes' ? new Blob(chunks) : decode(chunks))
}

/** Whether the head promises a body that is short enough: then it can be read whole, which is faster for some `fetch`. */
const isWithin = (limit: number, headers: Headers): boolean =>
  Number(headers.get('content-length') ?? Number.NaN) <= limit && !headers.has('content-encoding')

/** Reads a body into chunks. Tells whether it goes on beyond the limit; then the rest is cancelled. */
async function collect(response: Response, limit: number, chunks: Uint8Array[]): Promise<boolean> {
  const { body } = response
  if (!body) return false
  // The bodies of some stand-ins for `fetch` are no web streams.
  if (!body.getReader) return chunks.push(new Uint8Array(await response.arrayBuffer())) < 1
  const reader = body.getReader()
  for (let left = limit; left >= 0; ) {
    const { done, value } = await reader.read()
    if (done) return false
    chunks.push(value.subarray(0, left))
    left -= value.length
  }
  reader.cancel().catch(() => {})
  return true
}

function decode(chunks: readonly Uint8Array[]): string {
  // Some test environments have no decoder.
  if (chunks.length === 0) return ''
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
}
