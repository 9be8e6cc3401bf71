import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLogUpdate } from 'log-update'
import { Pool } from 'pg'
import { readConfig } from '../src/sides.ts'
import { install } from '../src/worker.ts'

// With the cursor shown: what hides it would end the process at the first Ctrl-C.
const logUpdate = createLogUpdate(process.stdout, { showCursor: true })

const behind = `(SELECT behind_since AS since FROM sync.contacts WHERE sent < version AND parked IS NULL UNION ALL
  SELECT changed_at FROM sync.consents JOIN sync.contacts USING (customer) WHERE sent_at IS NULL AND contacts.id > 0)`
const status = `SELECT (SELECT count(*) FROM ${behind} behind) AS behind,
  (SELECT count(*) FROM pgboss.job WHERE name IN ('contacts', 'consents') AND state = 'active') AS "in flight",
  (SELECT last_value FROM sync.done) AS done,
  (SELECT count(*) FROM sync.contacts WHERE sent < version AND parked IS NOT NULL) AS parked,
  (SELECT date_trunc('second', clock_timestamp() - min(since))::text FROM ${behind} behind) AS "oldest change"`

/**
 * Runs two workers until a signal, and shows how they get on. Without a database and a key, stand-ins are started; with
 * one of the two it rejects, so that real customers never meet the ids of a sandbox.
 */
export async function start(env: NodeJS.ProcessEnv): Promise<void> {
  const standIns = env.DATABASE_URL || env.MINIMO_API_KEY ? undefined : run('stand-ins.ts', env)
  const settings = { ...env, ...(standIns && (await listen(standIns))) }
  const config = readConfig(settings)
  await install(config)
  const workers = [1, 2].map(() => run('../src/sync.ts', settings))
  const isTerminal = process.stdout.isTTY
  for (const { stdout, stderr } of workers) {
    const print = (text: unknown) =>
      isTerminal ? logUpdate.persist(String(text).trimEnd()) : process.stdout.write(`${text}`)
    for (const output of [stdout, stderr]) output?.on('data', print)
  }
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())
  await show(config.DATABASE_URL, { isTerminal, signal: stopping.signal })
  await Promise.all(workers.map(end))
  standIns?.disconnect()
}

/** Where the stand-ins are. */
async function listen(standIns: ChildProcess): Promise<NodeJS.ProcessEnv> {
  standIns.stderr?.pipe(process.stderr)
  const ended = once(standIns, 'exit').then(() => {
    throw new Error('The stand-ins for a database and the API did not start.')
  })
  const [settings] = await Promise.race([once(standIns, 'message'), ended])
  ended.catch(() => undefined)
  return settings
}

/** Starts a process apart from the terminal: Ctrl-C is for this one only, which ends the others in order. */
const run = (file: string, env: NodeJS.ProcessEnv): ChildProcess =>
  fork(new URL(file, import.meta.url), ['worker'], { env, detached: true, silent: true })

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  worker.kill('SIGTERM')
  await once(worker, 'exit')
}

async function show(connectionString: string, { isTerminal, signal }: { isTerminal: boolean; signal: AbortSignal }) {
  const pool = new Pool({ connectionString })
  // The next query says what is wrong.
  pool.on('error', () => undefined)
  for (let before = 0; !signal.aborted; ) {
    const [row] = (await pool.query(status)).rows
    const shown = { ...row, rate: `${row.done - before}/s` }
    before = row.done
    const lines = Object.entries(shown).map(([name, value]) => `${name.padEnd(16)}${value ?? 'none'}`)
    if (isTerminal) logUpdate(lines.join('\n'))
    else console.log(JSON.stringify(shown))
    await sleep(1000, undefined, { signal }).catch(() => undefined)
  }
  await pool.end()
}
