import { Readable } from 'node:stream'
import { expectTypeOf } from 'vitest'
import { readEvents } from '../events.ts'
import { createApiClient } from './api-client.ts'
import type { EventStream } from './body-types.ts'
import { readAnswer } from './read-answer.ts'
import { writeBody } from './write-body.ts'
import { writeForm } from './write-form.ts'

// Only checked by the compiler, never run.

interface Thing {
  id: number
}
interface Form {
  name: string
  size?: number
  file: string
  tags?: string[]
}
interface Answer<Content> {
  headers: Record<string, unknown>
  content: Content
}
type Op<Responses, Content = never> = [Content] extends [never]
  ? { requestBody?: never; responses: Responses }
  : { requestBody: { content: Content }; responses: Responses }
interface None {
  204: { headers: Record<string, unknown>; content?: never }
}

interface Operations {
  patch: Op<None, { 'application/merge-patch+json': Thing }>
  text: Op<None, { 'text/csv': string }>
  xml: Op<None, { 'application/xml': Thing }>
  urlencoded: Op<None, { 'application/x-www-form-urlencoded': Form }>
  multipart: Op<None, { 'multipart/form-data': Form }>
  textForm: Op<None, { 'application/x-www-form-urlencoded': string }>
  bytes: Op<None, { 'application/octet-stream': string }>
  image: Op<None, { 'image/*': string }>
  several: Op<None, { 'application/json': Thing; 'text/csv': string; 'image/*': string }>
  optional: { requestBody?: { content: { 'text/csv': string } }; responses: None }
  json: Op<{ 200: Answer<{ 'application/vnd.api+json': Thing }> }>
  csv: Op<{ 200: Answer<{ 'text/csv': string }> }>
  xmlOf: Op<{ 200: Answer<{ 'application/xml': Thing }> }>
  pdf: Op<{ 200: Answer<{ 'application/pdf': string }>; 404: Answer<{ 'application/problem+json': Thing }> }>
  events: Op<{ 200: Answer<{ 'text/event-stream': Thing }> }>
  anything: Op<{ 200: Answer<{ '*/*': string }> }>
  anyObject: Op<{ 200: Answer<{ '*/*': Thing }> }>
  byDefault: Op<{ default: Answer<{ 'application/json': Thing }> }>
  fileByDefault: Op<{ default: Answer<{ 'application/pdf': string }> }>
  range: Op<{ '2XX': Answer<{ 'application/json': Thing }>; default: Answer<{ 'application/json': string }> }>
  unusual: Op<{ 207: Answer<{ 'text/plain': string }>; 299: None[204] }>
  either: Op<{ 200: Answer<{ 'application/json': Thing; 'text/csv': string; 'application/xml': Thing }> }>
  byStatus: Op<{ 200: Answer<{ 'application/json': Thing }>; 202: Answer<{ 'text/plain': string }> }>
  script: Op<{ 200: Answer<{ 'application/javascript': string }> }>
  nothing: Op<None>
  search: Op<None, { 'application/json': Thing }> & { parameters: { path?: never } }
}

const row = { method: 'POST', path: '/', server: 'a', retry: 'never' } as const
const rows = {
  patch: { ...row, body: ['application/merge-patch+json'] },
  text: { ...row, body: ['text/csv'] },
  xml: { ...row, body: ['application/xml'] },
  urlencoded: { ...row, body: ['application/x-www-form-urlencoded'] },
  multipart: { ...row, body: ['multipart/form-data'] },
  textForm: { ...row, body: ['application/x-www-form-urlencoded'] },
  bytes: { ...row, body: ['application/octet-stream'] },
  image: { ...row, body: ['image/*'] },
  several: { ...row, body: ['application/json', 'text/csv', 'image/*'] },
  optional: { ...row, body: ['text/csv'] },
  json: row,
  csv: { ...row, answer: ['text/csv'] },
  xmlOf: { ...row, answer: ['application/xml'] },
  pdf: { ...row, answer: ['application/pdf'] },
  events: { ...row, answer: ['text/event-stream'] },
  anything: { ...row, answer: ['*/*'] },
  anyObject: row,
  byDefault: row,
  fileByDefault: { ...row, answer: ['application/pdf'] },
  range: row,
  unusual: { ...row, answer: ['text/plain'] },
  either: { ...row, answer: ['application/json'], alternatives: ['text/csv', 'application/xml'] },
  byStatus: { ...row, answer: ['application/json', 'text/plain'] },
  script: { ...row, answer: ['application/javascript'] },
  nothing: row,
  search: { ...row, method: 'GET' },
} as const
interface Types {
  paths: object
  operations: Operations
  needs: 'readAnswer' | 'writeBody' | 'writeForm'
}
const table: typeof rows & { readonly '~types'?: Types } = rows
const { call } = createApiClient(table, { baseUrl: 'https://api.example.com', writeBody, writeForm, readAnswer })

