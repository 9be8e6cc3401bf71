import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { formatNumber, formatTable } from './measure.ts'
import type { Growth, Remains } from './memory-probe.ts'
import { startServer } from './start-server.ts'

const clients = ['openapi-fetch', '@minimo/client', '@minimo/client/undici']

/** What calls leave behind: heap after many in a row, timers, listeners and sockets after an abort. */
export async function benchMemory(): Promise<string> {
  const server = await startServer()
  try {
    return `${await sequentialTable(server.url)}\n\n${await abortTable(server.url)}`
  } finally {
    await server.close()
  }
}

async function sequentialTable(baseUrl: string): Promise<string> {
  const runs = [
    ...clients.slice(0, 2).map((name) => ({ name, place: 'stubbed fetch', calls: 100_000, url: '' })),
    ...clients.map((name) => ({ name, place: 'loopback', calls: 20_000, url: baseUrl })),
  ]
  const rows: string[][] = []
  for (const { name, place, calls, url } of runs) {
    const { before, after } = await probe<Growth>('growth', name, String(calls), url)
    rows.push([name, place, formatNumber(calls), before.toFixed(2), after.toFixed(2), (after - before).toFixed(2)])
  }
  return formatTable(['client', 'over', 'calls in a row', 'heap MB before', 'after', 'growth'], rows)
}

async function abortTable(baseUrl: string): Promise<string> {
  const rows: string[][] = []
  for (const name of clients) {
    const remains = await probe<Remains>('abort', name, '10000', baseUrl)
    const { fulfilled, aborted, otherwise, listeners, timers, sockets, heap } = remains
    rows.push([name, ...[fulfilled, aborted, otherwise, listeners, timers, sockets].map(String), heap.toFixed(2)])
  }
  const head = ['client', 'answered', 'aborted', 'failed', 'listeners left', 'timers left', 'sockets left', 'heap MB']
  return `10,000 calls at once, all aborted once half are answered:\n\n${formatTable(head, rows)}`
}

/** Runs a probe in a process of its own, with the garbage collector at hand. */
async function probe<Result>(...args: string[]): Promise<Result> {
  const file = fileURLToPath(new URL('memory-probe.ts', import.meta.url))
  const { stdout } = await run(process.execPath, ['--expose-gc', file, ...args])
  return JSON.parse(stdout)
}
