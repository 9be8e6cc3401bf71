import type { Operation } from './call.ts'
import { ResponseParseError } from './errors.ts'

/**
 * What the text of a body holds. Of a success: its JSON; throws `ResponseParseError` where JSON was promised and something
 * else came, or nothing. Of a failure: its JSON, else the text.
 */
export function parseText(text: string, response: Response, operation: Operation): unknown {
  const { ok, headers } = response
  if (text.trim() === '' && (!operation.hasResult || !ok)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    // The benefit of the doubt is given to a body without a content type, and to an object under a wrong one.
    if (!ok || value instanceof Object || /^$|^[^;]*[/+]json\s*(;|$)/i.test(headers.get('content-type') ?? ''))
      return value
  } catch {
    // Told below: what the parser says would quote the body.
  }
  if (!ok) return text
  const type = headers.get('content-type') ?? 'no content type'
  const found = `a body that is not the promised JSON (${type}, ${text.length} characters)`
  throw new ResponseParseError(operation, response, { found, text })
}
