// Imported rather than global: a test that fakes the timers must not stop the database.

import type { DatabaseSync } from 'node:sqlite'
import { setImmediate, setTimeout } from 'node:timers/promises'

/** How many jobs share one commit at most: requests get a turn in between. */
const maxBatch = 256

/** How long to wait for another process that is writing to the file, in milliseconds. */
const busyTimeout = 5000

/** Runs jobs one after the other, many of them in one transaction. */
export interface CommitQueue {
  /** Runs a job in its turn: what it did is undone where it throws; resolves when it is committed. */
  add<T>(job: () => Promise<T>): Promise<T>
  /** Between two commits, lets `act` give the connection that jobs use from then on; rejects with what it throws. */
  reconnect(act: (use: (connection: DatabaseSync) => void) => void): Promise<void>
  /** Takes no more jobs and waits for those that were added. */
  end(): Promise<void>
}

/** A job in the queue, and how to tell its caller. */
interface Waiting {
  job(): Promise<unknown>
  /** Takes only what this very job gave. */
  resolve(value: unknown): void
  reject(error: unknown): void
}

/** A queue of jobs that act on the connection; nothing else may use it in between. */
export function createCommitQueue(connection: DatabaseSync): CommitQueue {
  let runBatch = createRunBatch(connection)
  let reconnect: (() => void) | undefined
  const waiting: Waiting[] = []
  let draining: Promise<void> | undefined
  let ended = false

  async function drain(): Promise<void> {
    // Callers of the same turn of the event loop join the first batch, those that come during a batch the next.
    while (waiting.length > 0 || reconnect) {
      await setImmediate()
      reconnect?.()
      await runBatch(waiting.splice(0, maxBatch))
    }
    draining = undefined
  }

  return {
    add: (job) =>
      new Promise((resolve, reject) => {
        if (ended) throw new Error('The database is closed')
        waiting.push({ job, resolve, reject })
        draining ??= drain()
      }),
    reconnect: (act) =>
      new Promise((resolve, reject) => {
        if (ended) throw new Error('The database is closed')
        reconnect = () => {
          reconnect = undefined
          try {
            act((next) => {
              runBatch = createRunBatch(next)
            })
            resolve()
          } catch (error) {
            reject(error)
          }
        }
        draining ??= drain()
      }),
    async end() {
      ended = true
      await draining
    },
  }
}

/** Runs jobs in one transaction, each in a savepoint, and settles them when it is committed. */
function createRunBatch(connection: DatabaseSync): (jobs: readonly Waiting[]) => Promise<void> {
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const rollback = connection.prepare('ROLLBACK')
  const save = connection.prepare('SAVEPOINT job')
  const undo = connection.prepare('ROLLBACK TO job')
  const release = connection.prepare('RELEASE job')

  function undoJob(error: unknown): void {
    try {
      undo.run()
    } catch {
      // The failure, such as a full disk, has undone the whole transaction.
      throw error
    }
  }

  async function runJobs(jobs: readonly Waiting[]): Promise<(() => void)[]> {
    const settles: (() => void)[] = []
    for (const { job, resolve, reject } of jobs) {
      save.run()
      try {
        const value = await job()
        settles.push(() => resolve(value))
      } catch (error) {
        undoJob(error)
        settles.push(() => reject(error))
      }
      release.run()
    }
    commit.run()
    return settles
  }

  return async (jobs) => {
    if (jobs.length === 0) return
    try {
      await whenFree(() => begin.run())
      for (const settle of await runJobs(jobs)) settle()
    } catch (error) {
      try {
        rollback.run()
      } catch {
        // SQLite has already undone it.
      }
      for (const job of jobs) job.reject(error)
    }
  }
}

/** Does it as soon as no other process holds the file, without blocking this one; throws after `busyTimeout`. */
export async function whenFree<T>(action: () => T): Promise<T> {
  for (let waited = 0, wait = 1; ; waited += wait, wait = Math.min(wait * 2, 20)) {
    try {
      return action()
    } catch (error) {
      if (!isBusy(error)) throw error
      if (waited >= busyTimeout) {
        throw new Error(
          `Another process has held the SQLite file for over ${busyTimeout / 1000} seconds: end it, or use a file of your own`,
          { cause: error },
        )
      }
    }
    await setTimeout(wait)
  }
}

function isBusy(error: unknown): boolean {
  // The low byte is the primary code: 5 is SQLITE_BUSY.
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}
