import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { type OpenApiDocument, withOperationIds } from '../../src/spec/document.ts'
import { isFields } from './sites.ts'

/** Reads a description that refers to no other files, as OpenAPI 3.1 writes it: edits bring in what 3.0 does not know. */
export const readSpec = (file: string): OpenApiDocument =>
  withOperationIds(parse(readFileSync(file, 'utf8'), (_, value) => (isFields(value) ? withTypeOfNull(value) : value)))

function withTypeOfNull({ nullable, ...schema }: Record<string, unknown>): unknown {
  if (nullable !== true || typeof schema.type !== 'string')
    return nullable === undefined ? schema : { nullable, ...schema }
  const values = Array.isArray(schema.enum) ? { enum: [...new Set([...schema.enum, null])] } : {}
  return { ...schema, ...values, type: [schema.type, 'null'] }
}
