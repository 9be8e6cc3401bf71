import type { Operation } from './call.ts'
import { ResponseParseError } from './errors.ts'

const whole = Symbol.for('@minimo/client.whole')

/** Whether a response has its whole body in memory already. */
export const isWhole = (response: Response): boolean => whole in response

/**
 * A response whose body has been read: it can be read any number of times, and no part of it can still
 * fail. An empty body is `undefined` as JSON; one that is no JSON throws `ResponseParseError`.
 */
export function createWholeResponse(response: Response, body: ArrayBuffer, operation: Operation): Response {
  const { status, statusText } = response
  const headers = withLength(response.headers, body.byteLength)
  let decoded: string | undefined
  const decode = () => (decoded ??= new TextDecoder().decode(body))
  const native = () => new Response(body.byteLength > 0 ? body : null, { status, statusText, headers })
  const self: Response & { [whole]: true } = {
    [whole]: true,
    status,
    statusText,
    headers,
    ok: response.ok,
    redirected: response.redirected,
    type: response.type,
    url: response.url,
    bodyUsed: false,
    get body() {
      return native().body
    },
    arrayBuffer: async () => body.slice(0),
    blob: () => native().blob(),
    bytes: async () => new Uint8Array(body.slice(0)),
    clone: () => self,
    formData: () => native().formData(),
    json: async () => parseJson(decode(), self, operation),
    text: async () => decode(),
  }
  return self
}

// openapi-fetch parses a body of unknown length by itself, and fails on malformed JSON with a bare SyntaxError.
function withLength(headers: Headers, length: number): Headers {
  if (headers.has('content-length')) return headers
  const complete = new Headers(headers)
  complete.set('content-length', String(length))
  return complete
}

function parseJson(text: string, response: Response, operation: Operation): unknown {
  if (text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (isJson(response.headers.get('content-type')) || typeof value === 'object') return value
  } catch {
    // Told below: what the parser says would quote the body.
  }
  throw new ResponseParseError(operation, response, text)
}

/** Whether a content type promises JSON; none at all is given the benefit of the doubt. */
const isJson = (contentType: string | null) => !contentType || /^[^;]*[/+]json\s*(;|$)/i.test(contentType)
