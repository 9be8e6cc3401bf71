import { readFileSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import type { Har, JournalEntry } from './journal-entry.ts'

type HarEntry = Har['log']['entries'][number]

/** Entries of the journal as an HTTP Archive; where a request named no host, its URL begins with `http://sandbox`. */
export function toHar(entries: readonly JournalEntry[]): Har {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  // Importers take the order of their start for granted; the journal has that of their end.
  const sorted = entries.toSorted((one, next) => (one.at < next.at ? -1 : one.at > next.at ? 1 : 0))
  return { log: { version: '1.2', creator: { name, version }, entries: sorted.map(toHarEntry) } }
}

function toHarEntry({ at, duration, request, response, ...outcome }: JournalEntry): HarEntry {
  return {
    startedDateTime: at,
    time: duration,
    request: toHarRequest(request),
    response: toHarResponse(response),
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    _journal: outcome,
  }
}

/** What HAR calls a size that nobody knows. */
const unknownSize = -1

const cutComment = 'The body is longer than what the sandbox keeps of one.'

function toHarRequest(request: JournalEntry['request']): HarEntry['request'] {
  const { method, path, query, headers, body, bodySize, bodyCut } = request
  return {
    method,
    // The target of `OPTIONS *` is no path.
    url: `http://${hostOf(headers)}${path.startsWith('/') ? '' : '/'}${escapeTarget(query ? `${path}?${query}` : path)}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: toPairs(headers),
    queryString: Array.from(new URLSearchParams(query), ([name, value]) => ({ name, value })),
    ...(body !== null && {
      postData: { mimeType: headers['content-type'] ?? '', text: body, ...(bodyCut && { comment: cutComment }) },
    }),
    headersSize: unknownSize,
    bodySize: bodySize ?? unknownSize,
  }
}

function toHarResponse(response: JournalEntry['response']): HarEntry['response'] {
  const { status, headers, body, bodySize, bodyCut } = response
  return {
    status,
    statusText: STATUS_CODES[status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: toPairs(headers),
    content: {
      size: bodySize ?? 0,
      mimeType: headers['content-type'] ?? 'x-unknown',
      ...(body !== null && { text: body }),
      ...(bodyCut && { comment: cutComment }),
    },
    redirectURL: headers.location ?? '',
    headersSize: unknownSize,
    bodySize: bodySize ?? unknownSize,
  }
}

const toPairs = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => ({ name, value }))

/** The host that a request named; `sandbox` where it named none or something else. */
function hostOf({ host = '' }: Record<string, string>): string {
  return /^[\w.-]+(?::\d+)?$|^\[[\da-f:.]+\](?::\d+)?$/i.test(host) ? host : 'sandbox'
}

/** A path and query with everything encoded that may not stand there, such as the brackets of what is hidden. */
const escapeTarget = (target: string) => target.replaceAll(/[^\x21-\x7e]|["<>[\\\]^`{|}]/g, encodeURIComponent)
