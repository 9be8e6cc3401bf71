import type { JsonSchema, OperationSchema } from '@minimo/api-types/schemas'
import { errorResponse, json } from '../exchange/error-response.ts'
import type { SandboxResponse } from '../exchange/exchange.ts'
import type { Refusal } from '../exchange/refusal.ts'
import { propertySchema, type Root } from '../validation/resolve-schema.ts'

/**
 * Answers with an error, in the shape that the description documents for the operation and status: an `error` with code
 * and message, an `error` that is a text, or a `message`. Where nothing is documented it is the first of these.
 */
export function documentedError(root: Root, operation: OperationSchema | undefined, refusal: Refusal): SandboxResponse {
  const schema = operation?.responses[refusal.status]?.[json]?.schema
  return errorResponse(refusal, schema && writeAs(root, schema, refusal))
}

function writeAs(root: Root, schema: JsonSchema, { message }: Refusal): unknown {
  if (propertySchema(root, schema, 'message')) return { message }
  return propertySchema(root, schema, 'error')?.type === 'string' ? { error: message } : undefined
}

/** The text of the description's first example of an error, or `undefined` where it has none. */
export function exampleMessage(operation: OperationSchema, status: number): string | undefined {
  const [example] = Object.values(operation.responses[status]?.[json]?.examples ?? {})
  return textIn(example)
}

function textIn(example: unknown): string | undefined {
  if (typeof example === 'string') return example
  if (typeof example !== 'object' || example === null) return undefined
  if ('message' in example) return textIn(example.message)
  return 'error' in example ? textIn(example.error) : undefined
}
