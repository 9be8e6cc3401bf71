import { hash, randomUUID } from 'node:crypto'
import type { Database } from './database.ts'

/**
 * Gives a new id, such as `evt_…`, for what is made now, in milliseconds since 1970. Ids begin with the time: those that
 * come in order fill their index from the end, and commits write fewer of its pages.
 */
export type CreateId = (prefix: string, now: number) => string

/** An id that no sandbox has given before. */
export const createRandomId: CreateId = (prefix, now) => {
  const uuid = randomUUID()
  // Every request gets an id: replacing the hyphens would take twice as long.
  return joinId(prefix, now, uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24))
}

/** Gives ids, at random or the same from run to run. */
export interface Ids {
  create: CreateId
  /** Begins again, as a sandbox does that is opened on what is in the database now. Call it after a reset or restore. */
  restart(): Promise<void>
}

/**
 * Creates what gives ids for the rows of a database. With a seed they follow from it, from the numbers of the last rows
 * at the start, which a file or a snapshot may bring, and from how many ids of the prefix were given since. So the same
 * calls get the same ids, and none is one that a row has already. On PostgreSQL they are random all the same: other
 * sandboxes may share the database, and would give the same.
 */
export async function createIds({ query, dialect }: Database, seed?: number): Promise<Ids> {
  if (seed === undefined || dialect.name === 'postgres') {
    return { create: createRandomId, restart: () => Promise.resolve() }
  }
  const counts = new Map<string, number>()
  let start = ''

  async function restart(): Promise<void> {
    start = JSON.stringify(await query(lastNumbers))
    counts.clear()
  }

  await restart()
  return {
    create(prefix, now) {
      const count = (counts.get(prefix) ?? 0) + 1
      counts.set(prefix, count)
      return joinId(prefix, now, hash('sha256', `${seed} ${start} ${prefix} ${count}`).slice(0, 20))
    },
    restart,
  }
}

const lastNumbers = `SELECT (SELECT MAX(sequence) FROM events) AS events, (SELECT MAX(sequence) FROM runs) AS runs,
  (SELECT MAX(sequence) FROM messages) AS messages`

const joinId = (prefix: string, now: number, rest: string) => `${prefix}_${now.toString(16).padStart(12, '0')}${rest}`
