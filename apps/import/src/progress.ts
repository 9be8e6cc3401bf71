import { createLogUpdate } from 'log-update'
import type { Logger } from 'pino'

/** How far an import is: counts of rows; times on the clock of `performance.now()`. */
export interface Progress {
  /** Rows of the file; of these: sent by this run, sent by an earlier one, rejected. */
  rows: number
  sent: number
  earlier: number
  rejected: number
  /** When sending began; 0 while rows are checked. */
  startedAt: number
  pausedUntil: number
  /** The status that made calls pause. */
  pausedBy: number | undefined
}

/** Shows it, in place on a terminal, else as a log line every five seconds, until what this gives is called. */
export function showProgress(progress: Progress, stream: NodeJS.WriteStream, log: Logger): () => void {
  const live = stream.isTTY ? createLogUpdate(stream) : undefined
  const tell = () => (live ? live(describe(progress)) : log.info(progress, describe(progress)))
  const timer = setInterval(tell, live ? 200 : 5000)
  return () => {
    clearInterval(timer)
    live?.clear()
  }
}

/** What became of the rows so far. */
export const count = ({ sent, earlier, rejected }: Progress) =>
  `${sent} sent, ${earlier} by an earlier run, ${rejected} rejected`

/** How many rows are left. */
export const leftOf = ({ rows, sent, earlier, rejected }: Progress) => rows - sent - earlier - rejected

function describe(progress: Progress): string {
  const { rows, sent, startedAt, pausedUntil, pausedBy = 'no answer' } = progress
  if (startedAt === 0) return `checked ${rows} rows`
  const now = performance.now()
  const perSecond = (sent * 1000) / (now - startedAt)
  const time = sent ? `${Math.ceil(leftOf(progress) / perSecond / 60)} min left` : 'time left unknown'
  const pause = pausedUntil > now ? `; paused for ${Math.ceil((pausedUntil - now) / 1000)} s: ${pausedBy}` : ''
  const percent = Math.floor(100 - (100 * leftOf(progress)) / rows)
  return `${percent} %: ${count(progress)}; ${perSecond.toFixed(1)} a second, ${time}${pause}`
}
