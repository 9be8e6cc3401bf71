import { existsSync, rmSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'

/** How often a lock that another holds is tried, so that a sandbox that is just ending may end. */
const attempts = 10

/** How long to wait between attempts, in milliseconds. */
const pause = 50

/**
 * Takes the lock of a SQLite file: an empty database beside it, `<path>-lock`, with a transaction that lasts. SQLite's
 * own locks end with the process, however it ends. Resolves to what releases it, to be called once, or to `undefined`
 * where another has held it for half a second; throws where there can be no file beside it.
 */
export async function lockFile(path: string): Promise<(() => void) | undefined> {
  // A link to a file has the same lock.
  const lock = `${await realpath(path).catch(() => resolve(path))}-lock`
  for (let attempt = 1; ; attempt++) {
    const release = tryLock(lock)
    if (release || attempt === attempts) return release
    await setTimeout(pause)
  }
}

function tryLock(lock: string): (() => void) | undefined {
  const connection = new DatabaseSync(lock)
  try {
    // In memory: else its journal would be one more file.
    connection.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    // Whoever held it has removed it meanwhile: others would lock a new one.
    if (existsSync(lock)) return () => release(lock, connection)
  } catch (error) {
    if (!isBusy(error)) throw error
  }
  connection.close()
  return undefined
}

function release(lock: string, connection: DatabaseSync): void {
  try {
    // While it is locked, so that it is nobody else's.
    rmSync(lock, { force: true })
  } catch {
    // Windows removes no open file; an empty one does no harm.
  }
  connection.close()
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5
}
