import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import { recordEvents } from '../automations/record-events.ts'
import { emptyContact, showEventContact } from '../contacts/stored-contact.ts'
import type { Database } from '../storage/database.ts'
import { openDatabase } from '../storage/open-database.ts'
import { resetDatabase, restoreSnapshot, takeSnapshot } from '../storage/snapshot.ts'
import { type EventType, eventTypes, type SandboxEvent } from './event.ts'
import { createEventStream, type EventFilter, listEvents } from './event-log.ts'

/** Longer than any test: what a test sees came by notification. */
const noPolling = 3_600_000

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('events are listed by number, type and company, the oldest first', async () => {
    const database = await open(await createLocation())
    await record(database, ['contact.created', 'contact.updated', 'contact.updated'], 1)
    await record(database, ['contact.created', 'contact.deleted'], 2)
    const list = async (filter?: EventFilter) => (await listEvents(database, filter)).map(({ sequence }) => sequence)
    expect(await list()).toEqual([1, 2, 3, 4, 5])
    expect(await list({ after: 2, limit: 2 })).toEqual([3, 4])
    expect(await list({ type: 'contact.created' })).toEqual([1, 4])
    expect(await list({ company: 1, type: 'contact.updated', limit: 1 })).toEqual([2])
  })

  test('who follows gets the events that happened, then each as it happens', async () => {
    const { database, stream, follow } = await startStream(await createLocation())
    await record(database, ['contact.created', 'contact.updated'])
    const all = follow()
    const deletions = follow({ type: 'contact.deleted', after: 1 })
    expect(await all.take(2)).toEqual([1, 2])
    await record(database, ['contact.updated', 'contact.deleted'])
    stream.notify()
    expect(await all.take(2)).toEqual([3, 4])
    expect(await deletions.take(1)).toEqual([4])
  })

  test('who follows from far back gets all, however many', async () => {
    const { database, follow } = await startStream(await createLocation())
    const types = Array<EventType>(500).fill('contact.updated')
    for (const _ of Array(5)) await record(database, types)
    const { take } = follow({ after: 100 })
    expect(await take(2400)).toEqual(Array.from({ length: 2400 }, (_, index) => index + 101))
  })

  test('who follows gets what happens after everything was forgotten', async () => {
    const { database, stream, follow } = await startStream(await createLocation(), 10)
    await record(database, Array<EventType>(300).fill('contact.updated'))
    const { take } = follow()
    await take(300)
    await database.query('DELETE FROM events')
    await record(database, ['contact.created'])
    stream.notify()
    expect(await take(1)).toEqual([301])
  })

  test('who follows, from any number, gets every event after a reset or restore, and none again', async () => {
    const { database, stream, follow } = await startStream(await createLocation())
    await record(database, Array<EventType>(3).fill('contact.created'))
    const snapshot = await takeSnapshot(database)
    await record(database, Array<EventType>(2).fill('contact.updated'))
    const [all, late] = [follow(), follow({ after: 5 })]
    expect(await all.take(5)).toEqual([1, 2, 3, 4, 5])
    await resetDatabase(database)
    await record(database, ['contact.created', 'contact.updated'])
    stream.notify()
    for (const { take } of [all, late]) expect(await take(2)).toEqual([6, 7])
    await restoreSnapshot(database, snapshot)
    expect((await listEvents(database)).map(({ sequence }) => sequence)).toEqual([1, 2, 3])
    await record(database, ['contact.deleted'])
    stream.notify()
    for (const { take } of [all, late]) expect(await take(1)).toEqual([8])
    expect((await listEvents(database, { after: 5 })).map(({ sequence }) => sequence)).toEqual([8])
  })

  test('events of another process are found without a notification', async () => {
    const { database, follow } = await startStream(await createLocation(), 10)
    const { take } = follow()
    const taken = take(1)
    await record(database, ['contact.created'])
    expect(await taken).toEqual([1])
  })

  test('following ends with the signal or the stream', async () => {
    const { stream, follow } = await startStream(await createLocation())
    const [stopped, closed] = [follow(), follow()]
    const ends = [stopped.next(), closed.next()]
    stopped.stop()
    expect(await ends[0]).toEqual({ done: true, value: undefined })
    stream.close()
    expect(await ends[1]).toEqual({ done: true, value: undefined })
    expect(await follow().next()).toEqual({ done: true, value: undefined })
  })

  test('closing the database together with the stream ends following without an error', async () => {
    const { database, stream, follow } = await startStream(await createLocation())
    const next = follow().next()
    stream.close()
    await database.close()
    expect(await next).toEqual({ done: true, value: undefined })
  })
})

test('whenever they look, all who follow get every event they want once and in order', async () => {
  const type = fc.constantFrom(...eventTypes)
  const writes = fc.array(fc.array(type, { minLength: 1, maxLength: 120 }), { minLength: 1, maxLength: 8 })
  const filter = fc.record({ after: fc.nat(400), type }, { requiredKeys: [] })
  await fc.assert(
    fc.asyncProperty(writes, fc.array(filter, { maxLength: 3 }), async (writes, filters) => {
      const { database, stream, follow } = await startStream(':memory:')
      const marked = filters.map((filter) => ({ filter, ...follow(filter), got: [] as number[] }))
      const all = follow()
      for (const types of writes) {
        await record(database, types)
        stream.notify()
        await all.take(types.length)
      }
      for (const { filter, take } of marked) {
        const wanted = await listEvents(database, filter)
        expect(await take(wanted.length)).toEqual(wanted.map(({ sequence }) => sequence))
      }
      stream.close()
      expect(await Promise.all(marked.map(({ next }) => next()))).toEqual(
        marked.map(() => ({ done: true, value: undefined })),
      )
      await database.close()
    }),
    { numRuns: 30 },
  )
})

async function open(location: string): Promise<Database> {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return database
}

async function startStream(location: string, pollInterval = noPolling) {
  const database = await open(location)
  const stream = createEventStream({ database, pollInterval })
  onTestFinished(() => stream.close())
  return { database, stream, follow: (filter: EventFilter = {}) => follow(stream.followEvents, filter) }
}

/** Follows until stopped; `take` gives the numbers of the next events. */
function follow(followEvents: ReturnType<typeof createEventStream>['followEvents'], filter: EventFilter) {
  const controller = new AbortController()
  const events = followEvents(filter, controller.signal)[Symbol.asyncIterator]()
  return {
    next: () => events.next(),
    stop: () => controller.abort(),
    async take(count: number): Promise<number[]> {
      const taken: SandboxEvent[] = []
      while (taken.length < count) {
        const { done, value } = await events.next()
        if (done) break
        taken.push(value)
      }
      return taken.map(({ sequence }) => sequence)
    },
  }
}

async function record(database: Database, types: readonly EventType[], company = 1): Promise<void> {
  const contact = showEventContact({ ...emptyContact(company), id: 1, email: `${randomUUID()}@example.com` })
  const events = types.map((type) => ({ type, contact, changes: [] }))
  const now = Date.UTC(2026, 0, 1)
  await database.transaction(async (query) => recordEvents(query, events, { automations: [], now }))
}
