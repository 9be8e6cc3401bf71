import { exclusiveBound, orNull } from '../emitters/json-schema.ts'
import { isRecord, isWords } from './shape.ts'

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

/** How a parameter is written where it does not say so. */
function canonicalParameter(fields: Fields): Fields {
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
  const plain = withoutLoneAllOf(nullable === true ? orNullApart(fields) : fields)
  return canonicalValues(withoutNullAlternative(plain))
}

/** `orNull`, with the words outside, where 3.1 has them. */
function orNullApart(fields: Fields): Fields {
  if (typeof fields.type === 'string') return orNull(fields)
  const [words, rest] = splitWords(fields)
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
  if (only.type === undefined || notOnlyTyped.some((keyword) => keyword in only)) {
    return { ...rest, anyOf: [only, { type: 'null' }] }
  }
  const values = Array.isArray(only.enum) ? { enum: [...new Set([...only.enum, null])] } : {}
  return { ...only, ...rest, ...values, type: [...[only.type].flat(), 'null'] }
}

/** Keywords that `null` would have to satisfy as well. */
const notOnlyTyped = ['$ref', 'allOf', 'anyOf', 'oneOf', 'not', 'if']

const isNull = (schema: unknown) => isRecord(schema) && schema.type === 'null' && Object.keys(schema).length === 1

/** Lists of types and values have no order, and a `const` is an enum of one value. */
function canonicalValues(fields: Fields): Fields {
  if (Array.isArray(fields.type)) {
    const types = [...new Set(fields.type)].sort(
      (a, b) => Number(a === 'null') - Number(b === 'null') || (a < b ? -1 : 1),
    )
    fields.type = types.length === 1 ? types[0] : types
  }
  if ('const' in fields) {
    const { const: value, ...rest } = fields
    return { ...rest, enum: [value] }
  }
  if (Array.isArray(fields.enum)) {
    const text = (value: unknown) => JSON.stringify(value) ?? ''
    fields.enum = [...fields.enum].sort((a, b) => (text(a) < text(b) ? -1 : Number(text(a) > text(b))))
  }
  return fields
}

function splitWords(fields: Fields): [words: Fields, rest: Fields] {
  const entries = Object.entries(fields)
  return [
    Object.fromEntries(entries.filter(([keyword]) => isWords(keyword))),
    Object.fromEntries(entries.filter(([keyword]) => !isWords(keyword))),
  ]
}
