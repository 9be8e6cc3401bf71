import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Operation, ParameterPlace, ParameterStyle } from './call.ts'
import { writeStyled } from './styles.ts'

const operation: Operation = { id: 'paint', method: 'GET', path: '/walls', server: 'api', retry: 'safe' }

const write = (place: ParameterPlace, style: ParameterStyle, value: unknown, name = 'color') =>
  writeStyled({ operation, place, name, style }, value)

const list = ['blue', 'black', 'brown']
const object = { R: 100, G: 200, B: 150 }

/** "Style Examples" of OpenAPI 3.1.1, with pipes and brackets as 3.1.0 has them, which means the same in a query. */
const examples: [ParameterPlace, string, boolean, ...(string | undefined)[]][] = [
  ['path', 'matrix', false, ';color', ';color=blue', ';color=blue,black,brown', ';color=R,100,G,200,B,150'],
  ['path', 'matrix', true, ';color', ';color=blue', ';color=blue;color=black;color=brown', ';R=100;G=200;B=150'],
  ['path', 'label', false, '.', '.blue', '.blue,black,brown', '.R,100,G,200,B,150'],
  ['path', 'label', true, '.', '.blue', '.blue.black.brown', '.R=100.G=200.B=150'],
  ['path', 'simple', false, '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['path', 'simple', true, '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['header', 'simple', false, '', 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['header', 'simple', true, '', 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['query', 'form', false, 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
  ['query', 'form', true, 'color=', 'color=blue', 'color=blue&color=black&color=brown', 'R=100&G=200&B=150'],
  ['cookie', 'form', false, 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
  [
    'query',
    'spaceDelimited',
    false,
    undefined,
    undefined,
    'color=blue%20black%20brown',
    'color=R%20100%20G%20200%20B%20150',
  ],
  ['query', 'pipeDelimited', false, undefined, undefined, 'color=blue|black|brown', 'color=R|100|G|200|B|150'],
  ['query', 'deepObject', true, undefined, undefined, undefined, 'color[R]=100&color[G]=200&color[B]=150'],
]
const cells = examples.flatMap(([place, style, explode, ...wants]) =>
  ['', 'blue', list, object].flatMap((value, index) =>
    wants[index] === undefined ? [] : [{ place, style, explode, value, want: wants[index] }],
  ),
)
it.each(cells)('in $place, $style (explode: $explode) writes $value as the standard does: $want', (cell) => {
  const { place, style, explode, value, want } = cell
  expect(write(place, { style, explode }, value)).toBe(want)
})

it.each<[ParameterPlace, unknown, string]>([
  ['query', list, 'color=blue&color=black&color=brown'],
  ['query', object, 'R=100&G=200&B=150'],
  ['cookie', list, 'color=blue; color=black; color=brown'],
  ['cookie', object, 'R=100; G=200; B=150'],
  ['cookie', 'a;b', 'color=a%3Bb'],
  ['path', list, 'blue,black,brown'],
  ['path', object, 'R,100,G,200,B,150'],
  ['path', 'a/b', 'a%2Fb'],
  ['header', 'a/b', 'a/b'],
  ['header', [new Date(0), true], '1970-01-01T00:00:00.000Z,true'],
  ['query', { since: new Date(0), till: undefined, open: null }, 'since=1970-01-01T00%3A00%3A00.000Z'],
])('in %s, %o without a style is %s', (place, value, want) => {
  expect(write(place, {}, value)).toBe(want)
})

it.each([undefined, null, [], {}, [undefined, null], { a: undefined }])(
  '%o is left out, as RFC 6570 has it',
  (value) => {
    for (const place of ['path', 'query', 'header', 'cookie'] as const) expect(write(place, {}, value)).toBeUndefined()
  },
)

it.each<[unknown, string]>([
  ['plain', 'filter=plain'],
  [['a', 'b'], 'filter[0]=a&filter[1]=b'],
  [[{ price: 'p1', quantity: 2 }], 'filter[0][price]=p1&filter[0][quantity]=2'],
  [{ created: { gte: 1, lt: undefined } }, 'filter[created][gte]=1'],
  [{ tags: ['x', 'y z'], 'a&b': 1 }, 'filter[tags][0]=x&filter[tags][1]=y%20z&filter[a%26b]=1'],
])('deepObject goes as deep as the value: %o', (value, want) => {
  expect(write('query', { style: 'deepObject', explode: true }, value, 'filter')).toBe(want)
})

it.each<[ParameterPlace, string, unknown, string]>([
  ['query', 'application/json', { a: 'ü' }, 'color=%7B%22a%22%3A%22%C3%BC%22%7D'],
  ['query', 'application/json', 'blue', 'color=%22blue%22'],
  ['query', 'text/plain', 'blue', 'color=blue'],
  ['path', 'application/json', [1], '%5B1%5D'],
  ['header', 'application/json', { a: 'ü\n' }, '{"a":"\\u00fc\\n"}'],
  ['cookie', 'application/json', { a: 1 }, 'color=%7B%22a%22%3A1%7D'],
])('in %s, content of %s writes %o in that media type', (place, content, value, want) => {
  expect(write(place, { content }, value)).toBe(want)
})

it.each([
  ['/?:@$,;=!*()', '/?:@$,;=!*()'],
  ['%2F', '%2F'],
  ['100%', '100%25'],
  ['ü ', '%C3%BC%20'],
  ['a&b=c+d#e', 'a%26b=c%2Bd%23e'],
])('allowReserved leaves %j as %s: what would end the value is encoded all the same', (value, want) => {
  expect(write('query', { allowReserved: true }, value)).toBe(`color=${want}`)
})

it.each<[ParameterPlace, unknown, string]>([
  ['query', [[1, 2], { a: 'b' }], 'color=%5B1%2C2%5D&color=%7B%22a%22%3A%22b%22%7D'],
  ['path', { a: [1] }, 'a,%5B1%5D'],
  ['header', [{ a: 'ü' }], '{"a":"\\u00fc"}'],
])('in %s, what %o holds inside goes as JSON', (place, value, want) => {
  expect(write(place, {}, value)).toBe(want)
})

it.each<[ParameterPlace, ParameterStyle, unknown]>([
  ['header', {}, ['a,b']],
  ['header', { explode: true }, { 'a,b': 1 }],
  ['query', { style: 'spaceDelimited' }, ['a b']],
  ['path', { style: 'label', explode: true }, ['a.b']],
])('in %s, %o refuses %o, which would be read as several', (place, style, value) => {
  expect(() => write(place, style, value)).toThrow(/color" must be items without "[, .]", which stands between them$/)
  expect(write(place, style, ['ab'])).toBeDefined()
})

const formless = [[[1n]], new Map(), Number.NaN, { a: new Map() }, [new Date(Number.NaN)], () => 'a', '\ud800']
it.each(formless.map((value) => [value]))('refuses %o, which has no form, naming the parameter', (value) => {
  for (const place of ['path', 'query', 'header', 'cookie'] as const) {
    expect(() => write(place, {}, value)).toThrow(`GET /walls: ${place} parameter "color" must be`)
  }
})

it('refuses what JSON has no form for', () => {
  expect(() => write('query', { content: 'application/json' }, { a: 1n })).toThrow('query parameter "color"')
})

const text = fc.string({ unit: 'grapheme' })
const style = fc.constantFrom('form', 'spaceDelimited', 'pipeDelimited', 'deepObject')

it('whatever texts an object holds, a server reads them back', () => {
  const values = fc.dictionary(text, text, { minKeys: 1 })
  fc.assert(
    fc.property(values, fc.constantFrom('form', 'deepObject'), (given, style) => {
      const written = new URL(`https://api.example.com/?${write('query', { style, explode: true }, given)}`)
      const want = Object.entries(given).map(([key, value]) => [style === 'form' ? key : `color[${key}]`, value])
      expect([...written.searchParams]).toEqual(want)
    }),
  )
})

it('no text leaves its parameter, whatever the style', () => {
  fc.assert(
    fc.property(text, style, fc.boolean(), fc.boolean(), (value, style, explode, allowReserved) => {
      // What stands between items is refused inside of one.
      const written = write('query', { style, explode, allowReserved }, [value.replace(/[ ,|]/g, '.')])
      const { pathname, searchParams, hash } = new URL(`https://api.example.com/?${written}`)
      expect([pathname, [...searchParams].length, hash]).toEqual(['/', 1, ''])
    }),
  )
})
