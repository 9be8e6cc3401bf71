import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createFileLocation } from '../../test/databases.ts'
import { openDatabase } from './open-database.ts'
import { createIds, createRandomId } from './row-ids.ts'

const now = Date.UTC(2026, 0, 1)

test('ids begin with what they are of and the time, and no two are the same', async () => {
  const { create } = await open(':memory:', 1)
  for (const createId of [create, createRandomId]) {
    const ids = Array.from({ length: 1000 }, () => createId('evt', now))
    expect(new Set(ids).size).toBe(1000)
    for (const id of ids) expect(id).toMatch(/^evt_019b76daa800[0-9a-f]{20}$/)
  }
})

test('the same seed gives the same ids, another seed others, and none gives new ones each time', async () => {
  const [first, same, other, ...without] = await Promise.all([1, 1, 2, undefined, undefined].map(draw))
  expect(same).toEqual(first)
  expect(new Set([first, other, ...without].flat()).size).toBe(40)
})

test('how many ids of one kind were given changes none of another kind', async () => {
  const one = await open(':memory:', 1)
  const two = await open(':memory:', 1)
  for (const _ of Array(3)) one.create('req', now)
  expect(one.create('evt', now)).toBe(two.create('evt', now))
})

test('after a restart on a file that has rows, all ids are new; on one that has none they come again', async () => {
  const location = await createFileLocation()
  const empty = await draw(1)
  const { create, database } = await open(location, 1)
  expect(Array.from({ length: 10 }, () => create('evt', now))).toEqual(empty)
  await insertEvent(database, empty[0])
  await database.close()
  const after = await open(location, 1)
  const later = Array.from({ length: 10 }, () => after.create('evt', now))
  expect(new Set([...empty, ...later]).size).toBe(20)
})

test('on PostgreSQL, which others may share, a seed gives random ids', async () => {
  const location = await createPostgresDatabase(inject('postgresUrl'))
  const [one, two] = [await open(location, 1), await open(location, 1)]
  expect(one.create('evt', now)).not.toBe(two.create('evt', now))
})

async function open(location: string, seed?: number) {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return { database, ...(await createIds(database, seed)) }
}

/** The first ten ids of an empty database. */
async function draw(seed: number | undefined): Promise<string[]> {
  const { create } = await open(':memory:', seed)
  return Array.from({ length: 10 }, () => create('evt', now))
}

function insertEvent({ query }: Awaited<ReturnType<typeof open>>['database'], id = '') {
  const sql =
    "INSERT INTO events (id, type, company, at, contact, changes) VALUES ($1, 'contact.created', 1, 1, '{}', '[]')"
  return query(sql, [id])
}