/** P4: a body has the type of its media type. */
export async function bodies(stream: ReadableStream<Uint8Array>, file: File, bytes: Uint8Array) {
  call('patch', { body: { id: 1 } })
  // @ts-expect-error JSON of another type
  call('patch', { body: { id: 'a' } })
  call('text', { body: 'a,b' })
  call('text', { body: file })
  // @ts-expect-error no text
  call('text', { body: 5 })
  call('xml', { body: '<a/>' })
  // @ts-expect-error nothing writes XML
  call('xml', { body: { id: 1 } })
  call('urlencoded', { body: { name: 'a', file: 'b' } })
  call('urlencoded', { body: new URLSearchParams() })
  // @ts-expect-error no files
  call('urlencoded', { body: { name: 'a', file } })
  // @ts-expect-error a form of the other kind
  call('urlencoded', { body: new FormData() })
  call('textForm', { body: new URLSearchParams() })
  // @ts-expect-error a form of no fields is made by hand
  call('textForm', { body: 'name=a' })
  call('multipart', { body: { name: 'a', size: 1, file, tags: ['a'] } })
  call('multipart', { body: { name: 'a', file: bytes } })
  call('multipart', { body: new FormData() })
  // @ts-expect-error a field of another type
  call('multipart', { body: { name: 'a', file, size: 'big' } })
  // @ts-expect-error a field is left out
  call('multipart', { body: { file } })
  // @ts-expect-error no such field
  call('multipart', { body: { name: 'a', file, nmae: 'a' } })
  for (const body of [file, new Blob(), bytes, bytes.buffer as ArrayBuffer, stream, Readable.from([bytes])]) {
    call('bytes', { body })
  }
  // @ts-expect-error text is no bytes
  call('bytes', { body: 'iVBORw0KGgo=' })
  // @ts-expect-error an object is no bytes
  call('bytes', { body: { id: 1 } })
  // @ts-expect-error a body is needed
  call('bytes')
  call('optional')
  call('optional', { body: 'a,b' })
  call('search')
  // @ts-expect-error nothing sends a body with GET
  call('search', { body: { id: 1 } })
}

/** P4: the first media type goes without saying, another is chosen with the body. */
export async function choices(file: File) {
  call('several', { body: { id: 1 } })
  call('several', { body: { id: 1 }, contentType: 'application/json' })
  call('several', { body: 'a,b', contentType: 'text/csv' })
  call('several', { body: file, contentType: 'image/png' })
  // @ts-expect-error the first is JSON
  call('several', { body: 'a,b' })
  // @ts-expect-error CSV is no object
  call('several', { body: { id: 1 }, contentType: 'text/csv' })
  // @ts-expect-error no such media type
  call('several', { body: '<p>', contentType: 'text/html' })
  call('image', { body: file, contentType: 'image/png' })
}

/** S2: a success has the type of its media type, wherever the document describes it. */
export async function answers() {
  expectTypeOf((await call('json')).data).toEqualTypeOf<Thing>()
  expectTypeOf((await call('csv')).data).toEqualTypeOf<string>()
  expectTypeOf((await call('xmlOf')).data).toEqualTypeOf<string>()
  expectTypeOf((await call('pdf')).data).toEqualTypeOf<Blob>()
  expectTypeOf((await call('events')).data).toEqualTypeOf<EventStream<Thing>>()
  expectTypeOf((await call('anything')).data).toEqualTypeOf<string | Blob>()
  expectTypeOf((await call('anyObject')).data).toEqualTypeOf<Thing>()
  expectTypeOf((await call('byDefault')).data).toEqualTypeOf<Thing>()
  expectTypeOf((await call('fileByDefault')).data).toEqualTypeOf<Blob>()
  expectTypeOf((await call('range')).data).toEqualTypeOf<Thing>()
  expectTypeOf((await call('unusual')).data).toEqualTypeOf<string | undefined>()
  expectTypeOf((await call('byStatus')).data).toEqualTypeOf<Thing | string>()
  expectTypeOf((await call('nothing')).data).toEqualTypeOf<undefined>()
}

/** S2: events have what the document says of their data, where they are read as JSON. */
export async function events() {
  const { data } = await call('events')
  for await (const event of readEvents(data, { json: true })) expectTypeOf(event.data).toEqualTypeOf<Thing>()
  for await (const event of readEvents(data)) expectTypeOf(event.data).toEqualTypeOf<string>()
  const { data: script } = await call('script')
  expectTypeOf(script).toEqualTypeOf<string>()
  const raw = await call('script', {}, { parseAs: 'stream' })
  for await (const event of readEvents(raw.data, { json: true })) expectTypeOf(event.data).toEqualTypeOf<unknown>()
}

/** S2: JSON is the default, and a call may ask for something else, or read it as something else. */
export async function readings() {
  expectTypeOf((await call('either')).data).toEqualTypeOf<Thing>()
  expectTypeOf((await call('either', {}, { accept: 'text/csv' })).data).toEqualTypeOf<string>()
  expectTypeOf((await call('either', {}, { accept: 'application/json', timeout: 5 })).data).toEqualTypeOf<Thing>()
  expectTypeOf((await call('pdf', {}, { parseAs: 'stream' })).data).toExtend<ReadableStream<Uint8Array>>()
  expectTypeOf((await call('pdf', {}, { parseAs: 'arrayBuffer' })).data).toEqualTypeOf<ArrayBuffer>()
  expectTypeOf((await call('json', {}, { parseAs: 'text' })).data).toEqualTypeOf<string>()
  // @ts-expect-error no such media type of this operation
  call('either', {}, { accept: 'text/html' })
  // @ts-expect-error no such reading
  call('pdf', {}, { parseAs: 'bytes' })
  // @ts-expect-error no such option
  call('pdf', {}, { parseas: 'stream' })
}

/** C5: a client is given what its table needs, and nothing else is asked for. */
export function needs() {
  const baseUrl = 'https://api.example.com'
  // @ts-expect-error nothing writes its bodies
  createApiClient(table, { baseUrl, writeForm, readAnswer })
  // @ts-expect-error nothing writes its forms
  createApiClient(table, { baseUrl, writeBody, readAnswer })
  // @ts-expect-error nothing reads its answers
  createApiClient(table, { baseUrl, writeBody, writeForm })
  const plain: typeof rows & { readonly '~types'?: Omit<Types, 'needs'> } = rows
  createApiClient(plain, { baseUrl })
}
