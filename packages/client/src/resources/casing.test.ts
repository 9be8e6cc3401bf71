import { expect, it } from 'vitest'
import { camelCaseKeys, mapList } from './casing.ts'

const objects: [given: object, want: object][] = [
  [{}, {}],
  [{ id: 1 }, { id: 1 }],
  [{ external_connection_id: 1 }, { externalConnectionId: 1 }],
  [
    { already_camelCase: 1, camelCase: 2 },
    { alreadyCamelCase: 1, camelCase: 2 },
  ],
  [{ custom_fields: { FIRST_NAME: 1, nick_name: 2 } }, { customFields: { FIRST_NAME: 1, nick_name: 2 } }],
  [
    { line_2: 1, v_2_x: 2, a__b: 3 },
    { line2: 1, v2X: 2, aB: 3 },
  ],
  [{ some_list: [{ in_a_list: 1 }] }, { someList: [{ in_a_list: 1 }] }],
]
it.each(objects)('S5: gives the keys of %o in camelCase, and those alone', (given, want) => {
  expect(camelCaseKeys(given)).toEqual(want)
})

it.each([undefined, null, 'some_text', 0, [{ a_b: 1 }]].map((v) => [v]))('S5: passes %o through', (value) => {
  expect(camelCaseKeys<unknown>(value)).toBe(value)
})

it('S5: maps a list, and passes through what is none', () => {
  expect(mapList([1, 2], (n) => n * 2)).toEqual([2, 4])
  const page = { items: [1] }
  expect(mapList(page as unknown as number[], (n) => n * 2)).toBe(page)
})
