// Run by `memory.ts` as `node --expose-gc memory-probe.ts growth|abort CLIENT CALLS [BASE_URL]`; prints its finding as JSON.
import { getEventListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { paths } from '@minimo/api-types'
import { createMinimoClient } from '@minimo/client'
import { createUndiciFetch } from '@minimo/client/undici'
import createClient from 'openapi-fetch'
import { answer, apiKey, body } from './exchange.ts'
import { countResources, usedHeap } from './process-figures.ts'

/** Megabytes of heap after garbage collection. */
export interface Growth {
  before: number
  after: number
}

/** What is left of many calls at once after an abort, and how they ended. */
export interface Remains {
  fulfilled: number
  aborted: number
  otherwise: number
  listeners: number
  timers: number
  sockets: number
  heap: number
}

type Call = (signal?: AbortSignal) => Promise<unknown>

function createCall(name: string, baseUrl = ''): Call {
  const init = { status: 200, headers: { 'content-type': 'application/json' } }
  const stub = baseUrl ? {} : { fetch: async () => new Response(answer, init) }
  const common = { baseUrl: baseUrl || 'http://localhost', ...stub }
  if (name === 'openapi-fetch') {
    const client = createClient<paths>(common)
    const params = { path: { id: 42 } }
    return (signal) => client.PUT('/public/v1/contacts/{id}', { params, body, ...(signal && { signal }) })
  }
  const pooled = name === '@minimo/client/undici' ? { fetch: createUndiciFetch({ connections: 16 }).fetch } : {}
  const client = createMinimoClient({ apiKey, ...common, ...pooled })
  return (signal) => client.contacts.update(42, body, signal && { signal })
}

async function measureGrowth(call: Call, calls: number): Promise<Growth> {
  for (let index = 0; index < calls / 10; index++) await call()
  const before = await usedHeap()
  for (let index = 0; index < calls; index++) await call()
  return { before, after: await usedHeap() }
}

async function abortHalfWay(call: Call, calls: number): Promise<Remains> {
  const { signal, abort } = withAbort()
  let answered = 0
  const counts = { fulfilled: 0, aborted: 0, otherwise: 0 }
  const one = async () => {
    try {
      await call(signal)
      counts.fulfilled++
      if (++answered === calls / 2) abort()
    } catch (error) {
      counts[error === signal.reason ? 'aborted' : 'otherwise']++
    }
  }
  await Promise.all(Array.from({ length: calls }, one))
  const listeners = getEventListeners(signal, 'abort').length
  const timers = countResources('Timeout')
  // Longer than the server keeps an idle connection: what is still open now is lost.
  await sleep(6000)
  return { ...counts, listeners, timers, sockets: countResources('TCPSocketWrap'), heap: await usedHeap() }
}

function withAbort() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort(new Error('enough')) }
}

const [scenario, name = '', calls, baseUrl] = process.argv.slice(2)
const run = scenario === 'growth' ? measureGrowth : abortHalfWay
console.log(JSON.stringify(await run(createCall(name, baseUrl), Number(calls))))
process.exit()
