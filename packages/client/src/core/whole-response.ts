import type { Operation } from './call.ts'
import { ResponseParseError } from './errors.ts'

/** The body reader that a response gains with its whole body: its JSON, or a `ResponseParseError`. */
export const parseBody = Symbol.for('@minimo/client.parseBody')

/** Whether a response has its whole body in memory already. */
export const isWhole = (response: Response): boolean => parseBody in response

/**
 * The same response, its body readers answering from memory: it can be read any number of times, and no part
 * of it can still fail. An empty body is `undefined` as JSON; one that is no JSON throws `ResponseParseError`.
 */
export function makeWhole(response: Response, body: ArrayBuffer, operation: Operation): Response {
  const copy = () => new Response(body.byteLength > 0 ? body : null, response)
  const text = async () => new TextDecoder().decode(body)
  const json = async () => parseJson(await text(), response, operation)
  Object.defineProperty(response, 'body', { get: () => copy().body })
  return Object.assign(response, {
    [parseBody]: json,
    json,
    text,
    arrayBuffer: () => copy().arrayBuffer(),
    blob: () => copy().blob(),
    bytes: () => copy().bytes(),
    formData: () => copy().formData(),
    clone: () => makeWhole(copy(), body, operation),
  })
}

function parseJson(text: string, response: Response, operation: Operation): unknown {
  if (text.trim() === '') return undefined
  try {
    const value: unknown = JSON.parse(text)
    // No content type is given the benefit of the doubt, and so is an object under a wrong one.
    if (/^$|^[^;]*[/+]json\s*(;|$)/i.test(response.headers.get('content-type') ?? '') || value instanceof Object)
      return value
  } catch {
    // Told below: what the parser says would quote the body.
  }
  throw new ResponseParseError(operation, response, text)
}
