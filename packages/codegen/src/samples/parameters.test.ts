import { expect, test } from 'vitest'
import type { Parameter } from '../spec/document.ts'
import { writeParameter } from './write-parameter.ts'

const list = ['a b', 'c']
const object = { x: 1, y: 'a&b' }

// What the standard's own table of styles has, with values that need encoding.
const written: [parameter: Omit<Parameter, 'name'>, value: unknown, want: string][] = [
  [{ in: 'path' }, 'a/b', 'a%2Fb'],
  [{ in: 'path' }, list, 'a%20b,c'],
  [{ in: 'path' }, object, 'x,1,y,a%26b'],
  [{ in: 'path', explode: true }, object, 'x=1,y=a%26b'],
  [{ in: 'path', style: 'label' }, 5, '.5'],
  [{ in: 'path', style: 'label', explode: true }, list, '.a%20b.c'],
  [{ in: 'path', style: 'matrix' }, list, ';p=a%20b,c'],
  [{ in: 'path', style: 'matrix', explode: true }, object, ';x=1;y=a%26b'],
  [{ in: 'query' }, list, 'p=a%20b&p=c'],
  [{ in: 'query', explode: false }, list, 'p=a%20b,c'],
  [{ in: 'query' }, object, 'x=1&y=a%26b'],
  [{ in: 'query', style: 'spaceDelimited' }, list, 'p=a%20b%20c'],
  [{ in: 'query', style: 'pipeDelimited' }, list, 'p=a%20b%7Cc'],
  [{ in: 'query', style: 'deepObject' }, object, 'p[x]=1&p[y]=a%26b'],
  [{ in: 'query', allowReserved: true }, 'a/b c', 'p=a/b%20c'],
  [{ in: 'query', content: { 'application/json': {} } }, object, 'p=%7B%22x%22%3A1%2C%22y%22%3A%22a%26b%22%7D'],
  [{ in: 'header' }, list, 'a b,c'],
  [{ in: 'header', explode: true }, object, 'x=1,y=a&b'],
  [{ in: 'cookie' }, 'a b', 'p=a%20b'],
]
test.each(written)('a parameter that is %o writes %o', (parameter, value, want) => {
  expect(writeParameter({ name: 'p', ...parameter }, value)).toBe(want)
})
