import type { Bump } from '../src/diff/compare/change.ts'

type Fields = Record<string, unknown>

const text = { type: 'string' }
const whole = { type: 'integer' }
const list = { type: 'array', items: text }
const object = { type: 'object', properties: { a: text } }
const answer = (schema: Fields) => ({ content: { 'application/json': { schema } } })
/** Responses that say nothing. */
export const done = { '204': { description: 'Done.' } }

/** Every place of a request that holds a schema. */
export const requestPlaces: Record<string, (schema: Fields) => Fields> = {
  'a parameter of the query': (schema) => ({ parameters: [{ name: 'a', in: 'query', schema }] }),
  'the elements of a parameter': (items) => ({
    parameters: [{ name: 'a', in: 'query', schema: { type: 'array', items } }],
  }),
  'a header that is sent': (schema) => ({ parameters: [{ name: 'X-A', in: 'header', schema }] }),
  'the body': (schema) => ({ requestBody: answer(schema) }),
  'a property of the body': (a) => ({ requestBody: answer({ type: 'object', properties: { a } }) }),
  'a property of all of': (a) => ({
    requestBody: answer({ allOf: [{ type: 'object', properties: { a } }, { type: 'object' }] }),
  }),
  'a property of one of': (a) => ({
    requestBody: answer({ oneOf: [{ type: 'object', properties: { a, b: whole } }, whole] }),
  }),
  'a property of one of any of': (a) => ({
    requestBody: answer({
      anyOf: ['b', 'c'].map((name) => ({ type: 'object', required: [name], properties: { a, [name]: text } })),
    }),
  }),
  'the elements of the body': (items) => ({ requestBody: answer({ type: 'array', items }) }),
  'the values of a map that is sent': (additionalProperties) => ({
    requestBody: answer({ type: 'object', properties: { a: { type: 'object', additionalProperties } } }),
  }),
}
/** Every place of a response that holds a schema. */
export const responsePlaces: Record<string, (schema: Fields) => Fields> = {
  'an answer': (schema) => ({ responses: { '200': answer(schema) } }),
  'a property of an answer': (a) => ({ responses: { '200': answer({ type: 'object', properties: { a } }) } }),
  'a property of one of some answers': (a) => ({
    responses: { '200': answer({ oneOf: [{ type: 'object', properties: { a, b: whole } }, whole] }) },
  }),
  'the elements of an answer': (items) => ({ responses: { '200': answer({ type: 'array', items }) } }),
  'the values of a map in an answer': (additionalProperties) => ({
    responses: { '200': answer({ type: 'object', properties: { a: { type: 'object', additionalProperties } } }) },
  }),
  'a property of an error': (a) => ({ responses: { ...done, '404': answer({ type: 'object', properties: { a } }) } }),
}

/** A schema before and after, and what that demands in a request and in a response. */
export type KeywordCase = [name: string, before: Fields, after: Fields, request: Bump, response: Bump]

const enumOf = (...values: string[]) => ({ ...text, enum: values })
const twoWays = (name: string, loose: Fields, tight: Fields, back: Bump = 'minor'): KeywordCase[] => [
  [`${name}, tighter`, loose, tight, 'major', 'minor'],
  [`${name}, looser`, tight, loose, 'minor', back],
]

