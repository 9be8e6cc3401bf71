import { errorCodes, type OperationId } from '@minimo/api-types'
import { type JsonSchema, type OperationSchema, schemas } from '@minimo/api-types/schemas'
import type { SandboxResponse } from '../exchange/exchange.ts'
import type { Refusal } from '../exchange/refusal.ts'
import { propertySchema } from '../validation/resolve-schema.ts'

/** The media type of every body. */
export const json = 'application/json'

/**
 * Answers with an error, in the shape that the spec documents for the operation and status: an `error` with code and
 * message, an `error` that is a text, or a `message`. Where nothing is documented it is the first of these.
 */
export function errorResponse(operation: OperationId | undefined, refusal: Refusal): SandboxResponse {
  const { status, headers } = refusal
  const body = writeError(operation && documentedSchema(operation, status), refusal)
  return { status, headers: { ...headers, 'content-type': json }, body: JSON.stringify(body) }
}

/** The text of the spec's first example of an error, or `undefined` where it has none. */
export function exampleMessage(operation: OperationSchema, status: number): string | undefined {
  const [example] = Object.values(operation.responses[status]?.[json]?.examples ?? {})
  return textIn(example)
}

function documentedSchema(operation: OperationId, status: number): JsonSchema | undefined {
  const documented: OperationSchema = schemas.operations[operation]
  return documented.responses[status]?.[json]?.schema
}

function writeError(schema: JsonSchema | undefined, { status, message, code, details }: Refusal): unknown {
  if (schema && propertySchema(schema, 'message')) return { message }
  if (schema && propertySchema(schema, 'error')?.type === 'string') return { error: message }
  const known: Readonly<Record<string, string>> = errorCodes
  const ownCode = code ?? known[status] ?? 'internal_error'
  return { error: { code: ownCode, message, ...(details !== undefined && { details }) } }
}

function textIn(example: unknown): string | undefined {
  if (typeof example === 'string') return example
  if (typeof example !== 'object' || example === null) return undefined
  if ('message' in example) return textIn(example.message)
  return 'error' in example ? textIn(example.error) : undefined
}
