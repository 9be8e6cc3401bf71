import { lookUp, type OpenApiDocument, type Schema } from '../src/spec/document.ts'

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value that a schema allows in a request, with no more than what is required; `undefined` where that takes too long. */
export function sampleRequest(document: OpenApiDocument, schema: unknown, depth = 0): unknown {
  if (depth > 12) return undefined
  const one = flatten(document, schema)
  if ('const' in one) return one.const
  if (Array.isArray(one.enum) && one.type !== 'object' && !one.properties)
    return one.enum.find((value) => value !== null)
  const [first] = [one.oneOf, one.anyOf].flat().filter((value) => value !== undefined)
  const type = Array.isArray(one.type) ? one.type.find((name) => name !== 'null') : one.type
  if (first !== undefined) {
    const chosen = sampleRequest(document, first, depth + 1)
    if (!isFields(chosen)) return chosen
    return { ...sampleObject(document, one, depth), ...chosen }
  }
  if (type === 'array' || one.items) return [...samplePrefix(document, one, depth)]
  if (type === 'object' || one.properties || one.additionalProperties) return sampleObject(document, one, depth)
  return { string: 'a', integer: 1, number: 1, boolean: true, null: null }[String(type)] ?? 'a'
}

function samplePrefix(document: OpenApiDocument, one: Fields, depth: number): unknown[] {
  const first: unknown[] = Array.isArray(one.prefixItems) ? one.prefixItems : []
  return first.map((item) => sampleRequest(document, item, depth + 1))
}

function sampleObject(document: OpenApiDocument, { properties, required }: Fields, depth: number): Fields {
  const described = isFields(properties) ? properties : {}
  const names = (Array.isArray(required) ? required : []).filter((name) => Object.hasOwn(described, name))
  const sent = names.filter((name) => flatten(document, described[name]).readOnly !== true)
  return Object.fromEntries(sent.map((name) => [name, sampleRequest(document, described[name], depth + 1)]))
}

/** A schema with what it refers to and its parts in one, the first word of each keyword; names are joined. */
function flatten(document: OpenApiDocument, schema: unknown, depth = 0): Fields {
  if (!isFields(schema) || depth > 20) return {}
  const { $ref, allOf, ...own } = schema as Fields & Schema
  const parts = [...($ref ? [lookUp(document, $ref)] : []), ...(allOf ?? [])]
  let all: Fields = own
  for (const part of parts) {
    const more = flatten(document, part, depth + 1)
    const properties = { ...Object(more.properties), ...Object(all.properties) }
    const required = [more.required ?? [], all.required ?? []].flat()
    const isObject = Object.keys(properties).length > 0
    all = { ...more, ...all, ...(isObject && { properties }), ...(required.length > 0 && { required }) }
  }
  return all
}
