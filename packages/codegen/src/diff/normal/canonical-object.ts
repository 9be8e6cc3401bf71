import { exclusiveBound, orNull } from '../../spec/keywords-of-30.ts'
import { isRecord } from '../../spec/kinds.ts'
import { canonicalHeader, canonicalMediaType } from '../../spec/wire-names.ts'
import { isWords } from './shape.ts'

type Fields = Record<string, unknown>

/** Values that say what holds without them too. */
const defaults: Readonly<Record<string, unknown>> = {
  ...{ deprecated: false, readOnly: false, writeOnly: false, uniqueItems: false, required: false },
  ...{ allowReserved: false, allowEmptyValue: false, minLength: 0, minItems: 0, minProperties: 0 },
}

/** An object of a document, whose parts are in normal form, in normal form itself. May change what it is given. */
export function canonicalObject(fields: Fields): Fields {
  for (const [keyword, value] of Object.entries(defaults)) if (fields[keyword] === value) delete fields[keyword]
  for (const keyword of ['required', 'parameters', 'tags']) {
    if (Array.isArray(fields[keyword]) && fields[keyword].length === 0) delete fields[keyword]
  }
  return 'in' in fields && 'name' in fields ? canonicalParameter(fields) : canonicalSchema(fields)
}

/** A name of a map in normal form: headers and media types have no casing. `keyword` is what the map stands under. */
export function canonicalName(keyword: string, name: string): string {
  if (keyword === 'headers') return canonicalHeader(name)
  return keyword === 'content' ? canonicalMediaType(name) : name
}

/** How a parameter is written where it does not say so. */
function canonicalParameter(fields: Fields): Fields {
  if (fields.in === 'header') fields.name = canonicalHeader(String(fields.name))
  const isForm = fields.in === 'query' || fields.in === 'cookie'
  if (fields.style === (isForm ? 'form' : 'simple')) delete fields.style
  const explodes = fields.style === undefined ? isForm : fields.style === 'form'
  if (fields.explode === explodes) delete fields.explode
  return fields
}

function canonicalSchema({ nullable, exclusiveMinimum, exclusiveMaximum, ...fields }: Fields): Fields {
  // What stands beside a reference is no schema of its own in 3.0, where `nullable` comes from.
  if ('$ref' in fields) return fields
  Object.assign(fields, exclusiveBound(fields, 'minimum', exclusiveMinimum))
  Object.assign(fields, exclusiveBound(fields, 'maximum', exclusiveMaximum))
  if (Array.isArray(fields.required)) fields.required = [...new Set(fields.required)].sort()
  if (isRecord(fields.additionalProperties) && Object.keys(fields.additionalProperties).length === 0) {
    fields.additionalProperties = true
  }
  const plain = withoutLoneAllOf(
    withoutLoneAlternative(withoutAnything(nullable === true ? orNullApart(fields) : fields)),
  )
  return canonicalValues(withoutNullAlternative(plain))
}

/** A reference with what else has to hold beside it. */
export function withSiblings({ $ref, ...fields }: Fields): Fields {
  if ($ref === undefined) return fields
  if (Object.keys(fields).every(isWords)) return { $ref, ...fields }
  return { ...fields, allOf: [{ $ref }, fields.allOf ?? []].flat() }
}

/** Alternatives of which one allows anything allow anything. */
function withoutAnything({ anyOf: alternatives, ...rest }: Fields): Fields {
  if (!Array.isArray(alternatives)) return rest
  const allowsAll = alternatives.some((one) => isRecord(one) && Object.keys(one).every(isWords))
  return allowsAll ? rest : { ...rest, anyOf: alternatives }
}

/** The one of several alternatives, where there is only one, has to hold like a part of `allOf`. */
function withoutLoneAlternative(fields: Fields): Fields {
  const keyword = ['anyOf', 'oneOf'].find((one) => Array.isArray(fields[one]) && fields[one].length === 1)
  if (keyword === undefined) return fields
  const { [keyword]: alternatives, discriminator, ...rest } = fields
  const parts = [rest.allOf ?? [], alternatives].flat()
  return withoutLoneAlternative({ ...rest, allOf: parts })
}

