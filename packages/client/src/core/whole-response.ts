import type { Operation } from './call.ts'
import { ResponseParseError } from './errors.ts'

/** The body reader that a response gains with its whole body: its JSON, or a `ResponseParseError`. */
export const parseBody = Symbol.for('@minimo/client.parseBody')

/** A response that carries what was read of it. */
type WholeResponse = Response & { content: string | ArrayBuffer; operation: Operation }

/** Whether a response has its whole body in memory already. */
export const isWhole = (response: Response): boolean => parseBody in response

/**
 * The same response, its body readers answering from memory: it can be read any number of times, and no part
 * of it can still fail. An empty body is `undefined` as JSON; one that is no JSON throws `ResponseParseError`.
 */
export function makeWhole(response: Response, content: string | ArrayBuffer, operation: Operation): Response {
  Object.defineProperty(response, 'body', bodyFromMemory)
  return Object.assign(response, { content, operation }, readersFromMemory)
}

/** A fresh native response with the same content. */
function copy(response: WholeResponse): Response {
  const { content } = response
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
    return typeof this.content === 'string' ? this.content : copy(this).text()
  },
  async json(this: WholeResponse) {
    return parseJson(await this.text(), this)
  },
  async [parseBody](this: WholeResponse) {
    return parseJson(await this.text(), this)
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
    return makeWhole(copy(this), this.content, this.operation)
  },
}

function parseJson(text: string, response: WholeResponse): unknown {
  if (text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    // No content type is given the benefit of the doubt, and so is an object under a wrong one.
    if (value instanceof Object || /^$|^[^;]*[/+]json\s*(;|$)/i.test(response.headers.get('content-type') ?? ''))
      return value
  } catch {
    // Told below: what the parser says would quote the body.
  }
  throw new ResponseParseError(response.operation, response, text)
}
