import { isApiError, isTimeoutError, type MinimoClient } from '@minimo/client'
import type { Ledger, PendingRow } from './ledger.ts'
import type { Progress } from './progress.ts'

/** What rows are sent with. */
export interface Sender {
  /** Of a client that waits outages out. */
  contacts: MinimoClient['contacts']
  /** Rows at once. */
  concurrency: number
  /** Is kept up to date. */
  progress: Progress
  /** Once aborted no row is begun; it is aborted where the next row would fare no better. */
  stopping: AbortController
  /** Once aborted no row is waited for. */
  leaving: AbortSignal
}

/**
 * Sends the rows that are pending: many at once, those of one person one after the other. Throws what `stopping` was
 * aborted with, once no row is under way.
 */
export async function sendRows(ledger: Ledger, { contacts, concurrency, progress, stopping, leaving }: Sender) {
  const rows = ledger.pending()
  const tails = new Map<string, Promise<void>>()
  const send = async (row: PendingRow) => {
    try {
      await contacts.upsert(row.body, { signal: leaving })
      ledger.accept(row)
      progress.sent++
    } catch (error) {
      if (leaving.aborted || isFatal(error)) return stopping.abort(error)
      ledger.refuse(row, await explain(error, row), isApiError(error) && error.status < 500)
      progress.rejected++
    }
  }
  const explain = async (error: unknown, { body: { email } }: PendingRow) => {
    const { message } = error instanceof Error ? error : { message: String(error) }
    if (!email || !isApiError(error, 409)) return message
    const holder = await contacts.getByEmail(email).catch(() => ({ id: 'that is deleted' }))
    return `${message} (contact ${holder.id} has the e-mail, another one the phone)`
  }
  const lane = async () => {
    for (let next = rows.next(); !next.done && !stopping.signal.aborted; next = rows.next()) {
      const row = next.value
      const keys = [row.body.email?.toLowerCase(), row.body.phone].filter((key) => key !== undefined)
      const ahead = keys.flatMap((key) => tails.get(key) ?? [])
      const turn = ahead.length > 0 ? Promise.all(ahead).then(() => send(row)) : send(row)
      for (const key of keys) tails.set(key, turn)
      await turn
      for (const key of keys) if (tails.get(key) === turn) tails.delete(key)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  stopping.signal.throwIfAborted()
}

const isFatal = (error: unknown) =>
  isApiError(error, 401) || isApiError(error, 403) || (isTimeoutError(error) && error.limit === 'deadline')
