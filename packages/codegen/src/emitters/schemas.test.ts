import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../spec/document.ts'
import { readAt, tokensOf } from '../spec/pointer.ts'
import { emitSchemas } from './schemas.ts'

/** What a document's module of JSON Schemas exports. */
async function schemasOf(document: OpenApiDocument) {
  const [file] = await emitSchemas({ path: 'a.ts', operations: './b.ts' })(document, { source: 'a.yaml' })
  const source = file?.text ?? ''
  const value = source.slice(source.indexOf('\n} = {') + 5)
  // The module is data, and this is all of it.
  return new Function(`return ${value}`)() as {
    components: { schemas: Record<string, Record<string, unknown>> }
    further?: Record<string, unknown>
    operations: Record<string, unknown>
  }
}

/** What a reference leads to in what is emitted, the next ones followed. */
function follow(schemas: object, schema: unknown): unknown {
  const { $ref } = Object(schema) as { $ref?: string }
  return $ref === undefined ? schema : follow(schemas, readAt(schemas, tokensOf($ref)))
}

const documentOf = (body: unknown, rest: Partial<OpenApiDocument> & { answer?: unknown } = {}): OpenApiDocument => {
  const { answer = {}, ...document } = rest
  const media = (schema: unknown) => ({ content: { 'application/json': { schema: schema as object } } })
  const operation = { operationId: 'put', requestBody: media(body), responses: { '200': media(answer) } }
  return { openapi: '3.1.0', ...document, paths: { '/a/{id}': { put: operation }, ...document.paths } }
}

const bodyAt = ['operations', 'put', 'body', 'content', 'application/json', 'schema']
const answerAt = ['operations', 'put', 'responses', '200', 'application/json', 'schema']

const text = { type: 'string' }
const components: OpenApiDocument['components'] = {
  schemas: {
    Whole: { properties: { part: { type: 'integer' }, 'a/b%': { type: 'boolean' } }, nullable: true },
    Named: { $ref: '#/components/schemas/Whole/properties/part' },
    Any: true,
    __proto__: null,
  },
  parameters: { Id: { name: 'id', in: 'path', schema: text } },
  responses: { Done: { content: { 'application/json': { schema: { type: 'number' } } } } },
}
Object.defineProperty(components.schemas, '__proto__', { value: text, enumerable: true })

test.each<[string, string, unknown]>([
  ['a part of a component', '#/components/schemas/Whole/properties/part', { type: 'integer' }],
  ['a part whose name has to be spelt', '#/components/schemas/Whole/properties/a~1b%25', { type: 'boolean' }],
  ['another reference', '#/components/schemas/Named', { type: 'integer' }],
  ['a component that allows anything', '#/components/schemas/Any', {}],
  ['a component with a name of JavaScript', '#/components/schemas/__proto__', text],
  ['a parameter', '#/components/parameters/Id/schema', text],
  ['a response', '#/components/responses/Done/content/application~1json/schema', { type: 'number' }],
  ['another operation', '#/paths/~1b/get/responses/200/content/a~1b/schema', { type: 'array', items: text }],
])('a reference to %s leads there in what is emitted', async (_, $ref, want) => {
  const get = { responses: { '200': { content: { 'a/b': { schema: { type: 'array', items: text } } } } } }
  const schemas = await schemasOf(documentOf({ $ref }, { components, paths: { '/b': { get } } }))
  expect(follow(schemas, readAt(schemas, bodyAt))).toEqual(want)
})

test('a schema that refers to what stands elsewhere and to itself is emitted once', async () => {
  const self = '#/paths/~1a~1{id}/put/requestBody/content/application~1json/schema'
  const schemas = await schemasOf(documentOf({ properties: { me: { $ref: self } } }))
  expect(Object.keys(schemas.further ?? {})).toHaveLength(1)
  expect(follow(schemas, Object(readAt(schemas, bodyAt)).properties.me)).toEqual(readAt(schemas, bodyAt))
})

test('what stands beside a reference counts', async () => {
  const body = { $ref: '#/components/schemas/Whole', required: ['part'] }
  expect(readAt(await schemasOf(documentOf(body, { components })), bodyAt)).toEqual(body)
})

test('a request need not have what is readOnly, an answer need not have what is writeOnly', async () => {
  const Account = {
    required: ['id', 'name', 'password'],
    properties: { id: { type: 'integer', readOnly: true }, name: text, password: { ...text, writeOnly: true } },
  }
  const $ref = '#/components/schemas/Account'
  const Team = { properties: { members: { items: { $ref } } } }
  const document = documentOf(
    { $ref: '#/components/schemas/Team' },
    { answer: { $ref: '#/components/schemas/Team' }, components: { schemas: { Account, Team, Name: text } } },
  )
  const schemas = await schemasOf(document)
  const requiredAt = (path: string[]) => {
    const team = follow(schemas, readAt(schemas, path)) as { properties: { members: { items: unknown } } }
    return follow(schemas, team.properties.members.items)
  }
  expect(requiredAt(bodyAt)).toMatchObject({ required: ['name', 'password'] })
  expect(requiredAt(answerAt)).toMatchObject({ required: ['id', 'name'] })
  expect(Object.keys(schemas.further ?? {})).toEqual(['request Team', 'request Account'])
})

test('what is demanded by another part than the one that says it is readOnly is not demanded either', async () => {
  const Base = { properties: { id: { $ref: '#/components/schemas/Id' }, name: text } }
  const body = {
    allOf: [{ $ref: '#/components/schemas/Base' }, { required: ['id', 'name'] }],
    properties: { other: { required: ['id'] } },
  }
  const schemas = await schemasOf(
    documentOf(body, { components: { schemas: { Base, Id: { type: 'integer', readOnly: true } } } }),
  )
  expect(readAt(schemas, bodyAt)).toEqual({
    allOf: [{ $ref: '#/components/schemas/Base' }, { required: ['name'] }],
    properties: { other: { required: ['id'] } },
  })
})

test('a parameter that is written in a media type has the schema of that', async () => {
  const parameters = [
    { name: 'filter', in: 'query' as const, content: { 'application/json': { schema: { type: 'object' } } } },
  ]
  const operation = { operationId: 'get', parameters, responses: {} }
  const { operations } = await schemasOf(documentOf({}, { paths: { '/b': { get: operation } } }))
  expect(readAt(operations, ['get', 'parameters', '0'])).toEqual({
    name: 'filter',
    in: 'query',
    required: false,
    schema: { type: 'object' },
    content: 'application/json',
  })
})
