import type { components, operations } from '../gen/schema.ts'
import type { Database, Query } from '../storage/database.ts'
import type { TableRow } from '../storage/tables.ts'
import { hideCredentials } from './webhook.ts'

/** An automation that an event set off, and what became of telling its webhook. */
export type Run = components['schemas']['Run']

/**
 * The columns that say how a run stands. A pending run that has been tried and has no `last_error` is leased: a process
 * is trying it, or ended while it did.
 */
type RunRow = TableRow<'runs'> & Pick<Run, 'status'>

/** Which runs to list. */
export type RunFilter = NonNullable<operations['listRuns']['parameters']['query']>

/** Lists the runs of automations, the oldest first: at most 1000 unless the filter says otherwise. */
export async function listRuns(query: Query, filter: RunFilter = {}): Promise<Run[]> {
  const { status = null, company = null, after, limit = 1000 } = filter
  const later = after === undefined ? '' : 'AND sequence > COALESCE((SELECT sequence FROM runs WHERE id = $4), 0)'
  const rows = await query<RunRow>(
    `SELECT * FROM runs WHERE status = COALESCE($1, status) AND company = COALESCE($2, company) ${later}
    ORDER BY sequence LIMIT $3`,
    [status, company, limit, ...(after === undefined ? [] : [after])],
  )
  return rows.map(toRun).map((run) => ({ ...run, webhook: hideCredentials(run.webhook) }))
}

/** How the runs with these ids stand, by id; those that are no longer kept are left out. */
export async function findRunStates(query: Query, ids: readonly string[]): Promise<Map<string, Run['status']>> {
  const states = new Map<string, Run['status']>()
  for (let start = 0; start < ids.length; start += runBatch) {
    const batch = ids.slice(start, start + runBatch)
    const sql = `SELECT id, status FROM runs WHERE id IN (${placeholders(batch.length, 1)})`
    for (const { id, status } of await query<Pick<RunRow, 'id' | 'status'>>(sql, batch)) states.set(id, status)
  }
  return states
}

/** How many runs one statement asks for: databases bear no more than some ten thousand values. */
const runBatch = 1000

/** Which runs to claim, and for how long. */
export interface Claim {
  /** The sandbox's time, in milliseconds since 1970. */
  now: number
  /** How long no other process takes the runs, in milliseconds of the database's time, whatever their clocks say. */
  lease: number
  /** At most so many of one webhook's URL, those under way counted. */
  perReceiver: number
  /** Runs that this process is trying already: however far the clock was advanced, they are left out. */
  underWay: readonly Pick<Run, 'id' | 'webhook'>[]
}

/** How many runs one claim takes at most, and of how many receivers. */
const claimBatch = 64

/**
 * The receivers that runs wait for, with the time when the first of them is due: each found with two looks into an index,
 * however many wait.
 */
const withReceivers = `WITH RECURSIVE known (webhook) AS (
  SELECT MIN(webhook) FROM runs WHERE status = 'pending'
  UNION ALL
  SELECT (SELECT MIN(webhook) FROM runs WHERE status = 'pending' AND runs.webhook > known.webhook)
  FROM known WHERE webhook IS NOT NULL
), receivers AS (
  SELECT webhook, (SELECT MIN(next_at) FROM runs WHERE status = 'pending' AND runs.webhook = known.webhook) AS first
  FROM known WHERE webhook IS NOT NULL
)`

/**
 * Claims runs that are due, those due longest first: each counts one more attempt and is not due again until the lease
 * is over. Any number of processes can claim at the same time; no run goes to two of them within its lease. `more` says
 * that another claim may find some.
 */
export async function claimRuns(
  database: Database,
  { now, lease, perReceiver, underWay }: Claim,
): Promise<{ runs: Run[]; more: boolean }> {
  const counts = new Map<string, number>()
  for (const { webhook } of underWay) counts.set(webhook, (counts.get(webhook) ?? 0) + 1)
  const full = [...counts.keys()].filter((webhook) => (counts.get(webhook) ?? 0) >= perReceiver)
  const receivers = await database.query<Pick<RunRow, 'webhook'>>(
    `${withReceivers} SELECT webhook FROM receivers WHERE first <= $1 ${without('webhook', full.length, 2)}
    ORDER BY first LIMIT ${claimBatch}`,
    [now, ...full],
  )
  if (receivers.length === 0) return { runs: [], more: false }
  // Receiver by receiver, so that the many that wait for one of them are not gone through.
  const parts = receivers.map(
    ({ webhook }, index) => `SELECT * FROM (
      SELECT id, next_at, sequence FROM runs WHERE status = 'pending' AND webhook = $${index + 2} AND next_at <= $1
      AND ${isFree(database)} ${without('id', underWay.length, 2 + receivers.length)}
      ORDER BY next_at, sequence LIMIT ${perReceiver - (counts.get(webhook) ?? 0)}
    ) AS part${index}`,
  )
  const due = await database.query<Pick<RunRow, 'id'>>(
    `SELECT id FROM (${parts.join(' UNION ALL ')}) AS due ORDER BY next_at, sequence LIMIT ${claimBatch}`,
    [now, ...receivers.map(({ webhook }) => webhook), ...underWay.map(({ id }) => id)],
  )
  const chosen = due.map(({ id }) => id)
  if (chosen.length === 0) return { runs: [], more: false }
  const rows = await claimChosen(database, chosen, { now, lease })
  // Fewer than chosen: another process was faster.
  return { runs: rows.map(toRun), more: due.length === claimBatch || rows.length < chosen.length }
}

