import { expect, it } from 'vitest'
import type { Operation } from './call.ts'
import { ClientError } from './errors.ts'
import { createPathFiller, parseBaseUrl, serializeQuery } from './url.ts'

const byName: Operation = {
  id: 'getThing',
  method: 'GET',
  path: '/things/{name}/parts',
  server: 'api',
  retry: 'safe',
  pii: ['path.name'],
}
const byId: Operation = { ...byName, path: '/things/{id}', integers: ['id'] }

const encoded: [given: unknown, want: string][] = [
  ['plain', 'plain'],
  ['a/b', 'a%2Fb'],
  ['a?b', 'a%3Fb'],
  ['a#b', 'a%23b'],
  ['a b', 'a%20b'],
  ['a+b@example.com', 'a%2Bb%40example.com'],
  ['città', 'citt%C3%A0'],
  ['😀', '%F0%9F%98%80'],
  ['100%', '100%25'],
  ['{name}', '%7Bname%7D'],
  ["$& $1 $'", "%24%26%20%241%20%24'"],
  ['...', '...'],
  ['../../admin', '..%2F..%2Fadmin'],
  ['a\r\nb', 'a%0D%0Ab'],
  [' ', '%20'],
  [0, '0'],
  [-1.5, '-1.5'],
  [true, 'true'],

  [new Date(0), '1970-01-01T00%3A00%3A00.000Z'],
]
it.each(encoded)('P1: percent-encodes the path value %j as %s', (given, want) => {
  expect(createPathFiller(byName)({ name: given })).toBe(`/things/${want}/parts`)
})

const refused: unknown[] = [
  '',
  '.',
  '..',
  '%2e',
  '%2E',
  '%2e%2e',
  '.%2E',
  '%2e.',
  undefined,
  null,
  {},
  [],
  ['a'],
  new Date(Number.NaN),
  () => 'a',
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '\ud800',
]
it.each(refused.map((value) => [value]))('P1: refuses the path value %o, naming the parameter', (value) => {
  expect(() => createPathFiller(byName)({ name: value })).toThrow(ClientError)
  expect(() => createPathFiller(byName)({ name: value })).toThrow('GET /things/{name}/parts: path parameter "name"')
})

it('P1: refuses path values that were not given at all', () => {
  expect(() => createPathFiller(byName)()).toThrow('path parameter "name"')
  expect(() => createPathFiller(byId)({})).toThrow('path parameter "id"')
})

it.each([0, 42, -7, Number.MAX_SAFE_INTEGER, '42'])('P1: an integer parameter takes %j', (id) => {
  expect(createPathFiller(byId)({ id })).toBe(`/things/${id}`)
})

const noIntegers: unknown[] = [
  1.5,
  2 ** 53,
  Number.NaN,
  Number.NEGATIVE_INFINITY,
  '',
  '1.5',
  '1e3',
  '0x10',
  ' 42',
  '42/../7',
  '9007199254740993',
  '..',
  null,
  undefined,
  {},
  [1],
  true,
]
it.each(noIntegers.map((value) => [value]))('P1: an integer parameter refuses %o', (id) => {
  expect(() => createPathFiller(byId)({ id })).toThrow('path parameter "id"')
})

it('E4: a refused path value is not printed', () => {
  expect(() => createPathFiller(byId)({ id: 'anna@example.com' })).not.toThrow('anna')
  expect(() => createPathFiller(byName)({ name: ['anna@example.com'] })).not.toThrow('anna')
})

