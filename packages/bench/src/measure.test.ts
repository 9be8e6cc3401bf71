import { expect, it } from 'vitest'
import { formatTable, interleave, median } from './measure.ts'

it.each([
  { given: [3, 1, 2], want: 2 },
  { given: [4, 1, 3, 2], want: 2.5 },
  { given: [10, 9, 100], want: 10 },
  { given: [], want: Number.NaN },
])('the median of $given is $want', ({ given, want }) => {
  expect(median(given)).toBe(want)
})

it('every subject runs once a round, each round starting with another one', async () => {
  const order: string[] = []
  const subject = (name: string) => ({ name, run: () => order.push(name) })
  const results = await interleave([subject('a'), subject('b')], 3)
  expect(order.join('')).toBe('abbaab')
  expect([...results]).toEqual([
    ['a', [1, 4, 5]],
    ['b', [2, 3, 6]],
  ])
})

it('a table is Markdown with aligned columns', () => {
  expect(formatTable(['client', 'µs'], [['ours', '9.0'], ['openapi-fetch']])).toBe(
    ['| client        |  µs |', '| ------------- | --: |', '| ours          | 9.0 |', '| openapi-fetch |     |'].join(
      '\n',
    ),
  )
})
