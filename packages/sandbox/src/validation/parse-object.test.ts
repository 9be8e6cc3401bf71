import { expect, test } from 'vitest'
import { Refusal } from '../exchange/refusal.ts'
import { fromText, integer, oneOf, parseObject, type Shape, secretText, text } from './parse-object.ts'

interface Pet {
  name: string
  kind?: 'cat' | 'dog'
  age?: number
}

const shape: Shape<Pet> = {
  fields: { name: text(), kind: oneOf(['cat', 'dog']), age: fromText(integer(0, 30)) },
  required: ['name'],
}

test('fields that are undefined are left out', () => {
  expect(Object.keys(parseObject({ name: 'Tom', age: undefined }, shape, 'pet'))).toEqual(['name'])
})

test('a number from a header or query is text', () => {
  expect(parseObject({ name: 'Tom', age: '3' }, shape, 'pet')).toEqual({ name: 'Tom', age: 3 })
})

test.each([
  [[], 'pet: expected an object, found a list'],
  [null, 'pet: expected an object, found null'],
  [{}, 'pet: name is missing'],
  [{ name: '' }, 'pet.name: expected a text that is not empty, found ""'],
  [{ name: 'Tom', kind: 'cow' }, 'pet.kind: expected one of cat, dog, found "cow"'],
  [{ name: 'Tom', age: 31 }, 'pet.age: expected an integer from 0 to 30, found 31'],
  [{ name: 'Tom', age: Number.NaN }, 'pet.age: expected an integer from 0 to 30, found NaN'],
  [{ name: true }, 'pet.name: expected a text that is not empty, found true'],
  [{ name: ['Tom'] }, 'pet.name: expected a text that is not empty, found a list'],
  [{ name: () => 'Tom' }, 'pet.name: expected a text that is not empty, found a function'],
  [{ name: 'Tom', colour: 'red' }, 'pet: there is no "colour"; expected name, kind, age'],
  [JSON.parse('{"name":"Tom","__proto__":{}}'), 'pet: there is no "__proto__"; expected name, kind, age'],
])('%j is refused: %s', (value, message) => {
  expect(() => parseObject(value, shape, 'pet')).toThrow(new Refusal(422, message))
})

test('a text is shown as JSON, shortened to 40 characters', () => {
  const parse = oneOf(['cat'])
  expect(() => parse(`${'\n'.repeat(39)}😀${'a'.repeat(60)}`, 'kind')).toThrow(`found "${'\\n'.repeat(39)}\ufffd…"`)
  expect(() => parse('a'.repeat(40), 'kind')).toThrow(`found "${'a'.repeat(40)}"`)
})

test.each(['mn-me-hunter2', 'Bearer mn-me-hunter2', 'whsec_hunter2', 'postgres://me:hunter2@host/database'])(
  '%j is never shown, wherever it stands',
  (secret) => {
    expect(() => integer()(secret, 'age')).toThrow(new Refusal(422, 'age: expected an integer from 0, found a text'))
  },
)

test('a text that is to be secret is never shown', () => {
  const parse = secretText(/^x-/, 'a key')
  expect(parse('x-hunter2', 'key')).toBe('x-hunter2')
  expect(() => parse('hunter2', 'key')).toThrow(new Refusal(422, 'key: expected a key, found a text'))
})
