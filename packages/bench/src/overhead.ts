import { createClients, type MeasuredClient } from './clients.ts'
import { answer } from './exchange.ts'
import { formatTable, interleave, median } from './measure.ts'

const callsPerRound = 3000

/** What one call costs in this process alone, in µs: `fetch` answers at once. */
export async function benchOverhead(rounds: number): Promise<string> {
  const init = { status: 200, headers: { 'content-type': 'application/json' } }
  const stub = async () => new Response(answer, init)
  const clients = createClients(stub, 'http://localhost')
  const subjects = clients.map((client) => ({ name: client.name, run: () => timeCalls(client) }))
  // Once over all of them, so that none is measured before it is compiled.
  await interleave(subjects, 2)
  const results = await interleave(subjects, rounds)
  const times = (name: string) => results.get(name) ?? []
  const best = (name: string) => Math.min(...times(name))
  const rows = clients.map(({ name, retries, timeout }) => {
    const middle = median(times(name))
    const ratios = ['openapi-fetch', 'by hand'].flatMap((base) => [
      middle / median(times(base)),
      best(name) / best(base),
    ])
    return [
      name,
      ...[middle, best(name)].map((time) => time.toFixed(1)),
      ...ratios.map((ratio) => ratio.toFixed(2)),
      retries,
      timeout,
    ]
  })
  // On a busy machine the best rounds tell more than the middle ones.
  const head = ['client', 'µs per call', 'best', 'to openapi-fetch', 'of best', 'to by hand', 'of best']
  return formatTable([...head, 'retries', 'timeout'], rows)
}

async function timeCalls({ name, call }: MeasuredClient): Promise<number> {
  if (JSON.stringify(await call()) !== answer) throw new Error(`${name} does not give the answer`)
  const start = performance.now()
  for (let index = 0; index < callsPerRound; index++) await call()
  return ((performance.now() - start) * 1000) / callsPerRound
}
