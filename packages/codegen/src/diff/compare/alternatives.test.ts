import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../../document.ts'
import { matchAlternatives } from './alternatives.ts'
import { createComparison, type Side } from './comparison.ts'

const object = (properties: object, required: string[] = []) => ({ type: 'object', properties, required })
const text = { type: 'string' }
const tagged = (tag: string, more = {}) => object({ kind: { enum: [tag] }, ...more })

const schemas = { Cat: object({ name: text }), Dog: object({ name: text, age: text }) }
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })

function pair(before: unknown[], after: unknown[]) {
  const document: OpenApiDocument = { openapi: '3.1.0', components: { schemas } }
  const other: OpenApiDocument = {
    openapi: '3.1.0',
    components: { schemas: { ...schemas, Cat: object({ name: text, lives: text }) } },
  }
  const comparison = createComparison(document, other)
  const read = (side: Side, all: unknown[]) => ({
    side,
    alternatives: all.map((schema) => ({ schema, view: side.view(schema) })),
  })
  const { pairs, removed, added } = matchAlternatives(read(comparison.before, before), read(comparison.after, after))
  return {
    pairs: pairs.map((one) => [before.indexOf(one.before.schema), after.indexOf(one.after.schema)]).sort(),
    lost: removed.map(({ schema }) => before.indexOf(schema)),
    gained: added.map(({ schema }) => after.indexOf(schema)),
  }
}

test.each<[string, unknown[], unknown[], { pairs: number[][]; lost?: number[]; gained?: number[] }]>([
  [
    'what means the same',
    [text, { type: 'integer' }],
    [{ type: 'integer' }, { type: 'string' }],
    {
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
  ],
  [
    'one name',
    [refTo('Dog'), refTo('Cat')],
    [refTo('Cat'), refTo('Dog')],
    {
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
  ],
  [
    'what tells them apart',
    [tagged('a', { x: text }), tagged('b')],
    [tagged('b', { x: text }), tagged('a')],
    {
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
  ],
  [
    'never what tells them apart otherwise',
    [tagged('a', { x: text })],
    [tagged('b', { x: text })],
    { pairs: [], lost: [0], gained: [0] },
  ],
  [
    'what is required',
    [object({ a: text, b: text }, ['a']), object({ a: text, b: text }, ['b'])],
    [object({ a: text, b: text, c: text }, ['b']), object({ a: text, b: text, c: text }, ['a'])],
    {
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
  ],
  [
    'most properties',
    [object({ a: text, b: text }), object({ c: text, d: text })],
    [object({ c: text, d: text, e: text }), object({ a: text })],
    {
      pairs: [
        [0, 1],
        [1, 0],
      ],
    },
  ],
  ['no other type', [text], [{ type: 'integer' }], { pairs: [], lost: [0], gained: [0] }],
  ['the only two of one type', [object({ a: text })], [object({ b: text })], { pairs: [[0, 0]] }],
  [
    'not what shares nothing',
    [object({ a: text }), text],
    [object({ b: text }), text],
    { pairs: [[1, 1]], lost: [0], gained: [0] },
  ],
  ['what is left', [text], [text, { type: 'integer' }], { pairs: [[0, 0]], gained: [1] }],
])('alternatives go together by %s', (_, before, after, want) => {
  expect(pair(before, after)).toEqual({ lost: [], gained: [], ...want })
})
