import type { paths } from '@minimo/api-types'
import { createMinimoClient } from '@minimo/client'
import { createUndiciFetch } from '@minimo/client/undici'
import createClient from 'openapi-fetch'
import { Pool } from 'undici'
import { answer, apiKey, authorization, body } from './exchange.ts'
import { formatNumber, formatTable, interleave, median } from './measure.ts'
import { startServer } from './start-server.ts'

const inFlight = 16
const callsPerRound = 10_000

type Call = () => Promise<unknown>

/** Requests a second over loopback, keep-alive, 16 in flight, the server in another process. */
export async function benchThroughput(rounds: number): Promise<string> {
  const server = await startServer()
  const undici = createUndiciFetch({ connections: inFlight })
  const pool = new Pool(server.url, { connections: inFlight })
  try {
    const calls = createCalls(server.url, undici.fetch, pool)
    const subjects = Object.entries(calls).map(([name, call]) => ({ name, run: () => measureRate(name, call) }))
    await interleave(subjects, 1)
    const results = await interleave(subjects, rounds)
    const rate = (name: string) => median(results.get(name) ?? [])
    const rows = Object.keys(calls).map((name) => {
      const [toOpenapi, toPool] = ['openapi-fetch', 'undici Pool.request'].map((base) => rate(name) / rate(base))
      return [name, formatNumber(rate(name)), (toOpenapi ?? 0).toFixed(2), (toPool ?? 0).toFixed(2)]
    })
    return formatTable(['client', 'requests/s', 'ratio to openapi-fetch', 'ratio to Pool.request'], rows)
  } finally {
    await Promise.all([undici.close(), pool.close()])
    await server.close()
  }
}

function createCalls(baseUrl: string, pooledFetch: ReturnType<typeof createUndiciFetch>['fetch'], pool: Pool) {
  const headers = { authorization }
  const openapi = createClient<paths>({ baseUrl, headers })
  const minimo = createMinimoClient({ apiKey, baseUrl })
  const pooled = createMinimoClient({ apiKey, baseUrl, fetch: pooledFetch })
  const params = { path: { id: 42 } }
  const request = async () => {
    const answered = await pool.request({
      path: '/public/v1/contacts/42',
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answered.body.json()
  }
  const calls: Record<string, Call> = {
    'openapi-fetch': async () => (await openapi.PUT('/public/v1/contacts/{id}', { params, body })).data,
    '@minimo/client': () => minimo.contacts.update(42, body),
    '@minimo/client/undici': () => pooled.contacts.update(42, body),
    'undici Pool.request': request,
  }
  return calls
}

async function measureRate(name: string, call: Call): Promise<number> {
  if (JSON.stringify(await call()) !== answer) throw new Error(`${name} does not give the answer`)
  let left = callsPerRound
  const worker = async () => {
    while (left-- > 0) await call()
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: inFlight }, worker))
  return (callsPerRound * 1000) / (performance.now() - start)
}
