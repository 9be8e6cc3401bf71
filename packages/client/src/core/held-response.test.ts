import { expect, it } from 'vitest'
import { contentOf, discard, holdBody } from './held-response.ts'

async function wholeOf(body: string | Uint8Array<ArrayBuffer> | null, type?: string, init: ResponseInit = {}) {
  const headers = new Headers(init.headers)
  if (type) headers.set('content-type', type)
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  const response = new Response(bytes, { ...init, headers })
  return holdBody(response, await response.blob())
}

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

it('tells its responses from others, also after one was made anew by hand', async () => {
  const whole = await wholeOf('{}', 'application/json')
  expect([whole, new Response()].map((one) => contentOf(one) !== undefined)).toEqual([true, false])
  const changed = new Response(await whole.text(), { status: 202, headers: whole.headers })
  expect([contentOf(changed), await changed.text()]).toEqual([undefined, '{}'])
})

it('is a Response to who asks, and has what the other had', async () => {
  const whole = await wholeOf('{}', 'application/json', { status: 203, headers: { 'x-a': 'b' } })
  expect(whole).toBeInstanceOf(Response)
  expect([whole.status, whole.headers.get('x-a'), whole.url, whole.redirected, whole.type]).toEqual([
    203,
    'b',
    '',
    false,
    'default',
  ])
  expect(whole.bodyUsed).toBe(false)
})

it('R9: gives up a stream, and leaves what is in memory', async () => {
  let cancelled = 0
  const stream = () => new ReadableStream<Uint8Array>({ cancel: () => void cancelled++ })
  await discard(new Response(stream()))
  await discard(await wholeOf('text'))
  expect(cancelled).toBe(1)
})

it('an empty body can be read in every form, also with a status that takes none', async () => {
  for (const content of ['', new Blob()]) {
    const held = holdBody(new Response(null, { status: 204 }), content)
    expect([await held.text(), (await held.blob()).size, (await held.arrayBuffer()).byteLength]).toEqual(['', 0, 0])
  }
})
