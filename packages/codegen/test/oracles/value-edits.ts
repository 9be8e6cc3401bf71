import { type Edits, onSchema } from './edit.ts'
import type { Fields } from './sites.ts'

const isPlain = (schema: Fields) => !('$ref' in schema)
const hasType =
  (...types: string[]) =>
  (schema: Fields) =>
    isPlain(schema) && [schema.type].flat().some((type) => types.includes(String(type)))
const isText = (schema: Fields) => hasType('string')(schema) && !('enum' in schema) && !('const' in schema)
const isNumber = hasType('integer', 'number')
const isList = hasType('array')
const isObject = hasType('object')
const hasValues = (schema: Fields) => isPlain(schema) && Array.isArray(schema.enum) && schema.enum.length > 0
const valuesOf = (schema: Fields): unknown[] => (Array.isArray(schema.enum) ? schema.enum : [])

const setOrMove = (keyword: string, values: readonly unknown[]) =>
  onSchema(
    {
      minimum: isNumber,
      maximum: isNumber,
      exclusiveMinimum: isNumber,
      exclusiveMaximum: isNumber,
      multipleOf: isNumber,
      minItems: isList,
      maxItems: isList,
      uniqueItems: isList,
      contains: isList,
      minContains: isList,
      minProperties: isObject,
      maxProperties: isObject,
      propertyNames: isObject,
      patternProperties: isObject,
      unevaluatedProperties: isObject,
      dependentRequired: isObject,
      dependentSchemas: isObject,
      if: isObject,
    }[keyword] ?? isText,
    (schema, random) => {
      const others = values.filter((value) => JSON.stringify(value) !== JSON.stringify(schema[keyword]))
      if (others.length === 0) return false
      schema[keyword] = structuredClone(random.pick(others))
      if (keyword === 'if') schema.else = { required: ['a'] }
      return true
    },
  )

const constraints: Record<string, readonly unknown[]> = {
  minimum: [1, 2, 3],
  maximum: [100, 200, 300],
  exclusiveMinimum: [1, 2],
  exclusiveMaximum: [100, 200],
  multipleOf: [2, 4],
  minLength: [1, 2, 3],
  maxLength: [10, 20, 30],
  pattern: ['^a', '^b'],
  format: ['email', 'uri', 'date', 'uuid', 'binary'],
  contentEncoding: ['base64', 'base64url'],
  contentMediaType: ['text/html', 'image/png'],
  minItems: [1, 2],
  maxItems: [10, 20],
  uniqueItems: [true],
  contains: [{ const: 'a' }, { type: 'string' }],
  minContains: [1, 2],
  minProperties: [1, 2],
  maxProperties: [10, 20],
  propertyNames: [{ pattern: '^a' }, { maxLength: 9 }],
  patternProperties: [{ '^x-': { type: 'string' } }, { '^x-': { type: 'integer' } }],
  unevaluatedProperties: [false, { type: 'string' }],
  dependentRequired: [{ a: ['b'] }, { a: ['c'] }],
  dependentSchemas: [{ a: { required: ['b'] } }],
  if: [{ required: ['b'] }, { required: ['c'] }],
}

const types = ['string', 'integer', 'number', 'boolean', 'object', 'array']
const typedKeywords = ['enum', 'const', 'format', 'pattern', 'default', 'items', 'properties', 'required']

