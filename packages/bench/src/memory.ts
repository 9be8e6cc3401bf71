import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { formatNumber, formatTable } from './measure.ts'
import type { Growth, Remains } from './memory-probe.ts'
import { startServer } from './start-server.ts'

const clients = ['openapi-fetch', '@minimo/client', '@minimo/client/undici']

/** What calls leave behind: heap after many in a row, timers, listeners and sockets after an abort. */
export async function benchMemory(): Promise<string> {
  const server = await startServer()
  try {
    return [sequentialTable(server.url), abortTable(server.url)].join('\n\n')
  } finally {
    await server.close()
  }
}

function sequentialTable(baseUrl: string): string {
  const runs = [
    ...clients.slice(0, 2).map((name) => ({ name, place: 'stubbed fetch', calls: 100_000, url: '' })),
    ...clients.map((name) => ({ name, place: 'loopback', calls: 20_000, url: baseUrl })),
  ]
  const rows = runs.map(({ name, place, calls, url }) => {
    const { before, after } = probe<Growth>('growth', name, String(calls), url)
    return [name, place, formatNumber(calls), before.toFixed(2), after.toFixed(2), (after - before).toFixed(2)]
  })
  return formatTable(['client', 'over', 'calls in a row', 'heap MB before', 'after', 'growth'], rows)
}

function abortTable(baseUrl: string): string {
  const rows = clients.map((name) => {
    const remains = probe<Remains>('abort', name, '10000', baseUrl)
    const { fulfilled, aborted, otherwise, listeners, timers, sockets, heap } = remains
    return [name, ...[fulfilled, aborted, otherwise, listeners, timers, sockets].map(String), heap.toFixed(2)]
  })
  const head = ['client', 'answered', 'aborted', 'failed', 'listeners left', 'timers left', 'sockets left', 'heap MB']
  return `10,000 calls at once, all aborted once half are answered:\n\n${formatTable(head, rows)}`
}

/** Runs a probe in a process of its own, with the garbage collector at hand. */
function probe<Result>(...args: string[]): Result {
  const file = fileURLToPath(new URL('memory-probe.ts', import.meta.url))
  const child = spawnSync(process.execPath, ['--expose-gc', file, ...args], { encoding: 'utf8' })
  if (child.status !== 0) throw new Error(`memory probe ${args.join(' ')} failed:\n${child.stderr}`)
  return JSON.parse(child.stdout)
}
