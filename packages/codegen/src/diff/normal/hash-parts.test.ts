import { expect, test } from 'vitest'
import type { OpenApiDocument, Operation, Schema } from '../../document.ts'
import { createHashes } from './hash-parts.ts'
import { normalizeSpec } from './normalize.ts'

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function documentOf(schema: Schema, schemas: Record<string, object> = {}, rest: Operation = {}): OpenApiDocument {
  const responses = { '200': { content: { 'application/json': { schema } } } }
  const operation = { operationId: 'a', responses, ...rest }
  return normalizeSpec({ openapi: '3.1.0', paths: { '/a': { get: operation } }, components: { schemas } })
}

function compare(before: OpenApiDocument, after: OpenApiDocument) {
  const hashes = createHashes(before, after)
  const same = (kind: 'meaning' | 'words', part: (operation?: Operation) => unknown) => {
    const [was, is] = [before, after].map(({ paths }) => part(paths?.['/a']?.get))
    return hashes[kind].before(was) === hashes[kind].after(is)
  }
  return {
    meaning: same('meaning', (operation) => operation),
    words: same('words', (operation) => operation),
    request: same('meaning', (operation) => ({
      parameters: operation?.parameters,
      requestBody: operation?.requestBody,
    })),
    response: same('meaning', (operation) => operation?.responses),
  }
}

const all = { meaning: true, words: true, request: true, response: true }
const other = { meaning: false, words: false, request: true, response: false }
const pet = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }
const tree = (leaf: string) => ({ properties: { leaf: { type: leaf }, below: { items: refTo('Tree') } } })

test.each<[string, OpenApiDocument, OpenApiDocument, object]>([
  ['the same', documentOf(pet), documentOf(pet), all],
  [
    'keys in another order',
    documentOf({ type: 'string', enum: ['a'] }),
    documentOf({ enum: ['a'], type: 'string' }),
    all,
  ],
  ['a schema by reference', documentOf(pet), documentOf(refTo('Pet'), { Pet: pet }), all],
  [
    'a reference to a reference',
    documentOf(refTo('A'), { A: refTo('Pet'), Pet: pet }),
    documentOf(refTo('Pet'), { Pet: pet }),
    all,
  ],
  ['another name', documentOf(refTo('A'), { A: pet }), documentOf(refTo('B'), { B: pet }), all],
  [
    'parts joined',
    documentOf({ allOf: [pet, { required: ['b'] } as Schema] }),
    documentOf({ ...pet, required: ['b', 'id'] } as Schema),
    all,
  ],
  ['parts that say otherwise', documentOf({ allOf: [pet, { type: 'string' }] }), documentOf(pet), other],
  [
    'alternatives in another order',
    documentOf({ anyOf: [pet, tree('a')] }, { Tree: pet }),
    documentOf({ anyOf: [tree('a'), pet] }, { Tree: pet }),
    all,
  ],
  ['another type', documentOf(pet), documentOf({ ...pet, type: 'string' }), other],
  [
    'another type behind a reference',
    documentOf(refTo('A'), { A: pet }),
    documentOf(refTo('A'), { A: { type: 'string' } }),
    other,
  ],
  [
    'a schema in a circle',
    documentOf(refTo('Tree'), { Tree: tree('string') }),
    documentOf(refTo('Tree'), { Tree: tree('string') }),
    all,
  ],
  [
    'a circle written out once',
    documentOf(tree('string'), { Tree: tree('string') }),
    documentOf(refTo('Tree'), { Tree: tree('string') }),
    all,
  ],
  [
    'another leaf in a circle',
    documentOf(refTo('Tree'), { Tree: tree('string') }),
    documentOf(refTo('Tree'), { Tree: tree('integer') }),
    other,
  ],
  [
    'another leaf far away in a circle',
    documentOf(refTo('A'), {
      A: { items: refTo('B') },
      B: { items: refTo('Tree') },
      Tree: { ...tree('string'), items: refTo('A') },
    }),
    documentOf(refTo('A'), {
      A: { items: refTo('B') },
      B: { items: refTo('Tree') },
      Tree: { ...tree('integer'), items: refTo('A') },
    }),
    other,
  ],
  ['words', documentOf(pet), documentOf({ ...pet, description: 'A pet.' } as Schema), { ...all, words: false }],
  [
    'words behind a reference',
    documentOf(refTo('A'), { A: pet }),
    documentOf(refTo('A'), { A: { ...pet, title: 'Pet' } }),
    { ...all, words: false },
  ],
  [
    'a property called description',
    documentOf(pet),
    documentOf({ ...pet, properties: { id: { type: 'integer' }, description: {} } }),
    other,
  ],
  [
    'another parameter',
    documentOf(pet),
    documentOf(pet, {}, { parameters: [{ name: 'a', in: 'query' }] }),
    { ...all, meaning: false, request: false, words: false },
  ],
  [
    'parameters in another order',
    documentOf(
      pet,
      {},
      {
        parameters: [
          { name: 'a', in: 'query' },
          { name: 'b', in: 'query' },
        ],
      },
    ),
    documentOf(
      pet,
      {},
      {
        parameters: [
          { name: 'b', in: 'query' },
          { name: 'a', in: 'query' },
        ],
      },
    ),
    all,
  ],
  [
    'another tag',
    documentOf(pet, {}, { tags: ['a'] }),
    documentOf(pet, {}, { tags: ['b'] }),
    { ...all, meaning: false, words: false },
  ],
  [
    'another second tag',
    documentOf(pet, {}, { tags: ['a'] }),
    documentOf(pet, {}, { tags: ['a', 'b'] }),
    { ...all, meaning: false, words: false },
  ],
  ['a retry class that holds anyway', documentOf(pet), documentOf(pet, {}, { 'x-retry': 'safe' }), all],
  ['another retry class', documentOf(pet), documentOf(pet, {}, { 'x-retry': 'never' }), { ...all, words: false }],
])('%s', (_, before, after, want) => {
  expect(compare(before, after)).toEqual(want)
})
