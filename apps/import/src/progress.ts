import { createLogUpdate } from 'log-update'
import type { Logger } from 'pino'

/** How far an import is: counts of rows; times on the clock of `performance.now()`. */
export interface Progress {
  rows: number
  /** Rows that an earlier run sent, and rows that this run sends. */
  earlier: number
  pending: number
  sent: number
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

function describe(progress: Progress): string {
  const { rows, pending, sent, startedAt, pausedUntil, pausedBy = 'no answer' } = progress
  if (startedAt === 0) return `checked ${rows} rows`
  const now = performance.now()
  const perSecond = (sent * 1000) / (now - startedAt)
  const left = sent ? `${Math.ceil((pending - sent) / perSecond / 60)} min left` : 'time left unknown'
  const pause = pausedUntil > now ? `; paused for ${Math.ceil((pausedUntil - now) / 1000)} s: ${pausedBy}` : ''
  return `${Math.floor((100 * sent) / pending)} %: ${count(progress)}; ${perSecond.toFixed(1)} a second, ${left}${pause}`
}
