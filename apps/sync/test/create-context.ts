import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createSandbox, demoKey, type Sandbox } from '@minimo/sandbox'
import { Pool } from 'pg'
import { inject } from 'vitest'
import { readConfig } from '../src/sides.ts'
import { install } from '../src/worker.ts'
import type {} from './global-setup.ts'
import { type Seen, startFront } from './start-front.ts'

/** A partner's database, an API, and commands of the app as processes of their own. */
export interface Context extends AsyncDisposable {
  /** The environment that the commands get. */
  env: NodeJS.ProcessEnv
  pool: Pool
  sandbox: Sandbox
  /** What the API was asked, in order. */
  seen: Seen[]
  /** Runs a command, a worker by default, until it ends or the context does. */
  run(args?: string[], settings?: NodeJS.ProcessEnv): Running
  /** Resolves once nothing is behind, or rejects with what still is after so many milliseconds. */
  untilInStep(patience?: number): Promise<void>
}

/** A command of the app under way. */
export interface Running {
  process: ChildProcess
  /** What it has written so far. */
  output(): string
  /** Sends a signal, and resolves once the process has ended. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Resolves with the exit code. */
  end(): Promise<number | null>
}

/** Settings of a context. */
export interface ContextOptions {
  /** URL of the PostgreSQL in which it makes a database. Default: the one of the test run. */
  postgres?: string
  /** Settings of the app. */
  settings?: NodeJS.ProcessEnv
  /** Whether sync is installed. Default: true. */
  isInstalled?: boolean
}

/** Creates a table of customers in a database of its own, and an API without contacts. */
export async function createContext(options: ContextOptions = {}): Promise<Context> {
  const { postgres = inject('postgres'), settings, isInstalled = true } = options
  const url = await createDatabase(postgres)
  const sandbox = await createSandbox()
  const { url: api, seen, close } = await startFront(sandbox)
  const { PATH } = process.env
  const env = { PATH, DATABASE_URL: url, MINIMO_API_URL: api, MINIMO_API_KEY: demoKey, RATE: '1000', ...settings }
  const pool = new Pool({ connectionString: url })
  pool.on('error', () => undefined)
  await pool.query(readFileSync(new URL('../demo/shop.sql', import.meta.url), 'utf8'))
  if (isInstalled) await install(readConfig(env))
  const started: Running[] = []
  return {
    env,
    pool,
    sandbox,
    seen,
    run(args = ['worker'], more = {}) {
      const running = runCommand(args, { ...env, ...more })
      started.push(running)
      return running
    },
    async untilInStep(patience = 30_000) {
      const end = performance.now() + patience
      for (;;) {
        const { rows } = await pool.query(behind)
        if (rows.length === 0) return
        if (performance.now() > end) throw new Error(`still behind: ${JSON.stringify(rows, null, 1)}`)
        await sleep(50)
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map(({ kill }) => kill('SIGKILL')))
      await pool.end()
      close()
      await sandbox.close()
    },
  }
}

const behind = `SELECT to_jsonb(contact) AS contact, NULL::jsonb AS consent FROM sync.contacts contact
  WHERE sent < version AND parked IS NULL
  UNION ALL SELECT to_jsonb(contact), to_jsonb(consent) FROM sync.consents consent
  JOIN sync.contacts contact USING (customer) WHERE sent_at IS NULL AND contact.id IS NOT NULL`

function runCommand(args: string[], env: NodeJS.ProcessEnv): Running {
  const main = fileURLToPath(new URL('../src/sync.ts', import.meta.url))
  const child = spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text) => {
      output += text
    })
  const ended = once(child, 'close')
  return {
    process: child,
    output: () => output,
    async kill(signal) {
      child.kill(signal)
      await ended
    },
    async end() {
      await ended
      return child.exitCode
    },
  }
}

/** Creates an empty database on a server, and gives its URL. */
export async function createDatabase(server: string): Promise<string> {
  const name = `sync_${randomUUID().replaceAll('-', '')}`
  const pool = new Pool({ connectionString: server })
  await pool.query(`CREATE DATABASE ${name}`).finally(() => pool.end())
  return Object.assign(new URL(server), { pathname: name }).href
}
