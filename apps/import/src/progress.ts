import { createLogUpdate } from 'log-update'
import type { Logger } from 'pino'

/** How far an import is: counts of rows; when sending began and until when it pauses, as `performance.now()` tells. */
export type Progress = Record<'rows' | 'sent' | 'earlier' | 'rejected' | 'startedAt' | 'pausedUntil', number> & {
  /** The status that made calls pause. */
  pausedBy?: number
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

/** What became of the rows, in words, and how many are left. */
export function count({ rows, sent, earlier, rejected }: Progress): [text: string, left: number] {
  return [`${sent} sent, ${earlier} already in, ${rejected} rejected`, rows - sent - earlier - rejected]
}

function describe(progress: Progress): string {
  const { rows, sent, startedAt, pausedUntil, pausedBy = 'no answer' } = progress
  const now = performance.now()
  const pause = pausedUntil > now ? `; paused for ${Math.ceil((pausedUntil - now) / 1000)} s: ${pausedBy}` : ''
  if (startedAt === 0) return `checked ${rows} rows${pause}`
  const [counts, left] = count(progress)
  const perSecond = (sent * 1000) / (now - startedAt)
  const minutes = sent ? Math.ceil(left / perSecond / 60) : '?'
  return `${Math.floor(100 - (100 * left) / (rows || 1))} %: ${counts}; ${perSecond.toFixed(1)} a second, ${minutes} min left${pause}`
}
