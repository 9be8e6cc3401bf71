import type { JsonSchema } from '@minimo/api-types/schemas'

/** A whole description as JSON Schemas, which a `$ref` is a pointer into. */
export type Root = object

/** The schema that a `$ref` leads to in the end; a schema without one is its own. */
export function resolveSchema(root: Root, schema: JsonSchema): JsonSchema {
  let resolved = schema
  while (typeof resolved.$ref === 'string') {
    let target: unknown = root
    for (const token of resolved.$ref.split('/').slice(1)) target = member(target, unescapeToken(token))
    if (!isSchema(target)) throw new Error(`the description has nothing at ${resolved.$ref}`)
    resolved = target
  }
  return resolved
}

/** A property's schema, its `$ref` followed; `undefined` where there is none. */
export function propertySchema(root: Root, schema: JsonSchema, name: string): JsonSchema | undefined {
  const property = member(resolveSchema(root, schema).properties, name)
  return isSchema(property) ? resolveSchema(root, property) : undefined
}

/** A name as a JSON pointer spells it. */
export const escapeToken = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** A name that a JSON pointer spells. */
export const unescapeToken = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~')

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null

const member = (value: unknown, name: string): unknown => (isSchema(value) ? value[name] : undefined)