const queries: [given: Record<string, unknown>, want: string][] = [
  [{}, ''],
  [{ a: undefined }, ''],
  [{ a: null, b: 'x' }, 'b=x'],
  [{ a: '' }, 'a='],
  [{ a: 0, b: false }, 'a=0&b=false'],
  [{ a: 10n }, 'a=10'],
  [{ a: [1, 'x', undefined] }, 'a=1&a=x'],
  [{ a: [] }, ''],
  [{ since: new Date(0) }, 'since=1970-01-01T00%3A00%3A00.000Z'],
  [{ since: [new Date(0)] }, 'since=1970-01-01T00%3A00%3A00.000Z'],
  [{ 'a&b': 'c=d&e+f g' }, 'a%26b=c%3Dd%26e%2Bf%20g'],
]
it.each(queries)('P2: serialises the query %o as "%s"', (given, want) => {
  expect(serializeQuery(given)).toBe(want)
})

it.each([
  [{ filter: {} }],
  [{ filter: { a: 1 } }],
  [{ filter: [[1]] }],
  [{ filter: [{ a: 1 }] }],
  [{ filter: new Map() }],
])('P2: refuses the query %o, naming the parameter', (query) => {
  expect(() => serializeQuery(query)).toThrow(ClientError)
  expect(() => serializeQuery(query)).toThrow('query parameter "filter"')
})

it('P2: refuses an invalid date with a clear error, naming the parameter', () => {
  expect(() => serializeQuery({ since: new Date(Number.NaN) })).toThrow('query parameter "since"')
})

const baseUrls: [given: string, want: string][] = [
  ['https://api.example.com', 'https://api.example.com'],
  ['https://api.example.com/', 'https://api.example.com'],
  ['https://api.example.com///', 'https://api.example.com'],
  ['https://api.example.com/v2', 'https://api.example.com/v2'],
  ['https://api.example.com/v2//', 'https://api.example.com/v2'],
  ['https://api.example.com:8443/a/b/', 'https://api.example.com:8443/a/b'],
]
it.each(baseUrls)('C4: the base URL %s becomes %s', (given, want) => {
  expect(parseBaseUrl(given)).toBe(want)
})

it.each(['https://api.example.com ', ' https://api.example.com', 'https://api.example.com\n'])(
  'C4: blanks around the base URL %j do not end up inside a URL',
  (given) => {
    expect(parseBaseUrl(given)).toBe('https://api.example.com')
  },
)

it.each(['https://api.example.com?x=1', 'https://api.example.com/#a', 'https://api.example.com/v1?'])(
  'C4: refuses a query or fragment in %s',
  (given) => {
    expect(() => parseBaseUrl(given)).toThrow(/^baseUrl .*query/)
  },
)

it.each(['', '/v1', 'api.example.com', 'https://'])('C4: refuses %j, saying what is meant', (given) => {
  expect(() => parseBaseUrl(given)).toThrow(/^baseUrl .*https/)
})

it.each(['ftp://api.example.com', 'file:///etc', 'data:text/plain,x'])('C4: refuses the scheme of %s', (given) => {
  expect(() => parseBaseUrl(given)).toThrow(/^baseUrl .*https/)
})

it.each([
  'http://localhost:3000',
  'http://api.localhost',
  'http://127.0.0.1:1',
  'http://127.8.9.10',
  'http://[::1]:80',
])('C6: plain http to %s is allowed', (given) => {
  expect(parseBaseUrl(given)).toBe(given)
})

it.each([
  'http://api.example.com',
  'HTTP://api.example.com',
  'http://10.0.0.1',
  'http://localhost.example.com',
  'http://127.example.com',
  'http://127.0.0.1.example.com',
  'http://0.0.0.0',
])('C6: plain http to %s is refused', (given) => {
  expect(() => parseBaseUrl(given)).toThrow(/^baseUrl .*https/)
})

it.each([
  'https://anna:geheim@api.example.com',
  'http://anna:geheim@api.example.com',
  'https://anna:geheim@api.example.com?a',
  'ftp://anna:geheim@api.example.com',
  'https://:geheim@api.example.com',
  'https:anna:geheim@api.example.com',
])('C3: a password in a base URL is refused and not printed: %s', (given) => {
  expect(() => parseBaseUrl(given)).toThrow(ClientError)
  expect(() => parseBaseUrl(given)).not.toThrow('geheim')
})
