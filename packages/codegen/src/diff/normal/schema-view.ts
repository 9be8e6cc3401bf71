import { type OpenApiDocument, resolve } from '../../spec/document.ts'
import { isRecord } from '../../spec/kinds.ts'
import { isOnlyTyped, withNull } from './canonical-object.ts'
import { conjoin, joinSchemas } from './conjoin.ts'
import { isWords } from './shape.ts'

/** A value, and the schema that says so. */
export interface Said<T> {
  value: T
  by: object
}

/** A schema as one object: references are followed, and the parts of `allOf` are joined with it. */
export interface SchemaView {
  /** The keywords with a meaning, without those below; the schema's own win over those of its parts. */
  keywords: ReadonlyMap<string, Said<unknown>>
  properties: ReadonlyMap<string, Said<unknown>>
  /** The names that are required, and what says so. */
  required: ReadonlyMap<string, object>
  /** The list of each `anyOf` and `oneOf`; a schema without is its own only alternative. */
  alternatives: readonly Said<readonly unknown[]>[]
  /** The schemas it was joined from, its own first. */
  sources: readonly object[]
}

const joined = new Set(['allOf', 'anyOf', 'oneOf', 'properties', 'required', '$ref'])

/** Reads schemas that hold together as one; `true`, and what is no schema, allow anything. */
export function viewSchema(document: OpenApiDocument, ...schemas: unknown[]): SchemaView {
  const sources = new Map<object, Record<string, unknown>>()
  for (const schema of schemas) collect(document, schema === false ? { not: {} } : schema, sources)
  const keywords = new Map<string, Said<unknown>>()
  const properties = new Map<string, Said<unknown>>()
  const required = new Map<string, object>()
  const alternatives: Said<readonly unknown[]>[] = []
  for (const [by, source] of sources) {
    for (const [keyword, value] of Object.entries(source)) {
      if (joined.has(keyword) || isWords(keyword)) continue
      const known = keywords.get(keyword)
      keywords.set(keyword, known ? { ...known, value: conjoin(keyword, known.value, value) } : { value, by })
    }
    for (const [name, value] of Object.entries(isRecord(source.properties) ? source.properties : {})) {
      const known = properties.get(name)
      properties.set(name, known ? { ...known, value: joinSchemas(known.value, value) } : { value, by })
    }
    for (const name of Array.isArray(source.required) ? source.required : []) {
      if (!required.has(name)) required.set(name, by)
    }
    for (const list of [source.anyOf, source.oneOf]) if (Array.isArray(list)) alternatives.push({ value: list, by })
  }
  return { keywords, properties, required, alternatives, sources: [...sources.keys()] }
}

/** Lists the schemas that hold together, each as it is written and as it is read. */
function collect(document: OpenApiDocument, schema: unknown, into: Map<object, Record<string, unknown>>): void {
  if (!isRecord(schema)) return
  const target: Record<string, unknown> = resolve(document, schema)
  if (into.has(target)) return
  const nullable = readNullable(document, target)
  into.set(target, nullable ?? target)
  for (const part of Array.isArray(target.allOf) ? target.allOf : []) collect(document, part, into)
}

/** A reference, or null, as one schema where what it leads to is only typed: as it were if that was written out. */
export function readNullable(
  document: OpenApiDocument,
  schema: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const { anyOf: alternatives, ...rest } = schema
  if (!Array.isArray(alternatives) || alternatives.length !== 2 || !Object.keys(rest).every(isWords)) return undefined
  const [only, other]: unknown[] = alternatives
  if (!isRecord(only) || only.$ref === undefined || !isRecord(other) || other.type !== 'null') return undefined
  const target: Record<string, unknown> = resolve(document, only)
  return isOnlyTyped(target) ? { ...withNull(target), ...rest } : undefined
}

/** The types that a schema allows; `undefined` allows every one. */
export function typesOf({ keywords, properties, alternatives }: SchemaView): ReadonlySet<unknown> | undefined {
  const type = keywords.get('type')?.value
  if (type !== undefined) return new Set([type].flat())
  if (alternatives.length > 0) return undefined
  return properties.size > 0 || keywords.has('additionalProperties') ? new Set(['object']) : undefined
}

/** What an object may hold besides its named properties: anything, where nothing at all is said of it. */
export function readOthers(view: SchemaView): unknown {
  const isDescribed = view.properties.size > 0 || view.alternatives.length > 0 || view.keywords.has('patternProperties')
  return view.keywords.get('additionalProperties')?.value ?? (isDescribed ? undefined : true)
}

/** The values that a schema allows, `null` aside, as text; `undefined` allows every one of its types. */
export function valuesOf({ keywords }: SchemaView): ReadonlySet<string> | undefined {
  const values = keywords.get('enum')?.value
  return Array.isArray(values) ? new Set(values.filter((value) => value !== null).map(show)) : undefined
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
