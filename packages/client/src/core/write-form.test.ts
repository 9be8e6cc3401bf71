import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Operation } from './call.ts'
import { ClientError } from './errors.ts'
import type { FormEncoding } from './form-fields.ts'
import { writeForm } from './write-form.ts'

type Fields = Readonly<Record<string, unknown>>
type Encodings = Readonly<Record<string, FormEncoding>>

const urlencoded = 'application/x-www-form-urlencoded'

function write(fields: Fields, type: string, encoding: Encodings = {}) {
  const row: Operation = {
    ...{ id: 'send', method: 'POST', path: '/things', server: 'api', retry: 'never' },
    ...{ body: [type], encoding: { [type]: encoding } },
  }
  return writeForm(row)(fields, type)
}

const list = ['a b', 'c,d']
const short = ['a b', 'c']
const object = { b: 'x y', c: 1, d: undefined, e: null }

// The standard's table of styles, and what it says of content types.
it.each<[what: string, value: unknown, encoding: FormEncoding, content: string]>([
  ['text', 'a b&c=d+é', {}, 'p=a+b%26c%3Dd%2B%C3%A9'],
  ['empty text', '', {}, 'p='],
  ['a number', 1.5, {}, 'p=1.5'],
  ['a big integer', 10n, {}, 'p=10'],
  ['a boolean', false, {}, 'p=false'],
  ['a date', new Date(0), {}, 'p=1970-01-01T00%3A00%3A00.000Z'],
  ['null', null, {}, ''],
  ['undefined', undefined, {}, ''],
  ['a list', list, {}, 'p=a+b&p=c%2Cd'],
  ['an empty list', [], {}, ''],
  ['a list of objects', [object], {}, 'p=%7B%22b%22%3A%22x+y%22%2C%22c%22%3A1%2C%22e%22%3Anull%7D'],
  ['an object', { b: 1 }, {}, 'p=%7B%22b%22%3A1%7D'],
  ['an object as JSON', { b: 1 }, { contentType: 'application/json' }, 'p=%7B%22b%22%3A1%7D'],
  ['a list as JSON', ['a'], { contentType: 'application/json' }, 'p=%5B%22a%22%5D'],
  ['text as JSON', 'a', { contentType: 'application/json' }, 'p=%22a%22'],
  ['a list, form', list, { style: 'form' }, 'p=a+b&p=c%2Cd'],
  ['a list, form, no explode', short, { style: 'form', explode: false }, 'p=a+b%2Cc'],
  ['a list, no explode', short, { explode: false }, 'p=a+b%2Cc'],
  ['a list, no explode, reserved', short, { explode: false, allowReserved: true }, 'p=a+b,c'],
  ['an empty list, no explode', [], { explode: false }, ''],
  ['a list, by spaces', ['a', 'c,d'], { style: 'spaceDelimited' }, 'p=a%20c%2Cd'],
  ['a list, by pipes', list, { style: 'pipeDelimited', explode: false }, 'p=a+b%7Cc%2Cd'],
  ['a list, by pipes, explode', list, { style: 'pipeDelimited', explode: true }, 'p=a+b&p=c%2Cd'],
  ['an object, form', object, { style: 'form' }, 'b=x+y&c=1'],
  ['an object, form, no explode', object, { style: 'form', explode: false }, 'p=b%2Cx+y%2Cc%2C1'],
  ['an object, deep', object, { style: 'deepObject' }, 'p%5Bb%5D=x+y&p%5Bc%5D=1'],
  [
    'an object in an object, deep',
    { b: { c: [{ d: 1 }, 2] } },
    { style: 'deepObject', explode: true },
    'p%5Bb%5D%5Bc%5D%5B0%5D%5Bd%5D=1&p%5Bb%5D%5Bc%5D%5B1%5D=2',
  ],
  ['a list, deep', ['x'], { style: 'deepObject' }, 'p%5B0%5D=x'],
  ['text, deep', 'x', { style: 'deepObject' }, 'p=x'],
  ['reserved characters', ":/?#[]@!$&'()*+,;= %", { allowReserved: true }, "p=:/?%23[]@!$%26'()*%2B,;%3D+%25"],
])('P4: the property of a form that is %s is written as the standard says', (_, value, encoding, content) => {
  expect(write({ p: value }, urlencoded, { p: encoding })).toEqual({ content, type: urlencoded })
})

const texts = fc.string({ unit: 'grapheme' })

it('P4: whatever texts a form has, a parser reads them back', () => {
  const values = fc.oneof(texts, fc.array(texts, { minLength: 1 }))
  fc.assert(
    fc.property(fc.dictionary(texts, values, { noNullPrototype: true }), (fields) => {
      const parsed = [...new URLSearchParams(String(write(fields, urlencoded).content))]
      expect(parsed).toEqual(
        Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
      )
    }),
  )
})

it('P4: reserved characters that stay change nothing of what a parser reads', () => {
  fc.assert(
    fc.property(texts, (value) => {
      const { content } = write({ p: value }, urlencoded, { p: { allowReserved: true } })
      expect([...new URLSearchParams(String(content))]).toEqual([['p', value]])
    }),
  )
})

const parse = async (fields: Fields, encoding?: Encodings) => {
  const { content, type } = write(fields, 'multipart/form-data', encoding)
  return new Response(content, { headers: { 'content-type': type ?? '' } }).formData()
}