/** `orNull`, with the words outside, where 3.1 has them. */
function orNullApart(fields: Fields): Fields {
  if (typeof fields.type === 'string') return orNull(fields)
  const [words, rest] = splitWords(fields)
  const [[keyword, alternatives] = [], ...others] = Object.entries(rest)
  if (others.length === 0 && (keyword === 'anyOf' || keyword === 'oneOf') && Array.isArray(alternatives)) {
    return { ...words, [keyword]: [...alternatives, ...(alternatives.some(isNull) ? [] : [{ type: 'null' }])] }
  }
  return { ...words, ...orNull(withoutLoneAllOf(rest)) }
}

/** `allOf` with one part and nothing else but words: how 3.0 puts words beside a reference. */
function withoutLoneAllOf(fields: Fields): Fields {
  const { allOf, ...rest } = fields
  if (!Array.isArray(allOf) || allOf.length !== 1 || !isRecord(allOf[0])) return fields
  return Object.keys(rest).every(isWords) ? { ...allOf[0], ...rest } : fields
}

/** One typed schema or null, written as alternatives: a list of types says the same. */
function withoutNullAlternative(fields: Fields): Fields {
  const keyword = 'anyOf' in fields ? 'anyOf' : 'oneOf'
  const { [keyword]: alternatives, ...rest } = fields
  if (!Array.isArray(alternatives) || !Object.keys(rest).every(isWords)) return fields
  const others = alternatives.filter((one) => !isNull(one))
  if (others.length === alternatives.length) return fields
  const [only] = others
  // Of null and one other schema, never both hold: `oneOf` and `anyOf` are the same.
  if (others.length !== 1 || !isRecord(only)) return fields
  return isOnlyTyped(only) ? { ...withNull(only), ...rest } : { ...rest, anyOf: [only, { type: 'null' }] }
}

/** A schema that allows some types, and says nothing that `null` would have to satisfy as well. */
export const isOnlyTyped = (schema: Fields): boolean =>
  schema.type !== undefined && !['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if'].some((keyword) => keyword in schema)

/** What a schema that is only typed, or null, allows beside what it allows itself. */
export function withNull(schema: Fields): Fields {
  const values = Array.isArray(schema.enum) ? { enum: [...new Set([...schema.enum, null])] } : {}
  return canonicalValues({ ...schema, ...values, type: [...new Set([schema.type, 'null'].flat())] })
}

const isNull = (schema: unknown) => isRecord(schema) && schema.type === 'null' && Object.keys(schema).length === 1

/** Lists of types and values have no order, values say their types, and a `const` is an enum of one value. */
function canonicalValues({ const: only, ...fields }: Fields): Fields {
  if (only !== undefined) fields.enum = [only]
  if (Array.isArray(fields.enum) && fields.enum.length > 0) {
    fields.type ??= fields.enum.map(typeOfValue)
    const text = (value: unknown) => JSON.stringify(value) ?? ''
    fields.enum = [...fields.enum].sort((a, b) => (text(a) < text(b) ? -1 : Number(text(a) > text(b))))
  }
  if (Array.isArray(fields.type)) {
    const types = [...new Set(fields.type)].sort(
      (a, b) => Number(a === 'null') - Number(b === 'null') || (a < b ? -1 : 1),
    )
    fields.type = types.length === 1 ? types[0] : types
  }
  if (typeof fields.default === 'string') fields.default = readDefault(fields.default, [fields.type].flat())
  return fields
}

/** A default that is written as a text, as the value that it stands for. */
function readDefault(text: string, types: unknown[]): unknown {
  if (types.includes('string')) return text
  const isNumber = (types.includes('integer') || types.includes('number')) && text !== '' && !Number.isNaN(Number(text))
  if (isNumber) return Number(text)
  return types.includes('boolean') && /^(true|false)$/.test(text) ? text === 'true' : text
}

function typeOfValue(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function splitWords(fields: Fields): [words: Fields, rest: Fields] {
  const entries = Object.entries(fields)
  return [
    Object.fromEntries(entries.filter(([keyword]) => isWords(keyword))),
    Object.fromEntries(entries.filter(([keyword]) => !isWords(keyword))),
  ]
}
