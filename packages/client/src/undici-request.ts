import { Readable } from 'node:stream'
import { isAnyArrayBuffer } from 'node:util/types'
import { type Dispatcher, FormData as UndiciFormData } from 'undici'
import { ClientError } from './core/errors.ts'
import { acceptable } from './undici-codings.ts'

type Body = NonNullable<Dispatcher.DispatchOptions['body']> | null

/** A request as undici takes it, with the headers that `fetch` adds. Throws `ClientError` for what `fetch` refuses. */
export function createRequest(
  url: string | URL,
  { method = 'GET', headers = {}, body }: RequestInit,
): Dispatcher.DispatchOptions {
  const { protocol, origin, pathname, search } = parseUrl(url)
  const [content, type] = toBody(body ?? null)
  const verb = method.toUpperCase()
  if (content !== null && (verb === 'GET' || verb === 'HEAD')) throw refuse(`a ${verb} request takes no body`)
  const sent: Record<string, string | undefined> = { accept: '*/*', 'accept-encoding': acceptable[protocol] }
  if (type) sent['content-type'] = type
  const own: Record<string, string> = Symbol.iterator in headers ? Object.fromEntries(new Headers(headers)) : headers
  for (const name in own) sent[name.toLowerCase()] = own[name]
  return { origin, path: pathname + search, method: verb, headers: sent, body: content }
}

/** The error for a request that can be sent to nobody. */
export const refuse = (message: string, cause?: unknown) =>
  new ClientError(`the request cannot be sent: ${message}`, { cause })

function parseUrl(text: string | URL): URL {
  try {
    const url = new URL(text)
    if (url.protocol in acceptable && !url.username && !url.password) return url
  } catch {
    // What the parser says quotes the URL, which may hold personal data.
  }
  throw refuse('its URL is not a whole http or https URL without user name and password')
}

/** A body as undici takes it, and the content type that it brings where undici does not ask it itself. */
function toBody(body: BodyInit | null): [content: Body, type?: string] {
  if (body === null) return [body]
  if (typeof body === 'string') return [body, 'text/plain;charset=UTF-8']
  if (isAnyArrayBuffer(body)) return [new Uint8Array(body)]
  if (body instanceof URLSearchParams) return [String(body), 'application/x-www-form-urlencoded;charset=UTF-8']
  if (body instanceof FormData) return [toUndiciForm(body)]
  const isStream = typeof body === 'object' && Symbol.asyncIterator in body
  if (!isStream && !ArrayBuffer.isView(body) && !isKnown(body)) {
    throw refuse(`its body must be text, bytes, a form, a blob or a stream; found ${typeof body}`)
  }
  if (isStream && (body.locked || Readable.isDisturbed(body as object as Readable))) {
    throw refuse('the stream that is its body has been read already')
  }
  return [body as Body]
}

const isKnown = (body: unknown) => body instanceof Blob || body instanceof UndiciFormData

/** undici takes only forms of its own kind. */
function toUndiciForm(form: FormData): UndiciFormData {
  const own = new UndiciFormData()
  for (const [name, value] of form) own.append(name, value)
  return own
}
