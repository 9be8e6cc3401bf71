import { expect, it, onTestFinished, vi } from 'vitest'
import type { Operation } from './call.ts'
import type { ClientOptions } from './options.ts'
import { createPerformer } from './performer.ts'
import type { Fetch } from './transport.ts'

const current: Operation = { id: 'getThing', method: 'GET', path: '/things/{id}', server: 'api', retry: 'safe' }
const old: Operation = { ...current, id: 'getOldThing', path: '/old/{id}', deprecated: true }

/** A client whose API answers with these headers, and the warnings it gave. */
function warned(headers: Record<string, string> = {}, options: Partial<ClientOptions> = {}, status = 200) {
  const warn = vi.fn<(message: string) => void>()
  const fetch: Fetch = async () => Response.json({}, { status, headers })
  const perform = createPerformer([current, old], {
    baseUrl: 'https://api.example.com',
    fetch,
    logger: { warn },
    ...options,
  })
  const get = (operation: Operation) => perform(operation, { path: { id: 'geheim' } })
  return { get, messages: () => warn.mock.calls.map(([message]) => message) }
}

const sunset = 'Sat, 31 Dec 2033 23:59:59 GMT'

it.each<[what: string, operation: Operation, headers: Record<string, string>, want: string]>([
  ['Deprecation', current, { deprecation: '@1688169599' }, 'GET /things/{id} is deprecated'],
  ['Deprecation of before its RFC', current, { Deprecation: 'true' }, 'GET /things/{id} is deprecated'],
  ['Sunset', current, { sunset }, `GET /things/{id} is deprecated and goes on ${sunset}`],
  ['both', current, { sunset, deprecation: '@1' }, `GET /things/{id} is deprecated and goes on ${sunset}`],
  ['the row', old, {}, 'GET /old/{id} is deprecated'],
  ['the row and Sunset', old, { sunset }, `GET /old/{id} is deprecated and goes on ${sunset}`],
])('G7: warns where %s says so', async (_, operation, headers, want) => {
  const { get, messages } = warned(headers)
  await get(operation)
  expect(messages()).toEqual([want])
})

it('G7: says nothing of an operation that nothing marks as deprecated', async () => {
  const { get, messages } = warned()
  await get(current)
  expect(messages()).toEqual([])
})

it('G7: warns once per operation', async () => {
  const { get, messages } = warned({ deprecation: '@1' })
  for (let i = 0; i < 3; i++) await Promise.all([get(current), get(old), get(current)])
  expect(messages()).toEqual(['GET /things/{id} is deprecated', 'GET /old/{id} is deprecated'])
})

it('G7, C9: each client warns for itself', async () => {
  const one = warned({ deprecation: '@1' })
  const two = warned({ deprecation: '@1' })
  await Promise.all([one.get(current), two.get(current)])
  expect([one.messages().length, two.messages().length]).toEqual([1, 1])
})

it('G7: warns of an operation that failed as well, and once for all its attempts', async () => {
  const { get, messages } = warned({ deprecation: '@1', 'retry-after-ms': '0' }, {}, 503)
  expect((await get(current)).response.status).toBe(503)
  expect(messages()).toEqual(['GET /things/{id} is deprecated'])
})

it('G7: warns on the console where no logger is given, and nowhere else where one is', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  onTestFinished(() => {
    warn.mockRestore()
  })
  await warned({ deprecation: '@1' }).get(current)
  expect(warn).not.toHaveBeenCalled()
  await warned({ deprecation: '@1' }, { logger: undefined }).get(current)
  expect(warn.mock.calls).toEqual([['GET /things/{id} is deprecated']])
})

it('G7: a logger may be an object whose warn needs it', async () => {
  const lines: string[] = []
  class Lines {
    readonly #lines = lines
    warn(message: string) {
      this.#lines.push(message)
    }
  }
  await warned({ deprecation: '@1' }, { logger: new Lines() }).get(current)
  expect(lines).toEqual(['GET /things/{id} is deprecated'])
})
