import { createServer } from 'node:http'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { listen } from '../test/loopback.ts'
import { ClientError } from './core/errors.ts'
import { type CallOptions, createApiClient, readAnswer } from './core.ts'
import { readEvents } from './events.ts'
import { createUndiciFetch } from './undici.ts'

/** A stream of these texts, and whether it was cancelled. */
function streamOf(...chunks: string[]) {
  const encoder = new TextEncoder()
  const state = { isCancelled: false }
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const next = chunks.shift()
        if (next === undefined) controller.close()
        else controller.enqueue(encoder.encode(next))
      },
      cancel() {
        state.isCancelled = true
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, state }
}

interface Operations {
  listen: { responses: { 200: { headers: object; content: { 'text/event-stream': string } } } }
}
const rows = {
  listen: { method: 'GET', path: '/', server: 'a', retry: 'safe', answer: ['text/event-stream'] },
} as const
const table: typeof rows & { readonly '~types'?: { paths: object; operations: Operations } } = rows

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

it('S2: events come with their type, id and data, whatever the chunks', async () => {
  const text =
    '\ufeff: a comment\r\nevent: first\r\nid: 1\r\ndata: à\r\ndata: b\r\n\r\ndata:{"c":1}\n\nretry: 5\nother: x\n\ndata: cut'
  const bytes = new TextEncoder().encode(text)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length)), async (cuts) => {
      const ends = [...new Set([...cuts, bytes.length])].sort((a, b) => a - b)
      const chunks = ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end))
      const stream = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk)
          controller.close()
        },
      })
      expect(await collect(readEvents(stream))).toEqual([
        { event: 'first', id: '1', data: 'à\nb' },
        { event: undefined, id: undefined, data: '{"c":1}' },
      ])
    }),
  )
})

it('S2: data that is JSON is parsed, up to what ends the stream', async () => {
  const { stream, state } = streamOf('data: {"a":1}\n\n', 'data: [DONE]\n\ndata: {"a":2}\n\n', 'data: more\n\n')
  const events = await collect(readEvents(stream, { json: true, end: '[DONE]' }))
  expect(events.map(({ data }) => data)).toEqual([{ a: 1 }])
  expect(state.isCancelled).toBe(true)
})

it('S3: data that is no JSON where it should be is an error that does not quote it', async () => {
  const { stream, state } = streamOf('data: secret\n\n', 'data: 1\n\n')
  const error: unknown = await collect(readEvents(stream, { json: true })).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ClientError)
  expect(String((error as Error).stack)).not.toContain('secret')
  expect(state.isCancelled).toBe(true)
})

it('S7: an event that never ends is an error', async () => {
  const chunk = new TextEncoder().encode('a'.repeat(2 ** 22))
  const stream = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk) })
  await expect(collect(readEvents(stream))).rejects.toThrow('more than 33554432 characters')
})

it.each([
  ['fetch', () => ({ fetch: globalThis.fetch, close: async () => undefined })],
  ['undici', () => createUndiciFetch()],
])(
  'R6, R7: over %s time limits and signals end a stream of events, and who stops early frees the connection',
  async (_, create) => {
    const ended: Promise<unknown>[] = []
    const server = createServer((_, response) => {
      ended.push(new Promise((resolve) => response.once('close', resolve)))
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n')
    })
    const baseUrl = await listen(server, () => server.closeAllConnections())
    const { fetch, close } = create()
    const { call } = createApiClient(table, { baseUrl, fetch: (url, init) => fetch(url, init), readAnswer })
    const open = async (options: CallOptions) => readEvents((await call('listen', {}, options)).data)
    for await (const { data } of await open({})) {
      expect(data).toBe('1')
      break
    }
    await ended[0]
    // On a busy machine a limit may end the call before its answer has begun.
    const read = async (options: CallOptions) => collect(await open(options))
    for (const limit of ['timeout', 'deadline']) {
      await expect(read({ [limit]: 200 })).rejects.toMatchObject({ name: 'TimeoutError', limit })
    }
    const stopping = new AbortController()
    const stopped = expect(read({ signal: stopping.signal })).rejects.toBe('enough')
    setTimeout(() => stopping.abort('enough'), 20)
    await stopped
    await Promise.all(ended)
    await close()
  },
)
