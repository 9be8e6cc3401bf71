import { expect, test } from 'vitest'
import { fromText, integer, oneOf, parseObject, type Shape, text } from './parse-object.ts'
import { Refusal } from './refusal.ts'

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
  [{ name: '' }, 'pet.name: expected a text that is not empty, found a text'],
  [{ name: 'Tom', kind: 'cow' }, 'pet.kind: expected one of cat, dog, found a text'],
  [{ name: 'Tom', age: 31 }, 'pet.age: expected an integer from 0 to 30, found a number'],
  [{ name: 'Tom', colour: 'red' }, 'pet: there is no "colour"; expected name, kind, age'],
  [JSON.parse('{"name":"Tom","__proto__":{}}'), 'pet: there is no "__proto__"; expected name, kind, age'],
])('%j is refused: %s', (value, message) => {
  expect(() => parseObject(value, shape, 'pet')).toThrow(new Refusal(422, message))
})
