import { isApiError, isTimeoutError, type MinimoClient } from '@minimo/client'
import type { CheckedRow } from './check.ts'
import type { Ledger } from './ledger.ts'
import type { Progress } from './progress.ts'

/** How rows are sent. */
export interface Sending {
  /** Of a client that waits outages out. */
  contacts: MinimoClient['contacts']
  ledger: Ledger
  /** Is kept up to date. */
  progress: Progress
  /** Takes what does not get in: why, then the cells. */
  reject: (row: readonly string[]) => void
  concurrency: number
  /** Only tells what would be sent. */
  isDry: boolean
  /** Once aborted no row is begun; it is aborted where the next row would fare no better. */
  stopping: AbortController
  /** Once aborted no row is waited for. */
  leaving: AbortSignal
}

/**
 * Sends the rows that are new: many at once, those of one person one after the other. Throws what `stopping` was aborted
 * with, once no row is under way.
 */
export async function sendRows(rows: AsyncGenerator<CheckedRow>, sending: Sending): Promise<void> {
  const { concurrency, stopping } = sending
  const tails = new Map<string, Promise<void>>()
  const lane = async () => {
    for (let next = await rows.next(); !next.done && !stopping.signal.aborted; next = await rows.next()) {
      const row = next.value
      const people = [row.body?.email?.toLowerCase(), row.body?.phone].filter((person) => person !== undefined)
      const key = row.body && sending.ledger.keyOf(row.body)
      const ahead = people.flatMap((person) => tails.get(person) ?? [])
      const turn = Promise.all(ahead).then(() => send(row, key, sending))
      for (const person of people) tails.set(person, turn)
      await turn
      for (const person of people) if (tails.get(person) === turn) tails.delete(person)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  stopping.signal.throwIfAborted()
}

async function send({ cells, body, reason = '' }: CheckedRow, key = '', sending: Sending): Promise<void> {
  const { contacts, ledger, progress, isDry, stopping, leaving } = sending
  const reject = (why: string) => {
    progress.rejected++
    sending.reject([why, ...cells])
  }
  if (!body) return reject(reason)
  const earlier = ledger.find(key)
  if (earlier) return reject(earlier)
  if (earlier === null) progress.earlier++
  if (earlier === null || isDry || stopping.signal.aborted) return
  try {
    await contacts.upsert(body, { signal: leaving })
    ledger.record(key)
    progress.sent++
  } catch (error) {
    if (leaving.aborted || isFatal(error)) return stopping.abort(error)
    const why = await explain(error, body.email, contacts)
    if (isApiError(error) && error.status < 500) ledger.record(key, why)
    reject(why)
  }
}

const isFatal = (error: unknown) =>
  isApiError(error, 401) || isApiError(error, 403) || (isTimeoutError(error) && error.limit === 'deadline')

/** Why a row did not get in; where two contacts are in the way of each other, which they are. */
async function explain(error: unknown, email: string | undefined, contacts: Sending['contacts']): Promise<string> {
  const { message } = error instanceof Error ? error : { message: String(error) }
  if (!email || !isApiError(error, 409)) return message
  const holder = await contacts.getByEmail(email).catch(() => ({ id: 'that is deleted' }))
  return `${message} (contact ${holder.id} has the e-mail, another one the phone)`
}
