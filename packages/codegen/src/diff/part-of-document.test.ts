import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { listOperations, type OpenApiDocument, type PathItem } from '../document.ts'
import { printTypes } from '../emitters/print-types.ts'
import { createReach, listUnreachedSchemas, partOfDocument } from './part-of-document.ts'

const guests: OpenApiDocument = parse(readFileSync(new URL('../../test/fixtures/guests.yaml', import.meta.url), 'utf8'))

const partOf = (...operations: string[]) =>
  partOfDocument(guests, { operations: new Set(operations), schemas: new Set() })

test('a part holds its operations and what they reach, in circles too', () => {
  const part = partOf('listGuests')
  expect(listOperations(part).map(({ id }) => id)).toEqual(['listGuests'])
  expect(Object.keys(part.components?.schemas ?? {})).toEqual(['Guest', 'Saved', 'Room', 'Pet', 'Cat', 'Dog'])
  expect(partOf('getPhoto').components).toEqual({ schemas: {} })
})

test('a schema that no operation reaches is kept with what it reaches', () => {
  const part = partOfDocument(guests, { operations: new Set(), schemas: new Set(['Unused']) })
  expect(Object.keys(part.components?.schemas ?? {})).toEqual(['Saved', 'Unused'])
  expect(listUnreachedSchemas(guests)).toEqual(['Unused'])
})

test('parameters of a path and references into another path are kept', () => {
  const shared: PathItem = { get: { operationId: 'getA', responses: { '200': { content: {} } } } }
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    paths: {
      '/a/{id}': shared,
      '/b': {
        parameters: [{ $ref: '#/components/parameters/A~1B', name: '', in: 'query' }],
        get: { operationId: 'getB', responses: { '200': { $ref: '#/paths/~1a~1%7Bid%7D/get/responses/200' } } },
      },
      '/c': { get: { operationId: 'getC' } },
    },
    components: { parameters: { 'A/B': { name: 'a', in: 'query' }, C: { name: 'c', in: 'query' } } },
  }
  const part = partOfDocument(document, { operations: new Set(['getB']), schemas: new Set() })
  expect(part.paths).toEqual({ '/a/{id}': shared, '/b': document.paths?.['/b'] })
  expect(part.components).toEqual({ parameters: { 'A/B': { name: 'a', in: 'query' } } })
  expect([...createReach(document)(document.paths?.['/b'])].sort()).toEqual([
    'components/parameters/A/B',
    'paths//a/{id}',
  ])
})

test('a part has the types it has in the whole: enums stay open, and alternatives keep their tags', () => {
  // A request of the whole holds Room, and only Pet says how Cat and Dog are told apart.
  const document: OpenApiDocument = structuredClone(guests)
  const { get } = document.paths?.['/guests'] ?? {}
  get?.parameters?.push({ name: 'room', in: 'query', schema: { $ref: '#/components/schemas/Room' } })
  const select = (whole: OpenApiDocument) =>
    partOfDocument(whole, { operations: new Set(), schemas: new Set(['Room', 'Cat']) })
  const lines = (text: string) => text.split('\n').map((line) => line.trim())
  expect(lines(printTypes(document, select))).toEqual(
    expect.arrayContaining(['Room: "single" | "double";', 'kind: "cat";']),
  )
})

test('printing types leaves the document as it was, though it has discriminators', () => {
  const before = structuredClone(guests)
  printTypes(guests)
  expect(guests).toEqual(before)
})
