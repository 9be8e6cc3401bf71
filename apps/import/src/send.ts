import { type ContactUpsert, isApiError, isTimeoutError, type MinimoClient } from '@minimo/client'
import type { CheckedRow } from './check.ts'
import type { Ledger } from './ledger.ts'

/** How rows are sent; `progress` is kept up to date. */
export interface Sending {
  /** Of a client that waits outages out. */
  contacts: MinimoClient['contacts']
  ledger: Ledger
  progress: { sent: number; earlier: number; rejected: number }
  /** Takes a row that does not get in: why, then the cells. */
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
  const { stopping, ledger, concurrency } = sending
  const { signal } = stopping
  const tails = new Map<string, Promise<void>>()
  const lane = async () => {
    for (let next = await rows.next(); !next.done && !signal.aborted; next = await rows.next()) {
      const { body } = next.value
      const people = [body?.email?.toLowerCase(), body?.phone].filter((person) => person !== undefined)
      const known = body && ledger.next(body)
      const ahead = people.flatMap((person) => tails.get(person) ?? [])
      const turn = Promise.all(ahead).then(() => (signal.aborted ? undefined : send(next.value, known, sending)))
      for (const person of people) tails.set(person, turn)
      await turn
      for (const person of people) if (tails.get(person) === turn) tails.delete(person)
    }
  }
  const stop = (error: unknown) => stopping.abort(error)
  await Promise.all(Array.from({ length: concurrency }, () => lane().catch(stop)))
  signal.throwIfAborted()
}

/** Throws where the next row would fare no better. */
async function send(row: CheckedRow, known: ReturnType<Ledger['next']> | undefined, sending: Sending): Promise<void> {
  const { ledger, progress, reject, isDry } = sending
  const { cells, body, reason } = row
  let why = known?.isNew === false ? ledger.refusalOf(known.key) : reason
  if (why === null) progress.earlier++
  else if (body && known?.isNew && !isDry) {
    const refusal = await upsert(body, sending)
    why = refusal?.why
    ledger.record(known.key, why, refusal?.isForGood)
    if (!why) progress.sent++
  }
  if (!why) return
  progress.rejected++
  reject([why, ...cells])
}

/** Undefined where the contact got in; else why not, and whether that is for good. */
async function upsert(body: ContactUpsert, { contacts, leaving: { signal } }: Sending) {
  const survive = (problem: unknown) => {
    if (signal.aborted || isFatal(problem)) throw problem
    return problem
  }
  const error = await contacts.upsert(body, { signal }).then(() => undefined, survive)
  if (error === undefined) return undefined
  const why = error instanceof Error ? error.message : String(error)
  const isConflict = isApiError(error, 409)
  if (!body.email || !isConflict) return { why, isForGood: isConflict || isApiError(error, 422) }
  const lost = (problem: unknown) => (isApiError(survive(problem), 404) ? 'that is deleted' : 'that cannot be read')
  const holder = await contacts.getByEmail(body.email, { signal }).then(({ id }) => id, lost)
  return { why: `${why} (contact ${holder} has the e-mail, another one the phone)`, isForGood: true }
}

const isFatal = (error: unknown) =>
  isApiError(error, 401) || isApiError(error, 403) || (isTimeoutError(error) && error.limit === 'deadline')
