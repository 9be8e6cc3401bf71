import { readFileSync } from 'node:fs'
import { isApiError } from '@minimo/client'
import { PgBoss } from 'pg-boss'
import { pino } from 'pino'
import { sendConsents, sendState } from './contacts.ts'
import { type Config, openSides } from './sides.ts'

/** Creates what is missing in the partner's database: pg-boss, the schema `sync`, and the trigger. May run again. */
export async function install({ DATABASE_URL: connectionString }: Config): Promise<void> {
  const boss = new PgBoss({ connectionString, supervise: false, schedule: false })
  await boss.start()
  const files = ['sync.sql', 'customers.sql'].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8'))
  // One at a time, and all or nothing.
  const done = boss.getDb().executeSql(["SELECT pg_advisory_xact_lock(hashtext('sync'));", ...files].join('\n'))
  await done.finally(() => boss.stop())
}

/** Starts a worker. What it gives ends it, after the calls under way; what else it had begun is tried again. */
export async function startWorker(config: Config): Promise<() => Promise<unknown>> {
  const log = pino()
  const { ordinary, withdrawals, stop, close } = openSides(config)
  const intervals = { superviseIntervalSeconds: 5, monitorIntervalSeconds: 5, maintenanceIntervalSeconds: 60 }
  const boss = new PgBoss({ connectionString: config.DATABASE_URL, migrate: false, schedule: false, ...intervals })
  boss.on('error', ({ message }) => log.error(message))
  await boss.start().catch((error) => {
    throw new Error(`The database is not ready: ${error.message}. See that it runs, and run install on it first.`)
  })
  const posts = [
    { queue: 'contacts', send: sendState, sides: ordinary },
    { queue: 'consents', send: sendConsents, sides: ordinary, maxPriority: 0 },
    { queue: 'consents', send: sendConsents, sides: withdrawals, minPriority: 1 },
  ]
  for (const { queue, send, sides, ...rest } of Array.from({ length: config.CONCURRENCY }, () => posts).flat()) {
    const options = { pollingIntervalSeconds: 0.5, heartbeatRefreshSeconds: 3, ...rest }
    const worker: string = await boss.work<{ customer: string }>(queue, options, async ([job]) => {
      // After this one it looks for the next at once.
      boss.notifyWorker(worker)
      const { customer = '' } = job?.data ?? {}
      await send(sides, customer, job?.retryCount === 0).catch(async (error) => {
        log.warn({ queue, customer, reason: error.message }, 'is tried again')
        if (isApiError(error, 404)) await sides.pool.query('SELECT sync.resend($1, true)', [customer])
        throw error
      })
    })
  }
  return () => Promise.all([stop(), boss.stop()]).then(close)
}
