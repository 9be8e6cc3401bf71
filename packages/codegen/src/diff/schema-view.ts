import { type OpenApiDocument, resolve } from '../document.ts'
import { isRecord, isWords } from './shape.ts'

/** A schema as one object: references are followed, and the parts of `allOf` are joined with it. */
export interface SchemaView {
  /** The keywords with a meaning, without those below; the schema's own win over those of its parts. */
  keywords: Readonly<Record<string, unknown>>
  properties: ReadonlyMap<string, unknown>
  required: ReadonlySet<string>
  /** Of `anyOf` or `oneOf`; a schema without is its own only one. */
  alternatives?: readonly unknown[]
  /** The schemas it was joined from. */
  sources: readonly object[]
}

const joined = new Set(['allOf', 'anyOf', 'oneOf', 'properties', 'required', '$ref'])

/** Reads a schema; `true`, and what is no schema, allow anything. */
export function viewSchema(document: OpenApiDocument, schema: unknown): SchemaView {
  const sources = new Set<object>()
  collect(document, schema === false ? { not: {} } : schema, sources)
  const keywords: Record<string, unknown> = {}
  const properties = new Map<string, unknown>()
  const required = new Set<string>()
  let alternatives: readonly unknown[] | undefined
  for (const source of sources as Set<Record<string, unknown>>) {
    for (const [keyword, value] of Object.entries(source)) {
      if (!joined.has(keyword) && !isWords(keyword) && !(keyword in keywords)) keywords[keyword] = value
    }
    for (const [name, property] of Object.entries(isRecord(source.properties) ? source.properties : {})) {
      if (!properties.has(name)) properties.set(name, property)
    }
    for (const name of Array.isArray(source.required) ? source.required : []) required.add(name)
    const own = source.anyOf ?? source.oneOf
    if (Array.isArray(own)) alternatives ??= own
  }
  return { keywords, properties, required, sources: [...sources], ...(alternatives && { alternatives }) }
}

function collect(document: OpenApiDocument, schema: unknown, into: Set<object>): void {
  if (!isRecord(schema)) return
  const target: Record<string, unknown> = resolve(document, schema)
  if (into.has(target)) return
  into.add(target)
  for (const part of Array.isArray(target.allOf) ? target.allOf : []) collect(document, part, into)
}

/** The types that a schema allows; `undefined` allows every one. */
export function typesOf({ keywords, properties, alternatives }: SchemaView): ReadonlySet<unknown> | undefined {
  if (keywords.type !== undefined) return new Set([keywords.type].flat())
  if (alternatives) return undefined
  return properties.size > 0 || 'additionalProperties' in keywords ? new Set(['object']) : undefined
}

/** The values that a schema allows, `null` aside, as text; `undefined` allows every one of its types. */
export function valuesOf({ keywords }: SchemaView): ReadonlySet<string> | undefined {
  if (!Array.isArray(keywords.enum)) return undefined
  return new Set(keywords.enum.filter((value) => value !== null).map(show))
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
