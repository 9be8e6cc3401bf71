import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  listOperations,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  resolve,
  type Schema,
} from './document.ts'
import { createPersonalDataFinder } from './personal-data.ts'

const marked: Schema = { type: 'string', 'x-pii': true }
const plain: Schema = { type: 'string' }
const schemas: Record<string, Schema> = {
  Email: marked,
  Contact: { properties: { email: marked, name: plain } },
  Pet: { properties: { owner: marked }, oneOf: [{ $ref: '#/components/schemas/Dog' }] },
  Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { phone: marked } }] },
  Person: { properties: { email: marked, friends: { items: { $ref: '#/components/schemas/Person' } } } },
}
const components: OpenApiDocument['components'] = {
  schemas,
  parameters: { Email: { name: 'email', in: 'path', 'x-pii': true } },
  requestBodies: { Contact: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Contact' } } } } },
}
const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

const find = (operation: Operation, shared: Parameter[] = []) => {
  const document = { openapi: '3.1.0', paths: { '/a': { parameters: shared, post: operation } }, components }
  return listOperations(document).flatMap(createPersonalDataFinder(document))
}

test.each<[string, Schema, string[]]>([
  ['nothing is marked', { properties: { a: plain } }, []],
  ['a mark of false', { properties: { a: { ...plain, 'x-pii': false } } }, []],
  ['the whole body', marked, ['body']],
  ['a property', { properties: { email: marked, name: plain } }, ['body.email']],
  ['a property of a property', { properties: { to: { properties: { email: marked } } } }, ['body.to.email']],
  [
    'a marked object, once, not by its parts',
    { properties: { to: { 'x-pii': true, properties: { email: marked } } } },
    ['body.to'],
  ],
  ['every element of an array', { properties: { to: { items: marked } } }, ['body.to.*']],
  ['a property of every element', { items: { properties: { text: marked } } }, ['body.*.text']],
  ['every value of a free-form object', { additionalProperties: { properties: { email: marked } } }, ['body.*.email']],
  ['a free-form object of anything', { additionalProperties: true }, []],
  ['a part of allOf', { allOf: [{ properties: { a: plain } }, { properties: { email: marked } }] }, ['body.email']],
  [
    'either of two alternatives',
    { oneOf: [refTo('Contact'), { properties: { phone: marked } }] },
    ['body.phone', 'body.email'],
  ],
  ['what both alternatives share, once', { anyOf: [refTo('Contact'), refTo('Contact')] }, ['body.email']],
  ['a mark where the reference leads', { properties: { to: refTo('Email') } }, ['body.to']],
  ['a mark beside the reference', { properties: { to: { ...refTo('Contact'), 'x-pii': true } } }, ['body.to']],
  [
    'the same schema in two places',
    { properties: { from: refTo('Contact'), to: refTo('Contact') } },
    ['body.from.email', 'body.to.email'],
  ],
  ['a schema that contains itself, as a whole from there on', refTo('Person'), ['body.email', 'body.friends.*']],
  ['alternatives that are made of what they are alternatives of', refTo('Dog'), ['body.phone', 'body.owner']],
  ['a schema whose alternatives are made of it', refTo('Pet'), ['body.owner', 'body.phone']],
  ['a name with a dot, whose holder is named', { properties: { a: { properties: { 'b.c': marked } } } }, ['body.a']],
  [
    'what stands beside a reference',
    { ...refTo('Contact'), properties: { phone: marked } },
    ['body.phone', 'body.email'],
  ],
  ['an element by its position', { properties: { pair: { prefixItems: [plain, marked] } } }, ['body.pair.*']],
  ['a property by its pattern', { patternProperties: { '^x': marked } }, ['body.*']],
])('in a body: %s', (_, schema, want) => {
  expect(find({ requestBody: { content: { 'application/json': { schema } } } })).toEqual(want)
})

test.each<[string, Operation, string[]]>([
  ['in the query', { parameters: [{ name: 'q', in: 'query', 'x-pii': true }] }, ['query.q']],
  ['in a header', { parameters: [{ name: 'X-Email', in: 'header', 'x-pii': true }] }, ['header.X-Email']],
  ['in a cookie', { parameters: [{ name: 'user', in: 'cookie', 'x-pii': true }] }, ['cookie.user']],
  ['by reference', { parameters: [{ $ref: '#/components/parameters/Email', name: '', in: 'path' }] }, ['path.email']],
  ['not marked', { parameters: [{ name: 'q', in: 'query' }] }, []],
])('in a parameter: %s', (_, operation, want) => {
  expect(find(operation)).toEqual(want)
})

test('a parameter of the path is found too', () => {
  expect(find({}, [{ name: 'email', in: 'path', 'x-pii': true }])).toEqual(['path.email'])
})

test('a body by reference is found', () => {
  expect(find({ requestBody: { $ref: '#/components/requestBodies/Contact' } })).toEqual(['body.email'])
})

test('every media type counts, and each place is named once', () => {
  const form = { schema: { properties: { email: marked, file: marked } } }
  const content = { 'application/json': { schema: refTo('Contact') }, 'multipart/form-data': form }
  expect(find({ requestBody: { content } })).toEqual(['body.email', 'body.file'])
})

test('what a response holds does not count', () => {
  expect(find({ responses: { '200': { content: { 'application/json': { schema: marked } } } } })).toEqual([])
})

test('schemas that all hold each other are read once each, and named as a whole where they begin again', () => {
  const names = Array.from({ length: 300 }, (_, index) => `S${index}`)
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]))
  const dense = Object.fromEntries(names.map((name) => [name, { properties: { ...properties, email: marked } }]))
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } }
  const document = {
    openapi: '3.1.0',
    paths: { '/a': { post: { requestBody: { content } } } },
    components: { schemas: dense },
  }
  const [entry] = listOperations(document)
  expect(entry && createPersonalDataFinder(document)(entry)).toEqual(['body'])
})

