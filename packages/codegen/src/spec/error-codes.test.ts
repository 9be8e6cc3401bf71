import { expect, test } from 'vitest'
import type { OpenApiDocument, Operation } from './document.ts'
import { findErrorCodes } from './error-codes.ts'

const documentOf = (responses: Operation['responses'], rest: object = {}): OpenApiDocument => ({
  openapi: '3.1.0',
  paths: { '/a': { get: { operationId: 'getA', ...(responses && { responses }) } } },
  ...rest,
})

const answer = (media: object) => ({ content: { 'application/json': media } })

test.each<[string, OpenApiDocument, string[]]>([
  ['nothing is known', documentOf({}), []],
  [
    'statuses have codes',
    documentOf({}, { 'x-error-codes': { '404': 'not_found', '400': 'bad' } }),
    ['bad', 'not_found'],
  ],
  [
    'values have codes',
    documentOf({}, { components: { schemas: { Phone: { pattern: '+', 'x-error-code': 'no_phone' } } } }),
    ['no_phone'],
  ],
  [
    'errors list their codes',
    documentOf({ default: answer({ schema: { properties: { code: { enum: ['a', 'b'] } } } }) }),
    ['a', 'b'],
  ],
  [
    'codes stand in an envelope',
    documentOf({ '4XX': answer({ schema: { properties: { error: { properties: { code: { enum: ['a'] } } } } } }) }),
    ['a'],
  ],
  [
    'examples tell them',
    documentOf({ '422': answer({ example: { code: 'b' }, examples: { one: { value: { error: { code: 'a' } } } } }) }),
    ['a', 'b'],
  ],
  ['a success tells none', documentOf({ '200': answer({ example: { code: 'IT' } }) }), []],
  ['what no client reads as a code is none', documentOf({ '422': answer({ example: { code: 'No such pet' } }) }), []],
])('%s', (_, document, want) => {
  expect(findErrorCodes(document)).toEqual(want)
})
