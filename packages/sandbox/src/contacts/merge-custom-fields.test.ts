import { isDeepStrictEqual } from 'node:util'
import { assert, constantFrom, dictionary, integer, letrec, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import { isJsonObject, type JsonObject, mergeCustomFields } from './merge-custom-fields.ts'

// Few keys, so that two objects often have some in common; through JSON, as requests come.
const { object } = letrec<{ value: unknown; object: JsonObject }>((tie) => ({
  value: oneof(
    { depthSize: 'small' },
    constantFrom<unknown>(null, true, 'pro', 'free', ['a'], ['a', { plan: 1 }]),
    integer({ min: 0, max: 3 }),
    tie('object'),
  ),
  object: dictionary(constantFrom('plan', 'address', 'a.b', '', '__proto__', 'constructor'), tie('value')),
}))
const customFields = object.map((fields): JsonObject => JSON.parse(JSON.stringify(fields)))

test('nested objects merge, and keys that were not sent stay', () => {
  const stored = { plan: 'free', address: { city: 'Roma', geo: { lat: 1 } } }
  const sent = { address: { zip: '10121', geo: { lon: 2 } } }
  expect(mergeCustomFields(stored, sent)).toEqual({
    plan: 'free',
    address: { city: 'Roma', zip: '10121', geo: { lat: 1, lon: 2 } },
  })
})

test.each([
  ['a list replaces a list', ['a', 'b'], ['c'], ['c']],
  ['a list replaces an object', { a: 1 }, ['c'], ['c']],
  ['an object replaces a list', ['a'], { a: 1 }, { a: 1 }],
  ['an object replaces a text', 'a', { a: 1 }, { a: 1 }],
  ['an object replaces null', null, { a: 1 }, { a: 1 }],
  ['an empty object leaves an object as it is', { a: 1 }, {}, { a: 1 }],
  ['null replaces an object and the key stays', { a: 1 }, null, null],
])('%s', (_rule, stored, sent, merged) => {
  expect(mergeCustomFields({ field: stored }, { field: sent })).toEqual({ field: merged })
})

test('a key named __proto__ is a key like any other', () => {
  const sent: JsonObject = JSON.parse('{"__proto__": {"admin": true}, "constructor": {"prototype": {"admin": true}}}')
  const merged = mergeCustomFields({}, sent)
  expect(JSON.stringify(merged)).toBe(JSON.stringify(sent))
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
  expect(({} as JsonObject).admin).toBeUndefined()
})

test('merging the same again changes nothing', () => {
  assert(
    property(customFields, customFields, (stored, sent) => {
      const once = mergeCustomFields(stored, sent)
      return isDeepStrictEqual(mergeCustomFields(once, sent), once)
    }),
  )
})

test('whatever was not sent stays, at every depth', () => {
  assert(property(customFields, customFields, (stored, sent) => keeps(stored, sent, mergeCustomFields(stored, sent))))
})

test('whatever was sent is found again, at every depth', () => {
  assert(property(customFields, customFields, (stored, sent) => contains(mergeCustomFields(stored, sent), sent)))
})

test('neither argument is changed', () => {
  assert(
    property(customFields, customFields, (stored, sent) => {
      const before = JSON.stringify([stored, sent])
      mergeCustomFields(stored, sent)
      return JSON.stringify([stored, sent]) === before
    }),
  )
})

function keeps(stored: unknown, sent: unknown, merged: unknown): boolean {
  if (!isJsonObject(stored) || !isJsonObject(sent) || !isJsonObject(merged)) return true
  return Object.entries(stored).every(([key, value]) =>
    Object.hasOwn(sent, key)
      ? keeps(value, sent[key], merged[key])
      : Object.hasOwn(merged, key) && isDeepStrictEqual(merged[key], value),
  )
}

function contains(merged: unknown, sent: unknown): boolean {
  if (!isJsonObject(sent)) return isDeepStrictEqual(merged, sent)
  return (
    isJsonObject(merged) &&
    Object.entries(sent).every(([key, value]) => Object.hasOwn(merged, key) && contains(merged[key], value))
  )
}
