import type { OpenApiDocument } from '../../src/spec/document.ts'
import { type Fields, isFields, listSchemas, targetOf } from './sites.ts'

/**
 * A document without what one part of a schema allows and another refuses: nobody sends or answers that, but the
 * generated types have it.
 */
export function withoutRefused(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document)
  for (const { schema } of listSchemas(copy)) if (!('$ref' in schema)) narrow(copy, schema)
  return copy
}

function narrow(document: OpenApiDocument, schema: Fields): void {
  const parts = partsOf(schema)
  const types = typesOf(document, schema)
  const isClosed = [schema, ...parts].some((part) => targetOf(document, part).additionalProperties === false)
  for (const part of [schema, ...parts].filter((one) => !('$ref' in one))) {
    if (types && Array.isArray(part.type)) part.type = part.type.filter((type) => types.has(wide(type)))
    for (const keyword of ['anyOf', 'oneOf']) {
      const alternatives = part[keyword]
      if (!types || !Array.isArray(alternatives)) continue
      part[keyword] = alternatives.filter((one) => {
        const own = isFields(one) ? typesOf(document, one) : undefined
        return own === undefined || [...own].some((type) => types.has(type))
      })
    }
    if (isClosed && part.additionalProperties) delete part.additionalProperties
  }
}

const partsOf = ({ allOf }: Fields): Fields[] => (Array.isArray(allOf) ? allOf.filter(isFields) : [])
const wide = (type: unknown) => (type === 'integer' ? 'number' : type)

/** The types that a schema and its parts have in common; absent where none names any. */
function typesOf(document: OpenApiDocument, schema: Fields, above: readonly Fields[] = []): Set<unknown> | undefined {
  const target = targetOf(document, schema)
  if (above.includes(target)) return undefined
  const own = target.type === undefined ? undefined : new Set([target.type].flat().map(wide))
  const all = [own, ...partsOf(target).map((part) => typesOf(document, part, [...above, target]))]
  return all.filter((one) => one !== undefined).reduce<Set<unknown> | undefined>(both, undefined)
}

const both = (one: Set<unknown> | undefined, other: Set<unknown>) =>
  one ? new Set([...one].filter((type) => other.has(type))) : other
