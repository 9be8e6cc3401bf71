import type { Trace } from '../api/trace.ts'
import type { SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'
import type { AnsweredCall } from '../handlers/documented-api.ts'

/** The longest body that is kept whole, in bytes: 16 KiB. */
export const maxKeptBody = 16 * 1024

/** What is kept of a call: flat, and of nothing but parts that were there, so that the collector has little to do. */
export interface KeptCall {
  method: string
  path: string
  query: string
  requestHeaders: SandboxRequest['headers']
  /** The first 16 KiB; nothing of one that was too large to be read. */
  requestBody: Uint8Array
  /** In bytes, as it was sent; `null` where it was too large to be read. */
  requestSize: number | null
  status: number
  responseHeaders: SandboxResponse['headers']
  /** The first 16 KiB. */
  responseBody: string
  /** In bytes; left out where nothing is cut off. */
  responseSize: number | undefined
  trace: Trace
  at: number
  duration: number
  /** How much of the memory it takes, roughly, in bytes. */
  weight: number
}

/** What a call takes besides what its sender chose, roughly, in bytes. */
const fixedWeight = 1000

/** Takes of a call what is kept of it: the edges hand over more, such as what leads to the connection. */
export function keepCall({ request, response, trace, at, duration }: AnsweredCall): KeptCall {
  const { method, path, query, headers, body } = request
  const isRead = body !== 'too-large'
  const requestBody = isRead ? keepBytes(body) : noBytes
  const answered = method === 'HEAD' || typeof response.body !== 'string' ? '' : response.body
  // A unit of a text takes at most three bytes.
  const bytes = answered.length > maxKeptBody / 3 ? Buffer.from(answered) : noBytes
  const isCut = bytes.length > maxKeptBody
  const responseBody = isCut ? bytes.toString('utf8', 0, maxKeptBody) : answered
  const texts = path.length + query.length + requestBody.length + responseBody.length
  return {
    method,
    path,
    query,
    requestHeaders: headers,
    requestBody,
    requestSize: isRead ? body.length : null,
    status: response.status,
    responseHeaders: response.headers,
    responseBody,
    responseSize: isCut ? bytes.length : undefined,
    trace,
    at,
    duration,
    weight: fixedWeight + texts + weigh(headers),
  }
}

const noBytes = Buffer.alloc(0)

/** The largest piece of memory that a body is left in: those from which Node cuts small bodies are of 64 KiB. */
const mostShared = 64 * 1024

/** The beginning of a body: a copy, where it would keep much else in memory. */
function keepBytes(body: Uint8Array): Uint8Array {
  const kept = body.length > maxKeptBody ? body.subarray(0, maxKeptBody) : body
  return body.buffer.byteLength > mostShared ? new Uint8Array(kept) : kept
}

function weigh(headers: SandboxRequest['headers']): number {
  let weight = 0
  for (const name in headers) weight += name.length + (headers[name]?.length ?? 0)
  return weight
}
