import { isApiError, type MinimoClient } from '@minimo/client'
import type { Logger } from 'pino'
import type { ChoiceRecord } from './record.ts'

/** Brings choices to Minimo, of 16 contacts at once, until the function it gives is called, which waits for calls. */
export function startDelivery(record: ChoiceRecord, minimo: MinimoClient, log: Logger): () => Promise<void> {
  const deliver = async (contact: number) => {
    const chosen = record.latest({ contact }).filter(({ state }) => state !== 'delivered')
    const marketingConsent = Object.fromEntries(chosen.map(({ channel, answer }) => [channel, answer === 'yes']))
    const id = Math.max(...chosen.map(({ id }) => id))
    try {
      await minimo.contacts.update(contact, { marketingConsent }, { timeout: 5000, deadline: 10_000 })
      record.note({ contact, id, state: 'delivered', due: null, reason: null })
    } catch (error) {
      const [reason, answer] = [String(error), isApiError(error) ? error : undefined]
      // Other answers say nothing against the choice: the key is wrong, or the API is busy or out of order.
      const isRefused = answer && answer.status < 500 && ![401, 403, 408, 429].includes(answer.status)
      const due = Date.now() + Math.max(5000, answer?.retryAfterMs ?? 0)
      log.warn({ contact, isRefused, reason }, 'not delivered')
      record.note({ contact, id, state: isRefused ? 'refused' : 'waiting', due: isRefused ? null : due, reason })
    }
  }
  const running = new Set<Promise<void>>()
  const timer = setInterval(() => {
    for (const { id } of record.take({ now: Date.now(), limit: 16 - running.size })) {
      const run = deliver(id).finally(() => running.delete(run))
      running.add(run)
    }
  }, 100)
  return async () => {
    clearInterval(timer)
    await Promise.all(running)
  }
}