it('P4: multipart parts are what the values are', async () => {
  const form = await parse({
    ...{ text: 'à\r\nb', number: 1, list: ['a', 'b'], object: { a: 1 }, none: undefined, nothing: null },
    ...{ file: new File(['f'], 'ü"1.txt', { type: 'text/x' }), blob: new Blob(['b']), bytes: new Uint8Array([1]) },
    files: [new File(['1'], '1'), new File(['2'], '2')],
  })
  const told = await Promise.all(
    [...form].map(async ([name, value]) =>
      value instanceof File ? [name, value.name, value.type, await value.text()] : [name, value],
    ),
  )
  expect(told).toEqual([
    ['text', 'à\r\nb'],
    ['number', '1'],
    ['list', 'a'],
    ['list', 'b'],
    ['object', '{"a":1}'],
    ['file', 'ü"1.txt', 'text/x', 'f'],
    ['blob', 'blob', 'application/octet-stream', 'b'],
    ['bytes', 'blob', 'application/octet-stream', '\u0001'],
    ['files', '1', 'application/octet-stream', '1'],
    ['files', '2', 'application/octet-stream', '2'],
  ])
})

it('P4: multipart parts have the content type that the document names, and no file name without a file', async () => {
  const encoding: Encodings = {
    photo: { contentType: 'image/png' },
    either: { contentType: 'image/png, image/jpeg' },
    meta: { contentType: 'application/vnd.meta+json; v=1' },
    xml: { contentType: 'application/xml' },
    deep: { style: 'deepObject' },
  }
  const photo = new Uint8Array([1])
  const fields = { photo, either: photo, meta: { a: 1 }, xml: '<a/>', deep: { a: { b: 1 } }, json: { a: 1 }, text: 'a' }
  const { content } = write(fields, 'multipart/form-data', encoding)
  const heads = (await (content as Blob).text()).matchAll(
    /name="([^"]*)"(; filename="blob")?\r\n(?:Content-Type: (.*)\r\n)?\r\n/g,
  )
  expect([...heads].map(([, ...parts]) => parts)).toEqual([
    ['photo', '; filename="blob"', 'image/png'],
    ['either', '; filename="blob"', 'application/octet-stream'],
    ['meta', undefined, 'application/vnd.meta+json; v=1'],
    ['xml', undefined, 'application/xml'],
    ['deep[a][b]', undefined, undefined],
    ['json', undefined, 'application/json'],
    ['text', undefined, undefined],
  ])
})

it('P4: other multipart types have parts without form-data', async () => {
  const { content, type } = write({ a: 'x', b: { c: 1 } }, 'multipart/mixed')
  const [, boundary] = /^multipart\/mixed; boundary=(.+)$/.exec(type ?? '') ?? []
  expect(await (content as Blob).text()).toBe(
    [
      `--${boundary}\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\nx`,
      `--${boundary}\r\nContent-Type: application/json\r\n\r\n{"c":1}`,
      `--${boundary}--\r\n`,
    ].join('\r\n'),
  )
})

it('P4: whatever names and texts a multipart form has, a server reads them back', async () => {
  // Browsers too write line breaks of a name as they are in URLs.
  const names = texts.filter((name) => name !== '' && !/[\r\n"]|%(0D|0A|22)/i.test(name))
  await fc.assert(
    fc.asyncProperty(fc.dictionary(names, texts, { noNullPrototype: true }), async (fields) => {
      const form = Object.keys(fields).length > 0 ? [...(await parse(fields))] : []
      expect(form).toEqual(Object.entries(fields))
    }),
    { numRuns: 50 },
  )
})

const circular: Record<string, unknown> = {}
circular.self = circular

it.each<[type: string, value: unknown, encoding: FormEncoding, message: RegExp]>([
  [
    urlencoded,
    new Blob(['x']),
    {},
    /property "p" of a body of application\/x-www-form-urlencoded must be text, and no file; found an object of Blob/,
  ],
  [
    urlencoded,
    Number.NaN,
    {},
    /property "p" of a body of application\/x-www-form-urlencoded must be text, a finite number, .*; found number/,
  ],
  [urlencoded, new Date(Number.NaN), {}, /found an object of Date/],
  [urlencoded, '\ud800', {}, /found string/],
  [urlencoded, [() => 1], {}, /found an object of Function/],
  [urlencoded, { a: { b: 1 } }, { style: 'form', explode: false }, /found an object of Object/],
  [urlencoded, circular, {}, /must be what JSON can hold/],
  [urlencoded, list, { explode: false }, /must be texts without ",", which joins them; found string/],
  [urlencoded, circular, { style: 'deepObject' }, /must be what JSON can hold/],
  ['multipart/form-data', new Map(), {}, /found an object of Map/],
  ['multipart/form-data', new Blob(['x']).stream(), {}, /found an object of ReadableStream/],
  ['multipart/form-data', { a: 1 }, { contentType: 'application/xml' }, /found an object of Object/],
])('P4: in %s the value %o is refused, by its name', (type, value, encoding, message) => {
  expect(() => write({ p: value }, type, { p: encoding })).toThrow(ClientError)
  expect(() => write({ p: value }, type, { p: encoding })).toThrow(message)
})
