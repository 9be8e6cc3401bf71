import { describe, expect, onTestFinished, test } from 'vitest'
import { createContext } from '../../test/create-context.ts'
import { eachDatabase } from '../../test/databases.ts'
import { recordEvents } from '../automations/record-events.ts'
import { listRuns, markDelivered } from '../automations/runs.ts'
import { emptyContact, showEventContact } from '../contacts/stored-contact.ts'
import type { NewEvent } from '../events/event.ts'
import { listEvents } from '../events/event-log.ts'
import { listOutbox, storeMessage } from '../messages/outbox.ts'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'
import { createRetention, trimLogs } from './retention.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'

const now = Date.UTC(2026, 0, 1)
const day = 24 * 60 * 60 * 1000
const ofAnyAge = { age: Number.POSITIVE_INFINITY, now }
const event: NewEvent = { type: 'contact.created', contact: showEventContact(emptyContact(1)), changes: [] }
const automation = { name: 'welcome', when: event.type, webhook: 'https://example.com/' }

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('the newest events stay, and their numbers go on', async () => {
    const database = await open(await createLocation())
    await record(database, { events: 5 })
    await trimLogs(database, { count: 3, ...ofAnyAge })
    expect(await sequences(database)).toEqual([3, 4, 5])
    expect(await sequences(database, 1)).toEqual([3, 4, 5])
    await trimLogs(database, { count: 1, age: 1, now: now + day })
    expect(await sequences(database)).toEqual([])
    await record(database, { events: 1 })
    expect(await sequences(database, 5)).toEqual([6])
  })

  test('many are dropped in small steps', async () => {
    const database = await open(await createLocation())
    await record(database, { events: 2500 })
    await record(database, { events: 40, at: now + day })
    await trimLogs(database, { count: 1510, ...ofAnyAge })
    expect(await sequences(database)).toHaveLength(1510)
    expect((await sequences(database))[0]).toBe(1031)
    await trimLogs(database, { count: 9999, age: day / 2, now: now + day })
    expect(await sequences(database)).toHaveLength(40)
  })

  test('a run that is pending stays, and so does its event; they count among nothing', async () => {
    const database = await open(await createLocation())
    await record(database, { events: 3, automations: [automation] })
    await record(database, { events: 1200 })
    const [first, second] = await listRuns(database.query)
    await markDelivered(database.query, first?.id ?? '')
    await trimLogs(database, { count: 2, ...ofAnyAge })
    expect(await sequences(database)).toEqual([2, 3, 1202, 1203])
    expect((await listRuns(database.query)).map(({ status }) => status)).toEqual(['pending', 'pending'])
    await trimLogs(database, { count: 2, age: 1, now: now + day })
    expect(await sequences(database)).toEqual([2, 3])
    await markDelivered(database.query, second?.id ?? '')
    await trimLogs(database, { count: 2, age: 1, now: now + day })
    expect(await sequences(database)).toEqual([3])
    expect((await listRuns(database.query)).map(({ event }) => event)).toEqual(await ids(database))
  })

  test('of messages the newest stay, by number and by age, and pages go on from the oldest that is kept', async () => {
    const context = await createContext(await createLocation(), { now: () => now })
    const send = (to: string, at: number) => {
      const message = { channel: 'email', to, template: null, subject: 's', html: 'h', text: null } as const
      return storeMessage(message, { ...context, now: () => at })
    }
    const { id } = await send('a@example.com', now)
    for (const to of ['b@example.com', 'c@example.com']) await send(to, now + day)
    const { database } = context
    await trimLogs(database, { count: 3, age: day / 2, now: now + day })
    const kept = await listOutbox(database.query)
    expect(kept.map(({ to }) => to)).toEqual(['b@example.com', 'c@example.com'])
    expect(await listOutbox(database.query, { after: id })).toEqual(kept)
    await trimLogs(database, { count: 1, ...ofAnyAge })
    expect(await listOutbox(database.query)).toEqual(kept.slice(1))
  })

  test('any number do it at once, while others write, and none drops too many', async () => {
    const location = await createLocation()
    const database = await open(location)
    const replicas = database.dialect.name === 'postgres' ? [database, await open(location)] : [database]
    await record(database, { events: 3000 })
    const trim = () => Promise.all(replicas.map((replica) => trimLogs(replica, { count: 1000, ...ofAnyAge })))
    const write = async () => {
      for (let count = 0; count < 50; count++) await record(database, { events: 2 })
    }
    await Promise.all([trim(), trim(), write(), write()])
    expect((await ids(database)).length).toBeGreaterThanOrEqual(1000)
    await trim()
    expect(await sequences(database)).toEqual(Array.from({ length: 1000 }, (_, index) => 2201 + index))
  })

  test('a snapshot of what was kept restores it, and numbers go on', async () => {
    const database = await open(await createLocation())
    await record(database, { events: 4, automations: [automation] })
    await trimLogs(database, { count: 2, ...ofAnyAge })
    const snapshot = await takeSnapshot(database)
    const other = await open(await createLocation())
    await restoreSnapshot(other, snapshot)
    expect(await takeSnapshot(other)).toEqual(snapshot)
    await record(other, { events: 1 })
    expect(await sequences(other, 4)).toEqual([5])
  })
})

test('what is too much is dropped soon after a write, and with time', async () => {
  const database = await open(':memory:')
  let time = now
  const retention = createRetention({ database, now: () => time, count: 3, age: day, interval: 5 })
  await record(database, { events: 5 })
  retention.wake()
  retention.wake()
  await expect.poll(() => sequences(database)).toEqual([3, 4, 5])
  time += 2 * day
  await expect.poll(() => sequences(database)).toEqual([])
  await retention.close()
  await record(database, { events: 5 })
  retention.wake()
  await retention.close()
  expect(await sequences(database)).toHaveLength(5)
})

interface Recorded {
  events: number
  at?: number
  automations?: (typeof automation)[]
}

function record(database: Database, { events, at = now, automations = [] }: Recorded): Promise<void> {
  return database.transaction(async (query) => {
    for (let left = events; left > 0; left -= 100) {
      await recordEvents(query, Array(Math.min(left, 100)).fill(event), { automations, now: at })
    }
  })
}

const list = (database: Database, after = 0) => listEvents(database, { after, limit: 10_000 })

async function sequences(database: Database, after?: number): Promise<number[]> {
  return (await list(database, after)).map(({ sequence }) => sequence)
}

async function ids(database: Database): Promise<string[]> {
  return (await list(database)).map(({ id }) => id)
}

async function open(location: string): Promise<Database> {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return database
}
