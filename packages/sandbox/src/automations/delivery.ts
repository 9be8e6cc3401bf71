import { setMaxListeners } from 'node:events'
import { type EventRow, toEvent } from '../events/event-rows.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Database } from '../storage/database.ts'
import type { Automation } from './match-automations.ts'
import { createPump } from './pump.ts'
import {
  claimRuns,
  markDelivered,
  markFailedAttempt,
  nextDueAfter,
  type Run,
  releaseLeases,
  releaseRun,
} from './runs.ts'
import { createSigns, createWebhookBody, sendWebhook, type WebhookAttempt, type WebhookFailure } from './webhook.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute

/**
 * How long after each failed attempt the next one is made, in milliseconds: 5 s, 5 min, 30 min, 2 h, 5 h and 10 h, as
 * Standard Webhooks suggests.
 */
export const defaultRetryDelays: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
]

/** How many webhooks of one URL a process tells at the same time: one that hangs holds up no other. */
const perReceiver = 8

/**
 * How long a claimed run is left to the process that claimed it, in milliseconds of the database's time. It is longer
 * than an attempt may take, and short enough that a killed process's runs are soon tried again.
 */
const lease = 30 * second

/** How often a process looks for runs that another one recorded, in milliseconds: that one may have ended since. */
const pollInterval = second

/** What webhooks are delivered from and with. */
export interface DeliveryOptions {
  database: Database
  clock: Clock
  automations: readonly Automation[]
  /** Signs webhooks of automations without a secret of their own. */
  webhookSecret: string
  /** How long after each failed attempt the next one is made, in milliseconds; then the run has failed. */
  retryDelays: readonly number[]
  /** Sends the webhooks. */
  fetch: WebhookAttempt['fetch']
  /** How long a receiver may take to answer, in milliseconds of real time; default 15 seconds. */
  timeout?: number
  /** The same for those under way when the delivery closes; default 5 seconds. */
  closingGrace?: number
}

/** Delivers the runs that are recorded in a database, until it is closed. */
export interface Delivery {
  /** Delivers what is due. Call it at the start, after each commit that may have recorded a run, and when time moved. */
  wake(): void
  /**
   * Resolves when no run is due or under way in this process; runs that wait for a later attempt do not count.
   * Rejects where the database cannot be reached.
   */
  idle(): Promise<void>
  /**
   * Begins no more deliveries and waits for those under way, at most 5 seconds. What is not answered by then counts as
   * not told, and is told again by the next process, or another one on the same database.
   */
  close(): Promise<void>
}

/**
 * Delivers every run at least once, also where a process ends in between: a run is claimed for 30 seconds before its
 * webhook is told, and when no result was recorded by then, it is tried again, by any process on the same database. On
 * SQLite, which one process uses at a time, the first `wake` does not wait for the 30 seconds. Runs may be delivered
 * in another order than their events happened. Throws where a secret is malformed.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { database, clock, automations, closingGrace = 5 * second } = options
  const ending = new AbortController()
  setMaxListeners(0, ending.signal)
  const shared = database.dialect.name === 'postgres'
  const polls = shared && automations.length > 0
  let started = false

  async function claim(underWay: readonly Run[]) {
    const now = clock.now()
    if (!started && !shared) await releaseLeases(database.query, now)
    started = true
    const { runs, more } = await claimRuns(database, { now, lease, perReceiver, underWay })
    return { items: runs, at: now, more }
  }

  const pump = createPump({
    retryAfter: pollInterval,
    claim,
    handle: createDeliver(options, ending.signal),
    async untilNext(claimedAt) {
      const next = await nextDueAfter(database.query, claimedAt)
      const wait = next === undefined ? Number.POSITIVE_INFINITY : next - clock.now()
      return polls ? Math.min(wait, pollInterval) : wait
    },
  })
  return {
    ...pump,
    async close() {
      const timer = setTimeout(() => ending.abort(), closingGrace)
      await pump.close()
      clearTimeout(timer)
    },
  }
}

/** Tells a run's webhook once and records the result, unless `ending` cut the attempt short. */
function createDeliver(options: DeliveryOptions, ending: AbortSignal): (run: Run) => Promise<void> {
  const { database, clock, retryDelays, fetch, timeout = 15 * second } = options
  const findSign = createSigns(options.automations, options.webhookSecret)

  async function attempt({ id, automation, event, webhook: url }: Run): Promise<WebhookFailure | undefined> {
    const [row] = await database.query<EventRow>('SELECT * FROM events WHERE id = $1', [event])
    if (!row) return { error: 'Its event is no longer in the log' }
    const body = createWebhookBody(automation, toEvent(row))
    return sendWebhook({ url, id, body, sign: findSign(automation), timeout, ending, fetch })
  }

  return async (run) => {
    const failure = await attempt(run)
    if (!failure) return markDelivered(database.query, run.id)
    if (ending.aborted) return releaseRun(database.query, run, clock.now())
    const delay = failure.isGone ? undefined : retryDelays[run.attempts - 1]
    const nextAt = delay === undefined ? undefined : clock.now() + delay
    await markFailedAttempt(database.query, run, { error: failure.error, nextAt })
  }
}