function claimChosen(database: Database, chosen: readonly string[], { now, lease }: Pick<Claim, 'now' | 'lease'>) {
  const { query, dialect } = database
  // One statement is a transaction of its own. MATERIALIZED: otherwise a plan may lock more than was chosen.
  return query<RunRow>(
    `WITH due AS MATERIALIZED (
      SELECT sequence FROM runs WHERE status = 'pending' AND next_at <= $1 AND ${isFree(database)}
      AND id IN (${placeholders(chosen.length, 3)})
      ORDER BY next_at, sequence ${dialect.forUpdateSkipLocked}
    )
    UPDATE runs SET attempts = attempts + 1, next_at = $2, last_error = NULL, leased_until = ${dialect.now} + ${lease}
    WHERE sequence IN (SELECT sequence FROM due) RETURNING *`,
    [now, now + lease, ...chosen],
  )
}

/** No process has claimed it, or the lease is over. */
const isFree = ({ dialect }: Database) => `COALESCE(leased_until, 0) <= ${dialect.now}`

const without = (column: string, count: number, first: number) =>
  count === 0 ? '' : `AND ${column} NOT IN (${placeholders(count, first)})`

const placeholders = (count: number, first: number) =>
  Array.from({ length: count }, (_, index) => `$${first + index}`).join(', ')

/** Makes runs due whose process ended while it tried them. Only where no other process can be trying them. */
export async function releaseLeases(query: Query, now: number): Promise<void> {
  await query(
    `UPDATE runs SET next_at = $1, leased_until = NULL
    WHERE status = 'pending' AND attempts > 0 AND last_error IS NULL AND next_at > $2`,
    [now, now],
  )
}

/** Gives back a run whose attempt was cut short: it is due at once, for whoever claims it. */
export async function releaseRun(query: Query, { id, attempts }: Run, now: number): Promise<void> {
  await query(
    `UPDATE runs SET next_at = $1, leased_until = NULL WHERE id = $2 AND status = 'pending' AND attempts = $3`,
    [now, id, attempts],
  )
}

/** When the first run after this time is due or its lease over, in milliseconds since 1970; nothing where there is none. */
export async function nextDueAfter(query: Query, time: number): Promise<number | undefined> {
  const first =
    "SELECT MIN(next_at) FROM runs WHERE status = 'pending' AND runs.webhook = receivers.webhook AND next_at > $1"
  const [row] = await query<{ next_at: number | null }>(
    `${withReceivers} SELECT MIN((${first})) AS next_at FROM receivers`,
    [time],
  )
  return row?.next_at ?? undefined
}

/** Records that the webhook has answered with a 2xx, whatever else became of the run in the meantime. */
export async function markDelivered(query: Query, id: string): Promise<void> {
  await query(
    `UPDATE runs SET status = 'delivered', next_at = NULL, last_error = NULL, leased_until = NULL WHERE id = $1`,
    [id],
  )
}

/**
 * Records why the attempt that was claimed has failed, and when the next one is due; without a time the run has failed
 * for good. Changes nothing where another process has claimed or finished the run since.
 */
export async function markFailedAttempt(
  query: Query,
  { id, attempts }: Run,
  { error, nextAt }: { error: string; nextAt: number | undefined },
): Promise<void> {
  await query(
    `UPDATE runs SET status = $1, next_at = $2, last_error = $3, leased_until = NULL
    WHERE id = $4 AND status = 'pending' AND attempts = $5`,
    [nextAt === undefined ? 'failed' : 'pending', nextAt ?? null, error, id, attempts],
  )
}

function toRun(row: RunRow): Run {
  return {
    id: row.id,
    automation: row.automation,
    event: row.event_id,
    company: row.company,
    webhook: row.webhook,
    status: row.status,
    attempts: row.attempts,
    nextAt: row.next_at === null ? null : new Date(row.next_at).toISOString(),
    lastError: row.last_error,
  }
}
