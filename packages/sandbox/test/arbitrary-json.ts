import { type JsonSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { resolveSchema } from '../src/validation/resolve-schema.ts'

/** The keywords that schemas of requests are made of. */
interface Keywords {
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
  anyOf?: JsonSchema[]
}

/** In two spellings each. */
const emails = Array.from({ length: 120 }, (_, index) => [`Person.${index}@example.com`, `person.${index}@EXAMPLE.com`])
  .flat()
  .concat('nobody@shop.invalid', 'nowhere@invalid.invalid')
const phones = Array.from({ length: 120 }, (_, index) => `+39339${1_000_000 + index}`)
const templateIds = ['tmpl_42', 'tmpl_43', 'tmpl_44']

/** Texts that mean something to the sandbox, by the name of their property: drawn again and again, they meet. */
const texts: Readonly<Record<string, readonly string[]>> = {
  key: ['plan', 'CITY', 'Score_2', ...Array.from({ length: 500 }, (_, index) => `FIELD_${index}`)],
  name: ['order_shipped', 'welcome', 'spring_sale', 'login_code'],
  languageCode: ['it'],
  id: ['42', 'tmpl_43', '{recent}'],
}

/** Keys of custom fields, some of which need care where a change is told by its path. */
const fields = ['plan', 'city', 'name', 'order', 'address', 'tags', '', 'a.b', 'a b', 'à', '"', '0', 'toString']

const forbidden = /^(?:__proto__|constructor|prototype)$/

/** Text that a database can store: no NUL, no half of a surrogate pair. */
const storable = (length: { minLength?: number; maxLength: number }) =>
  fc.oneof(fc.string(length), fc.string({ ...length, unit: 'binary' })).map((value) => value.replaceAll('\0', '0'))

/** Such text of up to 12 characters. */
export const text: fc.Arbitrary<string> = storable({ maxLength: 12 })

const name = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fields) }, text).filter((key) => !forbidden.test(key))

/** Any JSON value that no rule but a schema could refuse. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text,
    fc.maxSafeInteger(),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  ),
})).value

/** Values that a schema of the spec accepts; `property` is the name of what holds them. */
export function arbitraryValue(schema: JsonSchema, property = ''): fc.Arbitrary<unknown> {
  const keywords = flatten(schema)
  if (keywords.anyOf) return fc.oneof(...keywords.anyOf.map((branch) => arbitraryValue(branch, property)))
  if ('const' in keywords) return fc.constant(keywords.const)
  if (keywords.enum) return fc.constantFrom(...keywords.enum)
  if (Array.isArray(keywords.type)) return fc.oneof(...keywords.type.map((type) => ofType(type, keywords, property)))
  return ofType(keywords.type, keywords, property)
}

function ofType(type: string | undefined, keywords: Keywords, property: string): fc.Arbitrary<unknown> {
  const { minimum, maximum, minItems = 0, maxItems = minItems + 3 } = keywords
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'string':
      return arbitraryText(keywords, property)
    case 'integer':
      return arbitraryInteger(keywords)
    case 'number':
      return fc.double({ min: minimum ?? -1e6, max: maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(arbitraryValue(keywords.items ?? {}, property), { minLength: minItems, maxLength: maxItems })
    case 'object':
      return arbitraryObject(keywords)
    default:
      return anyJson
  }
}

/** Mostly small ones, so that they are ids of what is stored. */
function arbitraryInteger({
  minimum: min = Number.MIN_SAFE_INTEGER,
  maximum: max = Number.MAX_SAFE_INTEGER,
}: Keywords) {
  const first = Math.max(min, Math.min(1, max))
  const small = fc.integer({ min: first, max: Math.min(max, first + 299) })
  return fc.oneof({ weight: 19, arbitrary: small }, fc.integer({ min, max }))
}

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  email: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...emails) }, fc.emailAddress()),
  uuid: fc.uuid(),
  uri: fc.webUrl(),
  'date-time': fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((date) => date.toISOString()),
}

function arbitraryText({ format, pattern, ...length }: Keywords, property: string): fc.Arbitrary<string> {
  if (format !== undefined) {
    const formatted = formats[format]
    if (!formatted) throw new Error(`Expected a format that test/arbitrary-json.ts can make, found ${format}: add it`)
    return formatted
  }
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY } = length
  const matching = pattern === undefined ? undefined : new RegExp(pattern, 'u')
  const known = matching ? [...phones, ...templateIds].filter((word) => matching.test(word)) : (texts[property] ?? [])
  const pool = known.filter((word) => word.length >= minLength && word.length <= maxLength)
  const fresh = matching
    ? fc.stringMatching(matching)
    : storable({ minLength, maxLength: Math.min(maxLength, minLength + 12) })
  return pool.length > 0 ? fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pool) }, fresh) : fresh
}

/** Objects with all, some or none of what is optional, and now and then with properties that no schema names. */
function arbitraryObject({ properties = {}, required = [] }: Keywords): fc.Arbitrary<object> {
  const values = Object.entries(properties).map(([key, schema]) => [key, arbitraryValue(schema, key)] as const)
  const documented = fc.record(Object.fromEntries(values), { requiredKeys: required })
  if (values.length === 0) return fc.dictionary(name, anyJson, { maxKeys: 3 })
  const further = fc.dictionary(
    text.map((key) => `x-${key}`),
    anyJson,
    { minKeys: 1, maxKeys: 2 },
  )
  const extended = fc.tuple(documented, further).map(([object, more]) => ({ ...object, ...more }))
  return fc.oneof({ weight: 5, arbitrary: documented }, extended)
}

/**
 * Values like those a schema accepts, with one thing wrong: another type, text, or choice, a missing property, a wrong
 * item. Some happen to be right all the same.
 */
export function arbitraryWrong(schema: JsonSchema): fc.Arbitrary<unknown> {
  const keywords = flatten(schema)
  if (keywords.anyOf) return fc.oneof(...keywords.anyOf.map(arbitraryWrong))
  const { properties = {}, items } = keywords
  const right = arbitraryValue(schema)
  const wrongProperty = Object.entries(properties).map(([key, property]) =>
    fc.tuple(right, arbitraryWrong(property)).map(([object, value]) => ({ ...Object(object), [key]: value })),
  )
  const missing = (keywords.required ?? []).map((key) =>
    right.map((object) => Object.fromEntries(Object.entries(Object(object)).filter(([other]) => other !== key))),
  )
  const wrongItem = items ? [fc.tuple(right, arbitraryWrong(items)).map(([list, item]) => [list, item].flat())] : []
  return fc.oneof(anyJson, ...wrongProperty, ...missing, ...wrongItem)
}

/** One schema without references and conjunctions. */
function flatten(schema: JsonSchema): Keywords {
  const { allOf = [], ...own } = resolveSchema(schemas, schema)
  // Sound: the spec's schemas were checked when they were generated.
  const parts: Keywords[] = [...(allOf as JsonSchema[]).map(flatten), own]
  const properties = Object.assign({}, ...parts.map((part) => part.properties))
  return Object.assign({}, ...parts, { properties, required: parts.flatMap((part) => part.required ?? []) })
}