/** A change of every keyword. */
export const keywordCases: KeywordCase[] = [
  ['another type', text, whole, 'major', 'major'],
  ...twoWays('a type', { type: ['string', 'integer'] }, text, 'major'),
  ...twoWays('fractions', { type: 'number' }, whole, 'major'),
  ...twoWays('null', { type: ['string', 'null'] }, text, 'major'),
  ...twoWays('any type', {}, text, 'major'),
  ['one value more', enumOf('a', 'b'), enumOf('a', 'b', 'c'), 'minor', 'minor'],
  ['one value fewer', enumOf('a', 'b', 'c'), enumOf('a', 'b'), 'major', 'minor'],
  ['a list of values', text, enumOf('a', 'b'), 'major', 'minor'],
  ['no list of values', enumOf('a', 'b'), text, 'minor', 'minor'],
  ['one number more', { ...whole, enum: [1, 2] }, { ...whole, enum: [1, 2, 3] }, 'minor', 'major'],
  ['another single value', { ...text, const: 'a' }, { ...text, const: 'b' }, 'major', 'major'],
  ['a single value', text, { ...text, const: 'a' }, 'major', 'minor'],
  ['no single value', { ...text, const: 'a' }, text, 'minor', 'major'],
  ...twoWays('a format', text, { ...text, format: 'email' }),
  ['what a text holds', text, { ...text, contentMediaType: 'text/html' }, 'minor', 'minor'],
  ['another format', { ...text, format: 'email' }, { ...text, format: 'uri' }, 'major', 'minor'],
  ...twoWays('a pattern', text, { ...text, pattern: '^a' }),
  ['another pattern', { ...text, pattern: '^b' }, { ...text, pattern: '^a' }, 'major', 'minor'],
  ...['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties'].flatMap((keyword) => {
    const schema = { maxLength: text, maxItems: list, maxProperties: object }[keyword] ?? whole
    return [
      ...twoWays(keyword, schema, { ...schema, [keyword]: 5 }),
      ...twoWays(`another ${keyword}`, { ...schema, [keyword]: 9 }, { ...schema, [keyword]: 5 }),
    ]
  }),
  ...['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties'].flatMap((keyword) => {
    const schema = { minLength: text, minItems: list, minProperties: object }[keyword] ?? whole
    return [
      ...twoWays(keyword, schema, { ...schema, [keyword]: 5 }),
      ...twoWays(`another ${keyword}`, { ...schema, [keyword]: 5 }, { ...schema, [keyword]: 9 }),
    ]
  }),
  ...twoWays('multipleOf', whole, { ...whole, multipleOf: 5 }),
  ...twoWays('uniqueItems', list, { ...list, uniqueItems: true }),
  ...twoWays('contains', list, { ...list, contains: { const: 'a' } }),
  ...twoWays('not', text, { ...text, not: { const: 'a' } }),
  ...twoWays('propertyNames', object, { ...object, propertyNames: { pattern: '^a' } }),
  ...twoWays('if', object, { ...object, if: { required: ['a'] } }),
  ...twoWays('dependentRequired', object, { ...object, dependentRequired: { a: ['b'] } }),
  ...twoWays('required', object, { ...object, required: ['a'] }, 'major'),
  ['a property', object, { ...object, properties: { a: text, b: text } }, 'minor', 'minor'],
  ['a property less', { ...object, properties: { a: text, b: text } }, object, 'major', 'major'],
  ['a required property', object, { ...object, properties: { a: text, b: text }, required: ['b'] }, 'major', 'minor'],
  ['another type of a property', object, { ...object, properties: { a: whole } }, 'major', 'major'],
  [
    'a property in another casing',
    { ...object, properties: { aB: text } },
    { ...object, properties: { a_b: text } },
    'major',
    'major',
  ],
  ['no other properties', object, { ...object, additionalProperties: false }, 'major', 'minor'],
  ['other properties again', { ...object, additionalProperties: false }, object, 'minor', 'minor'],
  ['no further properties', { ...object, additionalProperties: true }, object, 'major', 'major'],
  ...twoWays('a map', { ...object, additionalProperties: true }, { ...object, additionalProperties: text }, 'major'),
  ['an alternative', { oneOf: [text, whole] }, { oneOf: [text, whole, { type: 'boolean' }] }, 'minor', 'major'],
  ['an alternative less', { oneOf: [text, whole, { type: 'boolean' }] }, { oneOf: [text, whole] }, 'major', 'minor'],
  ['alternatives in another order', { oneOf: [text, whole] }, { oneOf: [whole, text] }, 'none', 'none'],
  ['an alternative where there was none', text, { oneOf: [text, whole] }, 'minor', 'major'],
  [
    'a change in one alternative',
    { anyOf: [object, whole] },
    { anyOf: [{ ...object, required: ['a'] }, whole] },
    'major',
    'minor',
  ],
  ['a part in allOf', object, { allOf: [object, { type: 'object', properties: { b: text } }] }, 'minor', 'minor'],
  ['a part out of allOf', { allOf: [object, { type: 'object', properties: { b: text } }] }, object, 'major', 'major'],
  [
    'the parts of allOf joined',
    { allOf: [object, { type: 'object', properties: { b: text } }] },
    { ...object, properties: { a: text, b: text } },
    'none',
    'none',
  ],
  ['another default', { ...text, default: 'a' }, { ...text, default: 'b' }, 'major', 'minor'],
  ['a default', text, { ...text, default: 'a' }, 'minor', 'minor'],
  ['no default', { ...text, default: 'a' }, text, 'minor', 'minor'],
  ['a deprecation', text, { ...text, deprecated: true }, 'minor', 'minor'],
  ['an encoding', text, { ...text, contentEncoding: 'base64' }, 'major', 'major'],
  ['an encoding less', { ...text, contentEncoding: 'base64' }, text, 'major', 'major'],
  ['null as an alternative', { type: ['string', 'null'] }, { anyOf: [text, { type: 'null' }] }, 'none', 'none'],
  ['null as 3.0 has it', { type: ['string', 'null'] }, { ...text, nullable: true }, 'none', 'none'],
  ['values in another order', enumOf('a', 'b'), enumOf('b', 'a'), 'none', 'none'],
]