test('a row of ten thousand schemas is followed to its end', () => {
  const schemas: Record<string, Schema> = { S10000: marked }
  for (let index = 0; index < 10_000; index++) {
    schemas[`S${index}`] = { properties: { next: { $ref: `#/components/schemas/S${index + 1}` } } }
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/S0' } } }
  const document = {
    openapi: '3.1.0',
    paths: { '/a': { post: { requestBody: { content } } } },
    components: { schemas },
  }
  const [entry] = listOperations(document)
  expect(entry && createPersonalDataFinder(document)(entry)).toEqual([`body${'.next'.repeat(10_000)}`])
})

test('whatever schemas a body is made of, each marked value of it is at one of the places', () => {
  const names = ['S0', 'S1', 'S2', 'S3']
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => ({
    schema: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant(plain),
      fc.constant(marked),
      fc.constantFrom(...names).map(refTo),
      fc.record({ properties: fc.dictionary(fc.constantFrom('a', 'b', 'c.d'), tie('schema'), { maxKeys: 2 }) }),
      fc.record({ items: tie('schema') }),
      fc.record({ allOf: fc.array(tie('schema'), { maxLength: 2 }) }),
    ),
  }))
  const given = fc.tuple(...names.map(() => schema))
  fc.assert(
    fc.property(given, (all) => {
      const schemas = Object.fromEntries(names.map((name, index) => [name, { allOf: [all[index] ?? {}] }]))
      const document: OpenApiDocument = { openapi: '3.1.0', components: { schemas } }
      const content = { 'application/json': { schema: refTo('S0') } }
      const [entry] = listOperations({ ...document, paths: { '/a': { post: { requestBody: { content } } } } })
      const places = entry ? createPersonalDataFinder(document)(entry) : []
      for (const path of markedPaths(document, refTo('S0'), 'body', 8)) {
        expect(
          places.some((place) => path === place || path.startsWith(`${place}.`)),
          `${path} in ${places}`,
        ).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

/** Every way of so many steps to a mark. */
function markedPaths(document: OpenApiDocument, schema: Schema, path: string, steps: number): string[] {
  if (steps === 0) return []
  if (schema['x-pii']) return [path]
  const next = (below: Schema, key = '') => markedPaths(document, below, path + key, steps - 1)
  return [
    ...(schema.$ref === undefined ? [] : next(resolve(document, { $ref: schema.$ref }))),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, below]) => next(below, `.${name}`)),
    ...(schema.items ? next(schema.items, '.*') : []),
    ...(schema.allOf ?? []).flatMap((part) => next(part)),
  ]
}
