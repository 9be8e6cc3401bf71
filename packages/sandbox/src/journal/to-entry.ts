import type { Run } from '../automations/runs.ts'
import { decodeBody } from '../exchange/decode-body.ts'
import type { SandboxRequest } from '../exchange/exchange.ts'
import type { JournalEntry } from './journal-entry.ts'
import { type KeptCall, maxKeptBody } from './keep-call.ts'

/** The entry of a call as it was sent, with everything in it; `states` says how runs stand, by their ids. */
export async function toEntry(call: KeptCall, states: ReadonlyMap<string, Run['status']>): Promise<JournalEntry> {
  const { at, duration, trace } = call
  const { operation = null, refusal = null, fault = null, recorded } = trace
  return {
    id: callId(call),
    at: new Date(at).toISOString(),
    duration: Math.round(duration * 1000) / 1000,
    operation,
    request: await toRequest(call),
    response: toResponse(call),
    refusal,
    fault,
    events: [...(recorded?.events ?? [])],
    runs: (recorded?.runs ?? []).flatMap((id) => {
      const status = states.get(id)
      return status === undefined ? [] : [{ id, status }]
    }),
  }
}

/** The id that a call's answer was given. */
export const callId = ({ responseHeaders }: KeptCall): string => responseHeaders['x-request-id'] ?? ''

async function toRequest(call: KeptCall): Promise<JournalEntry['request']> {
  const { method, path, query, requestHeaders: headers, requestBody, requestSize } = call
  const decoded = await decode({ method, path, query, headers, body: requestBody, local: true, signal })
  return {
    method,
    path,
    query,
    headers: copyHeaders(headers),
    body: requestBody.length === 0 ? null : decoded.toString('utf8', 0, maxKeptBody),
    bodySize: requestSize,
    bodyCut: requestSize !== requestBody.length || decoded.length > maxKeptBody,
  }
}

function toResponse({ status, responseHeaders, responseBody, responseSize }: KeptCall): JournalEntry['response'] {
  return {
    status,
    headers: copyHeaders(responseHeaders),
    body: responseBody === '' ? null : responseBody,
    bodySize: responseSize ?? Buffer.byteLength(responseBody),
    bodyCut: responseSize !== undefined,
  }
}

/** The body without its `content-encoding`; as it was sent where it is in none that can be read. */
async function decode(request: SandboxRequest & { body: Uint8Array }): Promise<Buffer> {
  const decoded = await decodeBody(request).catch(() => request)
  return Buffer.from(decoded.body === 'too-large' ? request.body : decoded.body)
}

/** Of a caller who does not leave. */
const signal = () => new AbortController().signal

const copyHeaders = (headers: SandboxRequest['headers']): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value = '']) => [name, value]))
