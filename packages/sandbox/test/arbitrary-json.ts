import type { JsonSchema } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { resolveSchema } from '../src/validation/resolve-schema.ts'

/** The keywords that schemas of requests are made of. */
interface Keywords {
  type?: string
  enum?: unknown[]
  const?: unknown
  format?: string
  pattern?: string
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
export const text: fc.Arbitrary<string> = fc
  .oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 12 }))
  .map((value) => value.replaceAll('\0', ''))

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
  switch (keywords.type) {
    case 'string':
      return arbitraryText(keywords, property)
    case 'integer':
      return fc.oneof({ weight: 19, arbitrary: fc.integer({ min: 1, max: 300 }) }, fc.maxSafeInteger())
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(arbitraryValue(keywords.items ?? {}, property), { maxLength: 3 })
    case 'object':
      return arbitraryObject(keywords)
    default:
      return anyJson
  }
}

function arbitraryText({ format, pattern }: Keywords, property: string): fc.Arbitrary<string> {
  if (format !== undefined && format !== 'email') throw new Error(`This cannot make text of the format ${format}`)
  const matching = pattern === undefined ? undefined : new RegExp(pattern, 'u')
  const known = format
    ? emails
    : matching
      ? [...phones, ...templateIds].filter((word) => matching.test(word))
      : undefined
  const fresh = format ? fc.emailAddress() : matching ? fc.stringMatching(matching) : text
  const pool = known ?? texts[property] ?? []
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
  const { allOf = [], ...own } = resolveSchema(schema)
  // Sound: the spec's schemas were checked when they were generated.
  const parts: Keywords[] = [...(allOf as JsonSchema[]).map(flatten), own]
  const properties = Object.assign({}, ...parts.map((part) => part.properties))
  return Object.assign({}, ...parts, { properties, required: parts.flatMap((part) => part.required ?? []) })
}
