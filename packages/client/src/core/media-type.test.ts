import { expect, it } from 'vitest'
import { charsetOf, covers, kindOf } from './media-type.ts'

it.each([
  ['application/json', 'json'],
  ['Application/JSON; charset=utf-8', 'json'],
  ['text/json', 'json'],
  ['application/merge-patch+json', 'json'],
  ['application/*+json', 'json'],
  ['application/x-www-form-urlencoded; charset=utf-8', 'urlencoded'],
  ['multipart/form-data', 'multipart'],
  ['multipart/related; type="application/json"', 'multipart'],
  ['text/event-stream', 'events'],
  ['text/csv', 'text'],
  ['text/*', 'text'],
  ['application/xml', 'text'],
  ['image/svg+xml', 'text'],
  ['application/x-ndjson', 'text'],
  ['application/yaml', 'text'],
  ['application/text', 'text'],
  ['*/*', 'any'],
  ['application/*', 'any'],
  ['application/octet-stream', 'binary'],
  ['application/pdf', 'binary'],
  ['application/jsonsomething', 'binary'],
  ['image/*', 'binary'],
  ['', 'binary'],
])('%s is %s', (type, kind) => {
  expect(kindOf(type)).toBe(kind)
})

it.each([
  ['text/csv', 'Text/CSV; header=present', true],
  ['text/*', 'text/csv', true],
  ['*/*', 'image/png', true],
  ['image/*;q=0.5', 'image/png', true],
  ['image/*', 'imagery/png', false],
  ['text/csv', 'text/plain', false],
])('%s covers %s: %s', (range, type, isCovered) => {
  expect(covers(range, type)).toBe(isCovered)
})

it.each([
  ['text/csv', 'utf-8'],
  ['text/csv; charset=UTF-8', 'utf-8'],
  ['text/csv; header=present; charset="iso-8859-1"', 'iso-8859-1'],
])('the charset of %s is %s', (type, charset) => {
  expect(charsetOf(type)).toBe(charset)
})
