import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPostgresDatabase } from 'test-postgres'
import { inject, onTestFinished } from 'vitest'

/** Makes the location of an empty database, for `openDatabase`. Call it inside a test: the file goes with the test. */
export type CreateLocation = () => Promise<string>

/** Every kind of database, by name: `describe.each(eachDatabase)('%s', (name, createLocation) => …)`. */
export const eachDatabase: readonly (readonly [name: string, createLocation: CreateLocation])[] = [
  ['SQLite in memory', async () => ':memory:'],
  ['SQLite file', createFileLocation],
  ['PostgreSQL', () => createPostgresDatabase(inject('postgresUrl'))],
]

/** The path of a SQLite file that does not exist yet, in a folder that is removed after the test. */
export async function createFileLocation(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-sqlite-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  return join(folder, 'sandbox.db')
}
