import { expectTypeOf } from 'vitest'
import { createApiClient } from './api-client.ts'
import type { EventStream } from './body-types.ts'
import { readAnswer } from './read-answer.ts'

// Only checked by the compiler, never run.

interface Thing {
  id: number
}
interface Answer<Content> {
  headers: Record<string, unknown>
  content: Content
}
interface Op<Responses, Path = never> {
  parameters: { query?: { page?: number }; header?: never; path: Path; cookie?: never }
  requestBody?: never
  responses: Responses
}
interface Free<Responses> {
  parameters: { query?: { page?: number }; header?: never; path?: never; cookie?: never }
  requestBody?: never
  responses: Responses
}
interface Paths {
  '/things/{id}': {
    get: Op<
      { 200: Answer<{ 'application/json': Thing }>; 404: Answer<{ 'application/problem+json': Thing }> },
      { id: number }
    >
    put?: never
  }
  '/pdf': { get: Free<{ 200: Answer<{ 'application/pdf': string }>; 404: Answer<{ 'application/json': Thing }> }> }
  '/bytes': { get: Free<{ '2XX': Answer<{ 'application/octet-stream': string; 'image/*': string }> }> }
  '/mixed': {
    get: Free<{
      200: Answer<{ 'application/json': Thing; 'text/csv': string }>
      204: { headers: object; content?: never }
    }>
  }
  '/events': { get: Free<{ 200: Answer<{ 'text/event-stream': Thing }> }> }
}
interface Types {
  paths: Paths
  operations: object
  needs: 'readAnswer'
}
const { raw } = createApiClient({} as { readonly '~types'?: Types }, {
  baseUrl: 'https://api.example.com',
  readAnswer,
})

/** Answers of `raw` have the type that the run time gives them. */
export async function answers() {
  const { data: pdf, error } = await raw.GET('/pdf')
  expectTypeOf(pdf).toEqualTypeOf<Blob | undefined>()
  expectTypeOf(error).toEqualTypeOf<Thing | undefined>()
  const { data: bytes } = await raw.request('get', '/bytes', { params: { query: { page: 1 } } })
  expectTypeOf(bytes).toEqualTypeOf<Blob | undefined>()
  const { data: thing, error: problem } = await raw.GET('/things/{id}', { params: { path: { id: 1 } } })
  expectTypeOf(thing).toEqualTypeOf<Thing | undefined>()
  expectTypeOf(problem).toEqualTypeOf<Thing | undefined>()
  expectTypeOf((await raw.GET('/mixed')).data).toEqualTypeOf<Thing | string | undefined>()
  expectTypeOf((await raw.GET('/events')).data).toEqualTypeOf<EventStream<Thing> | undefined>()
  const text = await raw.GET('/pdf', { parseAs: 'text' })
  expectTypeOf(text.data).toEqualTypeOf<string | undefined>()
  const answer = await raw.GET('/pdf')
  if (answer.error) expectTypeOf(answer.data).toEqualTypeOf<undefined>()
  else expectTypeOf(answer.data).toEqualTypeOf<Blob>()
}

/** What is sent is checked as openapi-fetch checks it. */
export function mistakes() {
  // @ts-expect-error a parameter is missing
  raw.GET('/things/{id}')
  // @ts-expect-error a parameter of another type
  raw.GET('/things/{id}', { params: { path: { id: 'a' } } })
  // @ts-expect-error a path that has no such method
  raw.PUT('/things/{id}', { params: { path: { id: 1 } } })
  // @ts-expect-error a path that is none
  raw.GET('/nothing')
  // @ts-expect-error plugins take its place
  raw.use({})
}
