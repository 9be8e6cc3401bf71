import { isReference, type OpenApiDocument, resolve, type Schema } from '../spec/document.ts'
import { createReach } from '../spec/schema-reach.ts'

/** What a schema says of a value, its references followed and its parts joined. */
export interface SchemaView {
  /** The name of the component that it is, where it is one. */
  name?: string
  /** Its keywords; of parts that differ in one, the first counts. */
  said: Schema
  /** Empty where any type will do; `null` is not among them. */
  types: readonly string[]
  isNullable: boolean
  /** The values it may have; none where that is not limited. */
  values?: readonly unknown[]
  properties: ReadonlyMap<string, Schema>
  required: ReadonlySet<string>
  /** Of properties that are not always required: what values have at least one of, or exactly one. */
  needs?: { isExactlyOne: boolean; sets: readonly (readonly string[])[] }
  /** Forms that a value has one of; none where there is but one. */
  alternatives: readonly Schema[]
  /** What identifies what it holds: two views with one of these hold the same fields. */
  identity: object
}

/** Views of a document's schemas. */
export interface Views {
  /** What a schema says; each is read once. */
  of(schema: Schema | boolean | undefined): SchemaView
  /** Whether a value, or an element of it, has fields of its own, which have rows in a table. */
  hasFields(view: SchemaView): boolean
}

/** Makes what reads views of a document's schemas. */
export function createViews(document: OpenApiDocument): Views {
  const known = new Map<object, SchemaView>()
  const of = (schema: Schema | boolean | undefined): SchemaView => {
    const given = typeof schema === 'object' && schema !== null ? schema : schema === false ? nothing : anything
    const earlier = known.get(given)
    if (earlier) return earlier
    // What an alternative of itself is, is being found out.
    known.set(given, opaque)
    const view = readView(document, given, of)
    known.set(given, view)
    return view
  }
  const hasFields = createReach<SchemaView>({
    below: ({ alternatives, said }) => [...alternatives, ...(said.items ? [said.items] : [])].map(of),
    isMarked: ({ properties, said }) => properties.size > 0 || isMap(said),
  })
  return { of, hasFields }
}

/** Whether an object has further fields of which something is said. */
export const isMap = (schema: Schema): schema is Schema & { additionalProperties: Schema } => {
  const { additionalProperties: further } = schema
  return typeof further === 'object' && further !== null && Object.keys(further).length > 0
}

const anything: Schema = {}
const nothing: Schema = { not: {} }
const opaque: SchemaView = {
  said: {},
  types: [],
  isNullable: false,
  properties: new Map(),
  required: new Set(),
  alternatives: [],
  identity: anything,
}

/** What parts of a schema say together. */
interface Joined {
  said: Schema
  properties: Map<string, Schema>
  required: Set<string>
  isNullable: boolean
  alternatives: { keyword: 'oneOf' | 'anyOf'; schemas: Schema[] }[]
}

function readView(document: OpenApiDocument, schema: Schema, viewOf: (schema: Schema) => SchemaView): SchemaView {
  const parts = partsOf(document, schema)
  const joined = joinParts(parts)
  const { said, properties, required } = joined
  const listed = [said.type ?? []].flat()
  const values = 'const' in said ? [said.const] : said.enum
  const [group, ...more] = joined.alternatives
  const alternatives =
    more.length === 0 ? (group?.schemas ?? []) : joined.alternatives.flatMap(({ schemas }) => schemas)
  const name = isReference(schema) ? nameOf(schema.$ref) : undefined
  const view: SchemaView = {
    ...(name !== undefined && { name }),
    said,
    types: listed.filter((type) => type !== 'null'),
    isNullable:
      joined.isNullable || listed.includes('null') || (values?.length !== 1 && values?.includes(null) === true),
    ...(values && { values: values.length === 1 ? values : values.filter((value) => value !== null) }),
    properties,
    required,
    alternatives,
    identity: identityOf(parts) ?? schema,
  }
  return group === undefined || more.length > 0 ? view : withCommonFields(view, group, viewOf)
}

