import { expect, test } from 'vitest'
import type { OpenApiDocument, Operation, Parameter, PathItem } from '../../spec/document.ts'
import { normalizeSpec } from './normalize.ts'

type Fields = Record<string, unknown>

const withSchema = (schema: Fields): OpenApiDocument => ({ openapi: '3.0.3', components: { schemas: { A: schema } } })
const normalSchema = (schema: Fields) => normalizeSpec(withSchema(schema)).components?.schemas?.A

test.each<[string, Fields, Fields]>([
  ['nullable is a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
  ['nullable: false says nothing', { type: 'string', nullable: false }, { type: 'string' }],
  [
    'a nullable enum holds null',
    { type: 'string', nullable: true, enum: ['a'] },
    { type: ['string', 'null'], enum: ['a', null] },
  ],
  ['null comes last', { type: ['null', 'string', 'integer'] }, { type: ['integer', 'string', 'null'] }],
  ['a list of one type is the type', { type: ['string'] }, { type: 'string' }],
  [
    'a nullable reference is an alternative',
    { nullable: true, allOf: [{ $ref: '#/components/schemas/B' }], description: 'B.' },
    { description: 'B.', anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] },
  ],
  [
    'a reference or null is written in one way',
    { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/B' }] },
    { anyOf: [{ $ref: '#/components/schemas/B' }, { type: 'null' }] },
  ],
  [
    'a typed alternative to null is a type',
    { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }] },
    { type: ['string', 'null'], maxLength: 3 },
  ],
  [
    'what null would have to satisfy as well stays apart',
    { anyOf: [{ type: 'string', not: { enum: ['a'] } }, { type: 'null' }] },
    { anyOf: [{ type: 'string', not: { type: 'string', enum: ['a'] } }, { type: 'null' }] },
  ],
  ['a lone alternative is the schema', { oneOf: [{ type: 'string' }], title: 'A' }, { type: 'string', title: 'A' }],
  [
    'a lone alternative beside something else is a part of it',
    { anyOf: [{ type: 'object' }], required: ['a'] },
    { allOf: [{ type: 'object' }], required: ['a'] },
  ],
  [
    'alternatives of which one allows anything say nothing',
    { anyOf: [{}, { type: 'string' }], title: 'A' },
    { title: 'A' },
  ],
  ['a lone part of allOf is the schema', { allOf: [{ type: 'string' }], title: 'A' }, { type: 'string', title: 'A' }],
  [
    'a part of allOf with something beside it stays',
    { allOf: [{ type: 'object' }], required: ['a'] },
    { allOf: [{ type: 'object' }], required: ['a'] },
  ],
  ['a flag beside a bound is a bound', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
  ['a flag that is off says nothing', { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
  ['a bound of its own stays', { exclusiveMaximum: 1 }, { exclusiveMaximum: 1 }],
  [
    'lists without an order are sorted',
    { required: ['b', 'a', 'b'], enum: ['b', 'a'] },
    { required: ['a', 'b'], type: 'string', enum: ['a', 'b'] },
  ],
  ['a const is an enum of one', { const: 'a' }, { type: 'string', enum: ['a'] }],
  ['values say their types', { enum: [null, 1, 'a'] }, { type: ['integer', 'string', 'null'], enum: ['a', 1, null] }],
  ['an enum of nothing says no type', { enum: [] }, { enum: [] }],
  [
    'a default that is a text is a value of its type',
    { type: 'integer', default: '10' },
    { type: 'integer', default: 10 },
  ],
  [
    'a default that is a text stays one',
    { type: ['string', 'null'], default: '10' },
    { type: ['string', 'null'], default: '10' },
  ],
  [
    'null beside alternatives is one more',
    { nullable: true, anyOf: [{ type: 'string' }, { type: 'integer' }] },
    { anyOf: [{ type: 'string' }, { type: 'integer' }, { type: 'null' }] },
  ],
  ['what allows anything is written in one way', { additionalProperties: {} }, { additionalProperties: true }],
  [
    'true and false are schemas',
    { properties: { a: true }, items: false, oneOf: [true, false], additionalProperties: false, readOnly: true },
    {
      properties: { a: {} },
      items: { not: {} },
      oneOf: [{}, { not: {} }],
      additionalProperties: false,
      readOnly: true,
    },
  ],
  ['defaults say nothing', { uniqueItems: false, minLength: 0, deprecated: false, required: [] }, {}],
  [
    'names are no keywords',
    { properties: { nullable: { type: 'string' }, const: { nullable: true, type: 'string' } } },
    { properties: { nullable: { type: 'string' }, const: { type: ['string', 'null'] } } },
  ],
  [
    'values are no keywords',
    { default: { const: 1, enum: ['b', 'a'] }, example: { nullable: true } },
    { default: { const: 1, enum: ['b', 'a'] }, example: { nullable: true } },
  ],
])('%s', (_, given, want) => {
  expect(normalSchema(given)).toEqual(want)
})

const withPath = (item: PathItem, rest: Partial<OpenApiDocument> = {}): OpenApiDocument => ({
  openapi: '3.1.0',
  paths: { '/a': item },
  ...rest,
})
const normalGet = (document: OpenApiDocument): Operation | undefined => normalizeSpec(document).paths?.['/a']?.get

test.each<[string, OpenApiDocument, string[]]>([
  ['the document’s', withPath({ get: {} }, { servers: [{ url: 'https://d.test/' }] }), ['https://d.test']],
  [
    'the path’s',
    withPath({ get: {}, servers: [{ url: 'https://p.test' }] }, { servers: [{ url: 'https://d.test' }] }),
    ['https://p.test'],
  ],
  [
    'the operation’s',
    withPath({ get: { servers: [{ url: 'https://o.test' }] }, servers: [{ url: 'https://p.test' }] }),
    ['https://o.test'],
  ],
  [
    'with the defaults of its variables',
    withPath({ get: {} }, { servers: [{ url: 'https://{a}.test', variables: { a: { default: 'b' } } }] }),
    ['https://b.test'],
  ],
  [
    'all of several',
    withPath({ get: {} }, { servers: [{ url: 'https://a.test' }, { url: '/b' }] }),
    ['https://a.test', '/b'],
  ],
  ['the root where there is none', withPath({ get: {} }), ['']],
])('the server of an operation is %s', (_, document, want) => {
  const normalized = normalizeSpec(document)
  expect(normalized.paths?.['/a']?.get?.servers?.map(({ url }) => url)).toEqual(want)
  expect([normalized.servers, normalized.paths?.['/a']?.servers]).toEqual([undefined, undefined])
})

test.each<[string, Operation['security'], Operation['security'], Operation['security']]>([
  ['the document’s', [{ a: [] }], undefined, [{ a: [] }]],
  ['its own', [{ a: [] }], [{ b: ['y', 'x'] }, { a: [] }], [{ a: [] }, { b: ['x', 'y'] }]],
  ['none', [{ a: [] }], [], []],
  ['none where nobody says', undefined, undefined, []],
])('the security of an operation is %s', (_, ofDocument, ofOperation, want) => {
  const operation = ofOperation ? { security: ofOperation } : {}
  const document = withPath({ get: operation }, ofDocument ? { security: ofDocument } : {})
  expect(normalGet(document)?.security).toEqual(want)
  expect(normalizeSpec(document).security).toBeUndefined()
})

test('parameters of a path stand with its operations, whose own win', () => {
  const own = { name: 'a', in: 'query' as const, schema: { type: 'integer' } }
  const shared = { ...own, schema: { type: 'string' } }
  const reference = { $ref: '#/components/parameters/B', name: '', in: 'path' as const }
  const document = withPath(
    { parameters: [shared, reference], get: { parameters: [own] } },
    { components: { parameters: { B: { name: 'b', in: 'path', required: true } } } },
  )
  expect(normalGet(document)?.parameters).toEqual([reference, own])
  expect(normalizeSpec(document).paths?.['/a']?.parameters).toBeUndefined()
})

test.each([
  [
    { name: 'a', in: 'query', style: 'form', explode: true, required: false },
    { name: 'a', in: 'query' },
  ],
  [
    { name: 'a', in: 'query', style: 'form', explode: false },
    { name: 'a', in: 'query', explode: false },
  ],
  [
    { name: 'a', in: 'query', style: 'pipeDelimited', explode: false },
    { name: 'a', in: 'query', style: 'pipeDelimited' },
  ],
  [
    { name: 'a', in: 'path', style: 'simple', explode: false },
    { name: 'a', in: 'path' },
  ],
] as const)('the form of the parameter %o is %o', (given, want) => {
  expect(normalGet(withPath({ get: { parameters: [given] } }))?.parameters).toEqual([want])
})

test('a path item by reference is written out', () => {
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    paths: { '/a': { $ref: '#/components/pathItems/A' } },
    components: { pathItems: { A: { get: { operationId: 'a' } } } },
  }
  expect(normalGet(document)?.operationId).toBe('a')
})

test('a part of a path that another path refers to is written out', () => {
  const parameter: Parameter = { name: 'id', in: 'query', schema: { type: 'string' } }
  const reference = { $ref: '#/paths/~1a/parameters/0' } as Parameter
  const { paths } = normalizeSpec({
    openapi: '3.0.3',
    paths: { '/a': { parameters: [parameter] }, '/b': { get: { parameters: [reference] } } },
  })
  expect(paths?.['/b']?.get?.parameters).toEqual([parameter])
})

test('the version that a document gives itself goes, the rest of its info stays', () => {
  const document = { openapi: '3.0.0', info: { title: 'A', version: '1.0.0' } }
  expect(normalizeSpec(document)).toEqual({ openapi: '3.1.0', info: { title: 'A' }, paths: {} })
})

test('what is given stays as it was', () => {
  const document = withPath(
    {
      servers: [{ url: '/' }],
      parameters: [{ name: 'a', in: 'query', schema: { type: 'string', nullable: true } }],
      get: {},
    },
    { components: { schemas: { A: { enum: ['b', 'a'], required: ['b', 'a'], exclusiveMinimum: true, minimum: 1 } } } },
  )
  const copy = structuredClone(document)
  normalizeSpec(document)
  expect(document).toEqual(copy)
})

test('normal form is its own normal form', () => {
  const document = withPath({ servers: [{ url: 'https://a.test/' }], get: { security: [{ b: [] }, { a: [] }] } })
  const once = normalizeSpec(document)
  expect(normalizeSpec(once)).toEqual(once)
})
