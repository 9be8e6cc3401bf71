import { expect, it } from 'vitest'
import type { Operation } from './call.ts'
import { ResponseParseError } from './errors.ts'
import { parseText } from './parse-response.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

async function parsed(
  body: string | Uint8Array<ArrayBuffer> | null,
  type?: string,
  init: ResponseInit = {},
  row = operation,
): Promise<unknown> {
  const headers = new Headers(init.headers)
  if (type) headers.set('content-type', type)
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const response = new Response(bytes, { ...init, headers })
  return parseText(await response.text(), response, row)
}

it.each([
  'application/json',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'Application/JSON',
  'application/vnd.api+json',
  'application/problem+json; charset=utf-8',
  'text/json',
])('S2: parses %s, whatever JSON it holds', async (type) => {
  for (const text of ['{"a":[1]}', '[]', '"text"', '0', 'false', 'null', ' {} ', '\ufeff{}']) {
    expect(await parsed(text, type)).toEqual(JSON.parse(text.replace('\ufeff', '')))
  }
})

it('S2: gives a body without a content type the benefit of the doubt', async () => {
  expect(await parsed(new TextEncoder().encode('[1]'))).toEqual([1])
})

const empty = [
  [null, 'application/json', { status: 204 }],
  [null, undefined, {}],
  ['', 'application/json', { headers: { 'content-length': '0' } }],
  ['', 'application/json', { headers: { 'transfer-encoding': 'chunked' } }],
  ['', 'text/html', {}],
  [' \r\n', 'application/json', {}],
] as const

it.each(empty)('S1: an empty body is undefined where there may be none: %j as %s with %o', async (body, type, init) => {
  expect(await parsed(body, type, init)).toBeUndefined()
})

it.each(empty)(
  'S1: an empty success where a body is promised is an error: %j as %s with %o',
  async (body, type, init) => {
    const error: unknown = await parsed(body, type, init, { ...operation, hasResult: true }).catch(
      (error: unknown) => error,
    )
    expect(error).toBeInstanceOf(ResponseParseError)
  },
)

it('S1: an empty failure is undefined', async () => {
  expect(await parsed('', 'application/json', { status: 500 })).toBeUndefined()
})

it.each([
  ['{"a":', 'application/json'],
  ['{"a":1}}', 'application/json'],
  ["{'a':1}", undefined],
  ['<html><body>Welcome</body></html>', 'text/html'],
  ['<html></html>', 'application/json'],
  ['OK', 'text/plain'],
  ['42', 'text/plain'],
  ['"OK"', 'text/html'],
  ['null', 'text/plain'],
])('S3: the body %s as %s is a ResponseParseError', async (body, type) => {
  const init = { status: 201, headers: { 'x-request-id': 'r1', 'x-a': 'b' } }
  const error: unknown = await parsed(body, type, init).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ResponseParseError)
  expect(error).toMatchObject({ status: 201, requestId: 'r1', operation: 'getThing', bodyStart: body })
  expect((error as ResponseParseError).headers.get('x-a')).toBe('b')
  expect((error as ResponseParseError).message).not.toContain(body)
})

it('S3: keeps only the first 200 characters', async () => {
  const error: unknown = await parsed('x'.repeat(500), 'text/html').catch((error: unknown) => error)
  expect((error as ResponseParseError).bodyStart).toBe('x'.repeat(200))
  expect((error as ResponseParseError).message).toContain('text/html, 500 characters')
})