/** The only part that says what a value holds, or the whole. */
function identityOf(parts: readonly Schema[]): Schema | undefined {
  const holders = parts.filter((part) => part.properties || part.items || part.oneOf || part.anyOf || isMap(part))
  return holders.length === 1 ? holders[0] : parts.find(({ $ref }) => $ref === undefined)
}

/** The name of the component that a reference leads to. */
const nameOf = (ref: string): string | undefined => /^#\/components\/schemas\/([^/]+)$/.exec(ref)?.[1]

/** A schema, what it refers to, and the parts it is made of, in this order and each once. */
function partsOf(document: OpenApiDocument, schema: Schema): Schema[] {
  const parts = new Set<Schema>()
  const add = (one: Schema) => {
    if (typeof one !== 'object' || one === null || parts.has(one)) return
    parts.add(one)
    if (one.$ref !== undefined) add(resolve(document, one))
    for (const part of one.allOf ?? []) add(part)
    const rest = withoutNull(one)
    // A value or null: the value's schema is as good as this one.
    if (rest?.length === 1 && rest[0]) add(rest[0])
  }
  add(schema)
  return [...parts]
}

const isNull = (schema: Schema) => schema.type === 'null' || ('const' in schema && schema.const === null)

/** The alternatives of a schema that has one for null, without that. */
function withoutNull({ oneOf, anyOf }: Schema): Schema[] | undefined {
  const all = oneOf ?? anyOf
  return all?.some(isNull) ? all.filter((one) => !isNull(one)) : undefined
}

function joinParts(parts: readonly Schema[]): Joined {
  const joined: Joined = { said: {}, properties: new Map(), required: new Set(), isNullable: false, alternatives: [] }
  for (const part of parts) {
    joined.said = { ...part, ...joined.said }
    joined.isNullable ||= part.nullable === true || withoutNull(part) !== undefined
    for (const name of part.required ?? []) joined.required.add(name)
    for (const [name, property] of Object.entries(part.properties ?? {})) {
      const other = joined.properties.get(name)
      joined.properties.set(name, other && other !== property ? { allOf: [other, property] } : property)
    }
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const schemas = withoutNull({ [keyword]: part[keyword] }) ?? part[keyword] ?? []
      if (schemas.length > 1 || (schemas.length === 1 && !part[keyword]?.some(isNull))) {
        joined.alternatives.push({ keyword, schemas })
      }
    }
  }
  return joined
}

/** Alternatives that differ only in what they require are one form, with words about what is required. */
function withCommonFields(
  view: SchemaView,
  group: Joined['alternatives'][number],
  viewOf: (schema: Schema) => SchemaView,
): SchemaView {
  const [first, ...others] = group.schemas.map(viewOf)
  if (!first || first.alternatives.length > 0 || view.alternatives.length === 0) return view
  const isSame = (other: SchemaView) =>
    other.alternatives.length === 0 &&
    other.types.join() === first.types.join() &&
    other.properties.size === first.properties.size &&
    [...first.properties].every(([name, property]) => other.properties.get(name) === property)
  const hasOwn = first.properties.size > 0 || [first, ...others].every(({ said }) => said.required !== undefined)
  if (!hasOwn || !others.every(isSame)) return view
  const all = [first, ...others]
  const common = [...first.required].filter((name) => all.every(({ required }) => required.has(name)))
  const sets = all.map(({ required }) =>
    [...required].filter((name) => !common.includes(name) && !view.required.has(name)),
  )
  return {
    ...view,
    types: view.types.length > 0 ? view.types : first.types,
    properties: new Map([...view.properties, ...first.properties]),
    required: new Set([...view.required, ...common]),
    // Where one demands nothing further, nothing further is needed.
    ...(sets.every((set) => set.length > 0) && { needs: { isExactlyOne: group.keyword === 'oneOf', sets } }),
    alternatives: [],
  }
}
