import { expect, it } from 'vitest'
import type { Operation } from './call.ts'
import { ResponseParseError } from './errors.ts'
import { isWhole, makeWhole, parseResponse } from './whole-response.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

async function wholeOf(body: string | Uint8Array<ArrayBuffer> | null, type?: string, init: ResponseInit = {}) {
  const headers = new Headers(init.headers)
  if (type) headers.set('content-type', type)
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const response = new Response(bytes, { ...init, headers })
  return makeWhole(response, await response.arrayBuffer())
}

const parsed = (response: Response) => parseResponse(response, 'json', operation)

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
    expect(await parsed(await wholeOf(text, type))).toEqual(JSON.parse(text.replace('\ufeff', '')))
  }
})

it('S2: gives a body without a content type the benefit of the doubt', async () => {
  expect(await parsed(await wholeOf(new TextEncoder().encode('[1]')))).toEqual([1])
})

it.each([
  [null, 'application/json', { status: 204 }],
  [null, undefined, {}],
  ['', 'application/json', { headers: { 'content-length': '0' } }],
  ['', 'application/json', { headers: { 'transfer-encoding': 'chunked' } }],
  ['', 'text/html', {}],
  [' \r\n', 'application/json', {}],
] as const)('S1: an empty body is undefined: %j as %s with %o', async (body, type, init) => {
  expect(await parsed(await wholeOf(body, type, init))).toBeUndefined()
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
  const whole = await wholeOf(body, type, init)
  const error: unknown = await parsed(whole).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ResponseParseError)
  expect(error).toMatchObject({ status: 201, requestId: 'r1', operation: 'getThing', bodyStart: body })
  expect((error as ResponseParseError).headers.get('x-a')).toBe('b')
  expect((error as ResponseParseError).message).not.toContain(body)
})

it('S3: keeps only the first 200 characters', async () => {
  const error: unknown = await parsed(await wholeOf('x'.repeat(500), 'text/html')).catch((error: unknown) => error)
  expect((error as ResponseParseError).bodyStart).toBe('x'.repeat(200))
  expect((error as ResponseParseError).message).toContain('text/html, 500 characters')
})

it('answers from memory any number of times, in any form', async () => {
  const whole = await wholeOf('{"a":1}', 'application/json', { status: 201, statusText: 'Made' })
  expect([await whole.json(), await whole.json()]).toEqual([{ a: 1 }, { a: 1 }])
  expect([await whole.text(), await whole.clone().text()]).toEqual(['{"a":1}', '{"a":1}'])
  expect([(await whole.arrayBuffer()).byteLength, (await whole.blob()).size]).toEqual([7, 7])
  expect(whole).toMatchObject({ ok: true, status: 201, statusText: 'Made' })
})

it('a blob keeps the type of its response', async () => {
  expect((await (await wholeOf('%PDF', 'application/pdf')).blob()).type).toBe('application/pdf')
})

it('answers from memory as bytes', async () => {
  const whole = await wholeOf('{"a":1}', 'application/json')
  expect([(await whole.bytes()).length, (await whole.bytes()).length]).toEqual([7, 7])
})

it('G2: a plugin can put its body into a new response', async () => {
  const whole = await wholeOf('{"a":1}', 'application/json')
  expect(await new Response(whole.body, whole).json()).toEqual({ a: 1 })
})

it('what one reader does to its copy, no other sees', async () => {
  const whole = await wholeOf('[1]', 'application/json')
  const parsed: unknown = await whole.json()
  ;(parsed as number[]).push(2)
  expect(await whole.json()).toEqual([1])
  new Uint8Array(await whole.arrayBuffer()).fill(0)
  expect(await whole.text()).toBe('[1]')
})

it('tells whole responses from others, also after changing one by hand', async () => {
  const whole = await wholeOf('{}', 'application/json')
  expect([isWhole(whole), isWhole(whole.clone()), isWhole(new Response())]).toEqual([true, true, false])
  const changed = new Response(await whole.text(), { status: 202, headers: whole.headers })
  expect([isWhole(changed), await changed.text()]).toEqual([false, '{}'])
})
