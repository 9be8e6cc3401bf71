import { isApiError, isTimeoutError, type MinimoClient } from '@minimo/client'
import type { CheckedRow } from './check.ts'
import type { Ledger } from './ledger.ts'

/** How rows are sent: `progress` is kept up to date, `reject` takes rows that do not get in: why, then the cells. */
export interface Sending {
  /** Of a client that waits outages out. */
  contacts: MinimoClient['contacts']
  ledger: Ledger
  progress: { sent: number; earlier: number; rejected: number }
  reject: (row: readonly string[]) => void
  concurrency: number
  isDry: boolean
  /** Once aborted no row is begun; it is aborted where the next row would fare no better. */
  stopping: AbortController
  /** Once aborted no row is waited for. */
  leaving: AbortController
}

/**
 * Sends the rows that are new: many at once, those of one person one after the other. Throws what `stopping` was aborted
 * with, once no row is under way.
 */
export async function sendRows(rows: AsyncGenerator<CheckedRow>, sending: Sending): Promise<void> {
  const { signal } = sending.stopping
  const tails = new Map<string, Promise<void>>()
  const lane = async () => {
    for (let next = await rows.next(); !next.done && !signal.aborted; next = await rows.next()) {
      const { body } = next.value
      const people = [body?.email?.toLowerCase(), body?.phone].filter((person) => person !== undefined)
      const key = body && sending.ledger.keyOf(body)
      const ahead = people.flatMap((person) => tails.get(person) ?? [])
      const turn = Promise.all(ahead).then(() => (signal.aborted ? undefined : send(next.value, key, sending)))
      for (const person of people) tails.set(person, turn)
      await turn
      for (const person of people) if (tails.get(person) === turn) tails.delete(person)
    }
  }
  await Promise.all(Array.from({ length: sending.concurrency }, lane))
  signal.throwIfAborted()
}

async function send({ cells, body, reason }: CheckedRow, key: string | undefined, sending: Sending): Promise<void> {
  const { contacts, ledger, progress, reject, isDry, stopping, leaving } = sending
  const earlier = key === undefined ? null : ledger.find(key)
  let why = earlier ?? reason
  if (body && earlier === null) progress.earlier++
  else if (body && key && !why && !isDry) {
    try {
      await contacts.upsert(body, { signal: leaving.signal })
      ledger.record(key)
      progress.sent++
    } catch (error) {
      if (leaving.signal.aborted || isFatal(error)) return stopping.abort(error)
      why = await explain(error, body.email, contacts)
      if (isApiError(error) && error.status < 500) ledger.record(key, why)
    }
  }
  if (!why) return
  progress.rejected++
  reject([why, ...cells])
}

const isFatal = (error: unknown) =>
  isApiError(error, 401) || isApiError(error, 403) || (isTimeoutError(error) && error.limit === 'deadline')

async function explain(error: unknown, email: string | undefined, contacts: Sending['contacts']): Promise<string> {
  const { message } = error instanceof Error ? error : { message: String(error) }
  if (!email || !isApiError(error, 409)) return message
  const holder = await contacts.getByEmail(email).catch(() => ({ id: 'that is deleted' }))
  return `${message} (contact ${holder.id} has the e-mail, another one the phone)`
}
