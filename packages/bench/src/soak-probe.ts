// Run by `soak.ts` as `node --expose-gc soak-probe.ts URL CALLS SEED`: makes the calls, sends each second how many have
// ended, and at last what it found.
import { getEventListeners } from 'node:events'
import { createMinimoClient } from '@minimo/client'
import { createUndiciFetch } from '@minimo/client/undici'
import { apiKey, body } from './exchange.ts'
import { pick } from './pick.ts'
import { countResources, usedHeap } from './process-figures.ts'
import { createRandom } from './random.ts'

/** What became of the calls, and what they left behind. */
export interface SoakFinding {
  /** How many calls ended in each way. */
  outcomes: Record<string, number>
  /** How many requests they made. */
  requests: number
  seconds: number
  /** Megabytes after garbage collection: after a tenth of the calls, and after all. */
  heap: { before: number; after: number }
  left: { listeners: number; timers: number; sockets: number }
}

/** What the probe sends. */
export type SoakMessage = { ended: number } | { finding: SoakFinding }

const inFlight = 256

const [baseUrl = '', calls, seed] = process.argv.slice(2)
const random = createRandom(Number(seed))
const pool = createUndiciFetch({ connections: 64 })
const { signal: lasting } = new AbortController()
const outcomes: Record<string, number> = {}
let [requests, ended] = [0, 0]
const minimo = createMinimoClient({
  ...{ apiKey, baseUrl, timeout: 500, deadline: 5000 },
  fetch(url, init) {
    requests++
    return pool.fetch(url, init)
  },
})

/** Makes one call; tells how it ended where that was no error. */
type Call = (signal: AbortSignal) => Promise<string>

const expectAnswer =
  (send: (signal: AbortSignal) => Promise<unknown>): Call =>
  async (signal) => {
    await send(signal)
    return 'answered'
  }

/** Reads a stream to its end, or gives it up after the first part. */
async function readStream(signal: AbortSignal): Promise<string> {
  const { data, response } = await minimo.raw.GET('/public/v1/custom-fields', { parseAs: 'stream', signal })
  if (!data) return `stream: ${response.status}`
  const reader = data.getReader()
  try {
    while (!(await reader.read()).done) {
      if (random() < 0.2) {
        await reader.cancel()
        return 'stream: cancelled'
      }
    }
    return 'stream: read'
  } catch (error) {
    if (error === signal.reason) throw error
    return 'stream: broke off'
  }
}

/** How many calls in a hundred are of each kind. */
const kinds: readonly [percent: number, call: Call][] = [
  [5, readStream],
  [15, expectAnswer((signal) => minimo.emails.send({ to: 'a@example.com', subject: 's', html: 'h' }, { signal }))],
  [30, expectAnswer((signal) => minimo.customFields.list({ signal }))],
  [50, expectAnswer((signal) => minimo.contacts.update(42, body, { signal }))],
]

const enough = new Error('enough')

/** Makes one call of some kind; aborts one in fifty early, and a stream that takes long. */
async function makeOne(): Promise<string> {
  const call = pick(kinds, random())
  const isAborted = random() < 0.02
  const isBounded = isAborted || call === readStream
  const controller = new AbortController()
  const abort = () => controller.abort(enough)
  const timer = isBounded ? setTimeout(abort, isAborted ? random() * 10 : 1000) : undefined
  try {
    return await call(isBounded ? controller.signal : lasting)
  } catch (error) {
    if (error === enough) return 'aborted'
    const { name, status = '' } = error as { name: string; status?: number }
    return `${name} ${status}`.trim()
  } finally {
    clearTimeout(timer)
  }
}

async function makeCalls(count: number): Promise<void> {
  let left = count
  const work = async () => {
    while (left-- > 0) {
      const outcome = await makeOne()
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      ended++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, work))
}

const send = (message: SoakMessage) => process.send?.(message)
const progress = setInterval(() => send({ ended }), 1000)
const start = performance.now()
await makeCalls(Math.ceil(Number(calls) / 10))
const before = await usedHeap()
await makeCalls(Math.floor((Number(calls) * 9) / 10))
const seconds = (performance.now() - start) / 1000
const listeners = getEventListeners(lasting, 'abort').length
await pool.close()
clearInterval(progress)
const heap = { before, after: await usedHeap() }
const left = { listeners, timers: countResources('Timeout'), sockets: countResources('TCPSocketWrap') }
send({ finding: { outcomes, requests, seconds, heap, left } })
process.disconnect?.()
