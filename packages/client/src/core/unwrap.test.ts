import { expect, it } from 'vitest'
import { unwrap } from './unwrap.ts'

const list = [1, 2]

const bodies: [given: unknown, want: unknown][] = [
  [{ data: { id: 1 } }, { id: 1 }],
  [{ data: list }, list],
  [{ data: null }, null],
  [{ data: 0 }, 0],
  [{ id: 1 }, { id: 1 }],
  [list, list],
  [
    { id: 1, data: 'x' },
    { id: 1, data: 'x' },
  ],
  [
    { data: 'x', id: 1 },
    { data: 'x', id: 1 },
  ],
  [{ data: { data: 1 } }, { data: 1 }],
  [{}, {}],
  [null, null],
  [undefined, undefined],
  ['data', 'data'],
  [0, 0],
]
it.each(bodies)('S4: takes %o to %o', (given, want) => {
  expect(unwrap(given, { unwrap: 'data' })).toEqual(want)
})

it.each(bodies.map(([given]) => [given]))('S4: leaves %o alone where the row names no envelope', (given) => {
  expect(unwrap(given, {})).toBe(given)
})
