import { expect, test } from 'vitest'
import { sketchDiff } from '../../test/spec-diff.ts'
import { foldChanges, listSome, summarizeDiff } from './entries.ts'

const told = (...sketches: Parameters<typeof sketchDiff>[0]) =>
  foldChanges(sketchDiff(sketches)).map(({ bump, operation, reached, changes }) => ({
    bump,
    of: operation?.id,
    reached: reached.map(({ id }) => id),
    messages: changes.map(({ message }) => message),
  }))

test('the changes of one operation are one entry for each bump, what breaks first', () => {
  const ofA = { operationIds: ['a'] }
  expect(
    told(
      { bump: 'minor', message: 'new', ...ofA },
      { bump: 'major', message: 'gone', ...ofA },
      { bump: 'major', message: 'narrowed', ...ofA },
    ),
  ).toEqual([
    { bump: 'major', of: 'a', reached: ['a'], messages: ['gone', 'narrowed'] },
    { bump: 'minor', of: 'a', reached: ['a'], messages: ['new'] },
  ])
})

test('a change of a component is an entry of its own, even if it reaches one operation, and so is one of a whole API', () => {
  expect(
    told(
      { bump: 'major', message: 'shared', location: 'components.schemas.A.b', operationIds: ['a'] },
      { bump: 'major', message: 'new', id: 'api-added', operationIds: ['a'] },
      { bump: 'major', message: 'own', location: 'body.b', operationIds: ['a'] },
    ).map(({ of }) => of),
  ).toEqual([undefined, undefined, 'a'])
})

test('what is told of several operations alike is told once, with all of them', () => {
  const moved = { bump: 'major', message: 'moved', location: 'query.limit' } as const
  expect(told({ ...moved, operationIds: ['a'] }, { ...moved, operationIds: ['b'] })).toEqual([
    { bump: 'major', of: undefined, reached: ['a', 'b'], messages: ['moved'] },
  ])
  expect(told({ ...moved, operationIds: ['a'] }, { ...moved, direction: 'request', operationIds: ['b'] })).toHaveLength(
    2,
  )
})

test('of entries that demand the same, what reaches most comes first', () => {
  const location = 'components.schemas.A'
  expect(
    told(
      { bump: 'major', message: 'none', location },
      { bump: 'major', message: 'two', location, operationIds: ['a', 'b'] },
      { bump: 'major', message: 'one', operationIds: ['c'] },
    ).map(({ messages }) => messages[0]),
  ).toEqual(['two', 'one', 'none'])
})

test('operations of the same name in two APIs are told apart, and only then the API is named', () => {
  const change = { bump: 'major', message: 'gone', operationIds: ['a'] } as const
  const entries = foldChanges(sketchDiff([change, { ...change, api: 'barn' }]))
  expect(entries.map(({ api, operation }) => [api, operation?.id])).toEqual([
    ['minimo', 'a'],
    ['barn', 'a'],
  ])
  expect(foldChanges(sketchDiff([change]))[0]).not.toHaveProperty('api')
})

test('what is no operation is never one that can be called', () => {
  const diff = sketchDiff(
    [{ bump: 'major', message: 'gone', location: 'webhooks.new-booking.body.id', operationIds: ['new-booking'] }],
    ['new-booking'],
  )
  expect(foldChanges(diff)).toMatchObject([{ reached: [] }])
  expect(foldChanges(diff)[0]).not.toHaveProperty('operation')
})

test('the summary counts each operation once, by what it demands most, and what reaches none', () => {
  const location = 'components.schemas.A'
  const diff = sketchDiff([
    { bump: 'major', message: 'x', operationIds: ['a'] },
    { bump: 'minor', message: 'y', location, operationIds: ['a', 'b', 'c'] },
    { bump: 'patch', message: 'z', operationIds: ['d'] },
    { bump: 'minor', message: 'w', location: 'components.schemas.B' },
    { bump: 'major', message: 'v' },
  ])
  expect(summarizeDiff(diff)).toBe(
    '1 operation breaks; 2 operations gain or loosen something; 1 operation is described in other words; the document as a whole changes; 1 change reaches no operation',
  )
})

test('of many names a few are told and the rest is counted, but never a rest of one', () => {
  expect(listSome(['a', 'b', 'c'], 2)).toBe('a, b, c')
  expect(listSome(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more')
})
