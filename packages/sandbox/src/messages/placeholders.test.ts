import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fillPlaceholders, listPlaceholders } from './placeholders.ts'

test.each([
  ['Hello {{name}}, your order {{ order }} is here, {{name}}', ['name', 'order']],
  ['{{1}} and {{2}} and {{ città.nome }}', ['1', '2', 'città.nome']],
  ['{name} {{}} {{ }} {{a b}} {{a}', []],
  ['{{{a}}}', ['a']],
  ['', []],
])('the placeholders of %j are %j', (text, names) => {
  expect(listPlaceholders(text)).toEqual(names)
})

test('every place of a placeholder is filled, and one without a value stays', () => {
  const text = '{{a}}, {{ a }} and {{b}}'
  expect(fillPlaceholders(text, { a: '1' })).toBe('1, 1 and {{b}}')
})

test('a value is put in as it is, whatever it looks like', () => {
  expect(fillPlaceholders('{{a}} {{b}}', { a: '{{b}}', b: '$& $1 $$' })).toBe('{{b}} $& $1 $$')
})

test('names that every object has are placeholders like others', () => {
  const text = '{{constructor}} {{toString}}'
  expect(fillPlaceholders(text, {})).toBe(text)
  expect(fillPlaceholders(text, { constructor: 'a' })).toBe('a {{toString}}')
})

test('filled once, a text holds no placeholder that it held before', () => {
  const piece = fc.constantFrom('{{', '}}', 'a', 'b', ' ', '{', '}', '<p>')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('')
      const names = listPlaceholders(text)
      const filled = fillPlaceholders(text, Object.fromEntries(names.map((name) => [name, '-'])))
      // What the filling itself makes, as in {{{{a}}}}, holds its value.
      expect(listPlaceholders(filled).filter((name) => !name.includes('-'))).toEqual([])
      expect(fillPlaceholders(text, {})).toBe(text)
    }),
  )
})
