import { maxControlBodyBytes, type SandboxRequest } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'
import { fromLiteral, parseObject, type Shape } from '../validation/parse-object.ts'

/** The JSON of the body; an empty object where there is none. Throws a `Refusal` with status 400 or 413. */
export function parseBody({ body }: SandboxRequest): unknown {
  if (body === 'too-large') {
    throw new Refusal(413, `The body exceeds the ${maxControlBodyBytes} bytes that the control API reads`)
  }
  if (body.length === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new Refusal(400, 'The body is not JSON in UTF-8: expected an object such as {"contacts":100}')
  }
}

/** The parameters that are numbers or truth values; the others stay the texts they are, digits or not. */
const literals = ['company', 'after', 'limit', 'id', 'deleted']

/** The query as this shape has it. Throws a `Refusal` with status 422 that names the parameter. */
export function parseQuery<T extends object>({ query }: SandboxRequest, shape: Shape<T>): T {
  const parameters = new Map<string, string | number | boolean>()
  for (const [name, value] of new URLSearchParams(query)) {
    if (parameters.has(name)) throw new Refusal(422, `query: ${JSON.stringify(name.slice(0, 40))} is there twice`)
    // No parameter begins with a space, but a phone begins with a plus, which means a space here.
    if (value.startsWith(' ')) throw new Refusal(422, `query.${name}: begins with a space; write %2B for a plus`)
    parameters.set(name, literals.includes(name) ? fromLiteral(value) : value)
  }
  return parseObject(Object.fromEntries(parameters), shape, 'query')
}

/** The decoded id of a path. Throws a `Refusal` with status 400 where it is not percent-encoded UTF-8. */
export function parseId(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Refusal(400, 'The id in the path is not percent-encoded UTF-8')
  }
}
