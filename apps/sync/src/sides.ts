import { setTimeout as sleep } from 'node:timers/promises'
import { type Contacts, createMinimoClient, type Plugin, parseRetryAfter } from '@minimo/client'
import { createUndiciFetch } from '@minimo/client/undici'
import { Pool } from 'pg'
import { z } from 'zod'

const expected = (what: string) => ({ error: `expected ${what}` })
const positive = (what: string, limit = Number.POSITIVE_INFINITY) =>
  z.coerce.number(expected(what)).gt(0, expected(what)).lt(limit, expected(what))

const settings = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, ...expected('postgres://user:password@host/database') }),
  MINIMO_API_KEY: z.templateLiteral(['mn-', z.string()], expected('a key such as mn-1-secret')),
  MINIMO_API_URL: z.url(expected('a URL, or nothing for the real API')).optional(),
  RATE: positive('calls a second, above 0').default(10),
  WITHDRAWAL_SHARE: positive('a number between 0 and 1', 1).default(0.2),
  CONCURRENCY: positive('a whole number from 1').int(expected('a whole number from 1')).default(4),
})

/** Where customers are, whom to tell of them, and how fast. */
export type Config = z.output<typeof settings>

/** Reads the environment. Throws one error that lists all that is wrong in it, without secrets. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value))
  const { success, data, error } = settings.safeParse(given)
  if (success) return data
  const problems = error.issues.map(({ path, message }) => {
    const name = String(path[0])
    const shown = /URL$|KEY$/.test(name) ? 'something else' : `"${given[name]}"`
    return `  ${name}: ${message}, found ${name in given ? shown : 'nothing'}`
  })
  throw new Error(`Set these in the environment, and start again:\n${problems.join('\n')}`)
}

/** The customers' side, and Minimo's. */
export type Sides = { pool: Pool; contacts: Contacts }

/** Opens both sides, with the API in two lanes. */
export function openSides({ DATABASE_URL, MINIMO_API_KEY, MINIMO_API_URL, RATE, ...config }: Config) {
  // Who waits long for a row that the partner holds would keep other contacts waiting.
  const pool = new Pool({ connectionString: DATABASE_URL, lock_timeout: 500, max: config.CONCURRENCY + 4 })
  // Whoever needs a connection that breaks is told of it too.
  pool.on('error', () => undefined)
  const { fetch, close } = createUndiciFetch({ connections: 3 * config.CONCURRENCY })
  const stopping = new AbortController()
  const openLane = (lane: string, rate: number): Sides => {
    const turns = takeTurns(pool, { lane, rate, signal: stopping.signal })
    // In the place of the first, `retry`: pg-boss tries again, and pauses are for all workers.
    const plugins = ([, ...others]: readonly Plugin[]) => [turns, ...others]
    const given = { apiKey: MINIMO_API_KEY, baseUrl: MINIMO_API_URL, fetch, plugins }
    return { pool, contacts: createMinimoClient({ ...given, timeout: 5000, deadline: false }).contacts }
  }
  return {
    ordinary: openLane('ordinary', RATE * (1 - config.WITHDRAWAL_SHARE)),
    withdrawals: openLane('withdrawals', RATE * config.WITHDRAWAL_SHARE),
    /** Ends waits for a turn. */
    stop: () => stopping.abort(new Error('the worker stops')),
    /** Waits for what is under way. */
    close: () => Promise.all([pool.end(), close()]),
  }
}

// Gives none where there is one already, and no pause has come over it.
const takeTurn = `UPDATE sync.lanes SET next_at = greatest(next_at, paused_until, clock_timestamp()) + $2::interval
  WHERE name = $1 AND ($3::timestamptz IS NULL OR paused_until > $3) RETURNING (next_at - $2::interval)::text AS at,
  extract(epoch FROM next_at - $2::interval - clock_timestamp()) * 1000 AS wait`
const pauseAll = 'UPDATE sync.lanes SET paused_until = greatest(paused_until, clock_timestamp() + $1)'

/** Makes each call wait for a turn in a lane of all workers. An answer to wait, or about the key, pauses all lanes. */
function takeTurns(pool: Pool, { lane, rate, signal }: { lane: string; rate: number; signal: AbortSignal }): Plugin {
  return (next) => async (call) => {
    for (let at: string | undefined, wait = 1; wait > 0; ) {
      ;({ at, wait } = (await pool.query(takeTurn, [lane, `${1 / rate} s`, at])).rows[0] ?? { wait: 0 })
      await sleep(Math.max(0, wait), undefined, { signal }).catch(() => signal.throwIfAborted())
    }
    const response = await next(call)
    const usual = { 401: 60_000, 403: 60_000, 429: 1000 }[response.status]
    const pause = parseRetryAfter(response.headers, Date.now()) ?? usual
    if (pause) await pool.query(pauseAll, [`${Math.min(pause, 86_400_000)} ms`])
    return response
  }
}
