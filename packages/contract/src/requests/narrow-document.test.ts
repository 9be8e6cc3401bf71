import { listOperations, type OpenApiDocument } from 'codegen/document'
import { expect, it } from 'vitest'
import { mostParts, narrowDocument } from './narrow-document.ts'

/** The document of the one operation of a path. */
function narrow(path: string, operation: object, more: object = {}) {
  // Sound: only what is read of a document is in it.
  const document = { openapi: '3.1.0', paths: { [path]: { post: operation } }, ...more } as OpenApiDocument
  const [entry] = listOperations(document)
  if (!entry) throw new Error('There is no operation')
  const { document: whole, fixedQuery } = narrowDocument(document, entry)
  const [judged] = listOperations(whole)
  return { path: judged?.path, operation: judged?.operation, fixedQuery }
}

const bodyOf = (schema: object) => ({ requestBody: { content: { 'application/json': { schema } } } })
const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' }, name: { type: 'string' } } }

it('what refers to itself allows anything where it does so again', () => {
  const { operation } = narrow('/a', bodyOf({ $ref: '#/components/schemas/Node' }), {
    components: { schemas: { Node: node } },
  })
  const schema = operation?.requestBody?.content?.['application/json']?.schema
  expect(schema).toEqual({ type: 'object', properties: { next: {}, name: { type: 'string' } } })
})

it('schemas that lead to one another in every way are written out up to a limit', () => {
  const names = Array.from({ length: 12 }, (_, index) => `Node${index}`)
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]))
  const schemas = Object.fromEntries(names.map((name) => [name, { type: 'object', properties }]))
  const { operation } = narrow('/a', bodyOf({ $ref: '#/components/schemas/Node0' }), { components: { schemas } })
  expect(JSON.stringify(operation)).not.toContain('$ref')
  expect(JSON.stringify(operation).length).toBeLessThan(mostParts * 100)
})

it('what a path has in its query has to be in the query, and a placeholder there is a parameter of it', () => {
  const item = { name: 'id', in: 'path', required: true, schema: { type: 'string' } }
  const { path, operation, fixedQuery } = narrow('/a?Action=List&item={id}', { parameters: [item] })
  expect(path).toBe('/a')
  expect(fixedQuery).toEqual([['Action', 'List']])
  expect(operation?.parameters).toEqual([{ ...item, in: 'query', name: 'item' }])
})

it('a placeholder of an odd name gets one that the judge can read, a header that means nothing is left out', () => {
  const format = { name: '.format', in: 'path', required: true, schema: { type: 'string' } }
  const accept = { name: 'Accept', in: 'header', schema: { enum: ['a'] } }
  const { path, operation } = narrow('/a{.format}', { parameters: [accept, format] })
  expect(path).toBe('/a{step0}')
  expect(operation?.parameters).toEqual([{ ...format, name: 'step0' }])
})

it('a body that no request can have is left out', () => {
  const document = {
    openapi: '3.1.0',
    paths: { '/a': { head: { ...bodyOf({}), operationId: 'a' } } },
  } as OpenApiDocument
  const [entry] = listOperations(document)
  expect(entry && listOperations(narrowDocument(document, entry).document)[0]?.operation.requestBody).toBe(undefined)
})

it('a pattern of another dialect is left out, a property of that name is not', () => {
  const schema = { type: 'object', properties: { pattern: { type: 'string', pattern: '[\\p{all}]' } } }
  const { operation } = narrow('/a', bodyOf(schema))
  const written = operation?.requestBody?.content?.['application/json']?.schema
  expect(written).toEqual({ type: 'object', properties: { pattern: { type: 'string' } } })
})