/** Edits of what a single value may be. */
export const valueEdits: Edits = {
  ...Object.fromEntries(Object.entries(constraints).map(([keyword, values]) => [keyword, setOrMove(keyword, values)])),
  'type: another': onSchema(hasType(...types), (schema, random) => {
    const others = types.filter((type) => ![schema.type].flat().includes(type))
    for (const keyword of typedKeywords) delete schema[keyword]
    schema.type = random.pick(others)
    if (schema.type === 'array') schema.items = { type: 'string' }
  }),
  'type: one more': onSchema(hasType(...types), (schema, random) => {
    const own = [schema.type].flat()
    if ('enum' in schema || 'const' in schema) return false
    schema.type = [...own, random.pick(types.filter((type) => type !== 'array' && !own.includes(type)))]
    return true
  }),
  'type: integer to number': onSchema(hasType('integer'), (schema) => {
    schema.type = [schema.type].flat().map((type) => (type === 'integer' ? 'number' : type))
  }),
  'type: none': onSchema(hasType(...types), (schema) => {
    delete schema.type
  }),
  'nullable: type': onSchema(hasType(...types), (schema) => {
    const own = [schema.type].flat()
    if (own.includes('null')) return false
    schema.type = [...own, 'null']
    if (hasValues(schema)) schema.enum = [...valuesOf(schema), null]
    return true
  }),
  'nullable: anyOf': onSchema(
    () => true,
    (schema, random, { replace }) => replace({ [random.pick(['anyOf', 'oneOf'])]: [schema, { type: 'null' }] }),
  ),
  'enum: value added': onSchema(hasValues, (schema) => {
    const isNumeric = valuesOf(schema).some((value) => typeof value === 'number')
    schema.enum = [...valuesOf(schema), isNumeric ? 77 : 'novel']
  }),
  'enum: value removed': onSchema(hasValues, (schema, random) => {
    if (valuesOf(schema).length < 2) return false
    const gone = random.pick(valuesOf(schema))
    schema.enum = valuesOf(schema).filter((value) => value !== gone)
    return true
  }),
  'enum: value replaced': onSchema(hasValues, (schema, random) => {
    const gone = random.pick(valuesOf(schema))
    if (typeof gone === 'string') schema.enum = valuesOf(schema).map((value) => (value === gone ? `${gone}2` : value))
    else return false
    return true
  }),
  'enum: reordered': onSchema(hasValues, (schema) => {
    schema.enum = valuesOf(schema).toReversed()
  }),
  'enum: of a text': onSchema(isText, (schema, random) => {
    schema.enum = random.pick([['a', 'b', 'c'], ['a']])
  }),
  'enum: of a number': onSchema(isNumber, (schema) => {
    schema.enum = [1, 2]
  }),
  const: onSchema(isText, (schema, random) => {
    const values = ['a', 'b'].filter((value) => value !== schema.const)
    schema.const = random.pick(values)
  }),
  'enum: to const': onSchema(hasValues, (schema, random) => {
    schema.const = random.pick(valuesOf(schema))
    delete schema.enum
  }),
  default: onSchema(hasType('string', 'integer', 'boolean'), (schema) => {
    if (hasValues(schema) && valuesOf(schema).every((value) => value === schema.default)) return false
    const [value = ''] = hasValues(schema)
      ? valuesOf(schema).filter((one) => one !== schema.default)
      : [
          { string: `${schema.default ?? 'd'}x`, integer: Number(schema.default ?? 0) + 1 }[
            String([schema.type].flat()[0])
          ] ?? !schema.default,
        ]
    schema.default = value
    return true
  }),
  deprecated: onSchema(isPlain, (schema) => {
    schema.deprecated = schema.deprecated !== true
  }),
  readOnly: onSchema(
    (schema, { keyword }) => isPlain(schema) && keyword === 'properties',
    (schema) => {
      if (schema.writeOnly) return false
      schema.readOnly = schema.readOnly !== true
      return true
    },
  ),
  writeOnly: onSchema(
    (schema, { keyword }) => isPlain(schema) && keyword === 'properties',
    (schema) => {
      if (schema.readOnly) return false
      schema.writeOnly = schema.writeOnly !== true
      return true
    },
  ),
  'words: description': onSchema(
    () => true,
    (schema) => {
      schema.description = `${schema.description ?? ''} Told in other words.`
    },
  ),
  'words: title': onSchema(isPlain, (schema) => {
    schema.title = `${schema.title ?? ''} Title`
  }),
  'words: example': onSchema(isPlain, (schema) => {
    schema.examples = ['an example']
  }),
  'x-pii': onSchema(isPlain, (schema) => {
    schema['x-pii'] = schema['x-pii'] !== true
  }),
  xml: onSchema(isPlain, (schema) => {
    schema.xml = { name: schema.xml ? 'other' : 'one' }
  }),
}
