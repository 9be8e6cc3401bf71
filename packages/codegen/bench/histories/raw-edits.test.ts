import { expect, test } from 'vitest'
import { listRawEdits } from './raw-edits.ts'

const placesOf = (before: unknown, after: unknown) =>
  listRawEdits(before, after).map(({ kind, path }) => [kind, ...path].join(' '))

test('an added subtree is one edit, and so is a removed one', () => {
  const before = { paths: { '/a': { get: { tags: ['a'] } } } }
  const after = { paths: { '/b': { get: { tags: ['b'] }, put: {} } } }
  expect(placesOf(before, after)).toEqual(['removed paths /a', 'added paths /b'])
})

test('a scalar that is another is one edit, where it stands', () => {
  expect(placesOf({ info: { version: '1' } }, { info: { version: '2' } })).toEqual(['replaced info version'])
  expect(placesOf({ type: 'string' }, { type: ['string', 'null'] })).toEqual(['replaced type'])
})

test('each value that a list of scalars gains or loses is one edit; another order is none', () => {
  expect(placesOf({ enum: ['a', 'b'] }, { enum: ['b', 'c', 'd'] })).toEqual([
    'removed enum -',
    'added enum -',
    'added enum -',
  ])
  expect(placesOf(['a', 'b', 'b'], ['b', 'a'])).toEqual(['removed -'])
  expect(placesOf(['a', 'b'], ['b', 'a'])).toEqual([])
})

test('items of a list are compared with what has their name, or else their turn', () => {
  const before = [
    { name: 'a', in: 'query', required: true },
    { name: 'a', in: 'path' },
  ]
  const after = [
    { name: 'b', in: 'path' },
    { name: 'a', in: 'query' },
  ]
  expect(placesOf(before, after)).toEqual(['removed query.a required', 'removed path.a', 'added path.b'])
  expect(placesOf([{ type: 'object' }], [{ type: 'string' }])).toEqual(['replaced 0 type'])
})
