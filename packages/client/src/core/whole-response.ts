import type { Operation } from './call.ts'
import { ResponseParseError } from './errors.ts'

const whole = Symbol.for('@minimo/client.whole')

/** A response that carries what was read of it. */
type WholeResponse = Response & { [whole]: string | ArrayBuffer }

/** Whether a response has its whole body in memory already. */
export const isWhole = (response: Response): boolean => whole in response

/**
 * The same response, its body readers answering from memory: it can be read any number of times, and no part
 * of it can still fail.
 */
export function makeWhole(response: Response, content: string | ArrayBuffer): Response {
  Object.defineProperty(response, 'body', bodyFromMemory)
  return Object.assign(response, { [whole]: content }, readersFromMemory)
}

/** Gives up a response that nobody will read, so that its connection is free again. */
export async function discard(response: Response): Promise<void> {
  if (!isWhole(response)) await response.body?.cancel().catch(() => {})
}

/** A fresh native response with the same content. */
function copy(response: WholeResponse): Response {
  // What a browser makes of a redirect; no response with its status can be constructed.
  if (response.status === 0) return Response.error()
  const content = response[whole]
  const isEmpty = content === '' || (content as ArrayBuffer).byteLength === 0
  return new Response(isEmpty ? null : content, response)
}

const bodyFromMemory = {
  get(this: WholeResponse) {
    return copy(this).body
  },
}

const readersFromMemory = {
  async text(this: WholeResponse) {
    const content = this[whole]
    return typeof content === 'string' ? content : copy(this).text()
  },
  json(this: WholeResponse) {
    return copy(this).json()
  },
  arrayBuffer(this: WholeResponse) {
    return copy(this).arrayBuffer()
  },
  blob(this: WholeResponse) {
    return copy(this).blob()
  },
  bytes(this: WholeResponse) {
    return copy(this).bytes()
  },
  formData(this: WholeResponse) {
    return copy(this).formData()
  },
  clone(this: WholeResponse) {
    return makeWhole(copy(this), this[whole])
  },
}

/**
 * What a response holds. Of a success: its JSON (`undefined` where it is empty; throws `ResponseParseError` where it
 * is something else), or what the named body reader gives. Of a failure: its JSON, else its text.
 */
export async function parseResponse(response: Response, parseAs: string, operation: Operation): Promise<unknown> {
  if (response.ok && parseAs === 'stream') return response.body
  if (response.ok && parseAs !== 'json') return Reflect.apply(Reflect.get(response, parseAs), response, [])
  const text = await response.text()
  if (text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    // The benefit of the doubt is given to a body without a content type, and to an object under a wrong one.
    const type = response.headers.get('content-type') ?? ''
    if (!response.ok || value instanceof Object || /^$|^[^;]*[/+]json\s*(;|$)/i.test(type)) return value
  } catch {
    // Told below: what the parser says would quote the body.
  }
  if (!response.ok) return text
  throw new ResponseParseError(operation, response, text)
}
