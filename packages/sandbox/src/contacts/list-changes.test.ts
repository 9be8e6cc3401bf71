import { isDeepStrictEqual } from 'node:util'
import { assert, constantFrom, dictionary, letrec, oneof, property } from 'fast-check'
import { expect, test } from 'vitest'
import { isFieldWithin, listChanges } from './list-changes.ts'
import { isJsonObject, type JsonObject } from './merge-custom-fields.ts'
import { emptyContact, type StoredContact } from './stored-contact.ts'

const { object } = letrec<{ value: unknown; object: JsonObject }>((tie) => ({
  value: oneof(
    { depthSize: 'small' },
    constantFrom<unknown>(null, true, 'pro', 1, [], [{ a: 1, b: 2 }]),
    tie('object'),
  ),
  object: dictionary(constantFrom('plan', 'address', 'a.b', 'a', 'b', '', '["a"]', '__proto__'), tie('value')),
}))
const customFields = object.map((fields): JsonObject => JSON.parse(JSON.stringify(fields)))

const withFields = (fields: JsonObject): StoredContact => ({ ...emptyContact(1), customFields: fields })
const changesOf = (before: JsonObject, after: JsonObject) => listChanges(withFields(before), withFields(after))

test('every kind of field is listed, in order of the names', () => {
  const after: StoredContact = {
    ...emptyContact(1),
    email: 'anna@example.com',
    phone: '+393391234567',
    customFields: { plan: 'pro', address: { city: 'Torino' } },
    consent: { email: true, whatsapp: false },
  }
  expect(listChanges(emptyContact(1), after)).toEqual([
    { field: 'customFields.address.city', before: null, after: 'Torino' },
    { field: 'customFields.plan', before: null, after: 'pro' },
    { field: 'email', before: null, after: 'anna@example.com' },
    { field: 'marketingConsent.email', before: null, after: true },
    { field: 'marketingConsent.whatsapp', before: null, after: false },
    { field: 'phone', before: null, after: '+393391234567' },
  ])
})

test('a list counts as one value, whatever the order of the keys in it', () => {
  expect(changesOf({ tags: [{ a: 1, b: 2 }] }, { tags: [{ b: 2, a: 1 }] })).toEqual([])
  expect(changesOf({ tags: ['a', 'b'] }, { tags: ['b', 'a'] })).toEqual([
    { field: 'customFields.tags', before: ['a', 'b'], after: ['b', 'a'] },
  ])
})

test('a missing field and null are the same value', () => {
  expect(changesOf({}, { plan: null })).toEqual([])
  expect(changesOf({ plan: 'pro' }, { plan: null })).toEqual([
    { field: 'customFields.plan', before: 'pro', after: null },
  ])
})

test.each([
  ['null becomes an object', null, { city: 'Roma' }, [{ field: '.city', before: null, after: 'Roma' }]],
  ['an object becomes null', { city: 'Roma' }, null, [{ field: '.city', before: 'Roma', after: null }]],
  ['null becomes an empty object', null, {}, [{ field: '', before: null, after: {} }]],
  ['null becomes an object without values', null, { a: null }, [{ field: '', before: null, after: { a: null } }]],
  [
    'a text becomes an object',
    'Roma',
    { city: 'Roma' },
    [
      { field: '', before: 'Roma', after: { city: 'Roma' } },
      { field: '.city', before: null, after: 'Roma' },
    ],
  ],
])('%s', (_case, before, after, changes) => {
  expect(changesOf({ address: before }, { address: after })).toEqual(
    changes.map((change) => ({ ...change, field: `customFields.address${change.field}` })),
  )
})

test.each([
  ['a.b', 'customFields["a.b"]'],
  ['', 'customFields[""]'],
  ['first name', 'customFields["first name"]'],
  ['say "hi"', String.raw`customFields["say \"hi\""]`],
  ['città', 'customFields.città'],
  ['T-SHIRT_SIZE', 'customFields.T-SHIRT_SIZE'],
])('the key %j is named %s', (key, field) => {
  expect(changesOf({}, { [key]: 1 })).toEqual([{ field, before: null, after: 1 }])
})

test('a field lies within itself and those above it, and within no other', () => {
  expect(isFieldWithin('customFields.address.city', 'customFields.address')).toBe(true)
  expect(isFieldWithin('customFields["a.b"]', 'customFields')).toBe(true)
  expect(isFieldWithin('email', 'email')).toBe(true)
  expect(isFieldWithin('customFields.address', 'customFields.address.city')).toBe(false)
  expect(isFieldWithin('customFields.planned', 'customFields.plan')).toBe(false)
})

test('nothing is listed exactly where nothing but keys without a value differs', () => {
  assert(
    property(
      customFields,
      customFields,
      (before, after) =>
        (changesOf(before, after).length === 0) === isDeepStrictEqual(withoutNulls(before), withoutNulls(after)),
    ),
  )
})

test('names are unique and in order, and the way back lists the same fields', () => {
  assert(
    property(customFields, customFields, (before, after) => {
      const changes = changesOf(before, after)
      const back = changesOf(after, before)
      const names = changes.map(({ field }) => field)
      expect(names).toEqual([...new Set(names)].sort())
      expect(back).toEqual(changes.map((change) => ({ ...change, before: change.after, after: change.before })))
    }),
  )
})

function withoutNulls(value: unknown): unknown {
  if (!isJsonObject(value)) return value
  const kept = Object.entries(value).filter(([, below]) => below !== null)
  return Object.fromEntries(kept.map(([key, below]) => [key, withoutNulls(below)]))
}
