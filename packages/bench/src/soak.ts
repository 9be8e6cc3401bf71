import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { formatNumber, formatTable } from './measure.ts'
import type { SoakFinding, SoakMessage } from './soak-probe.ts'
import { startServer } from './start-server.ts'

/** How a soak is run. */
export interface SoakOptions {
  /** How many calls are made. */
  calls: number
  /** The same seed gives the same faults and calls, though not always in the same order. Default 1. */
  seed?: number
  /** For how long no call may end, in milliseconds. Default 60,000. */
  patience?: number
}

/**
 * Makes many calls through the pooled client to a server that fails at random. Rejects where a call never ends, the
 * client's process breaks, or something is left when the pool is closed.
 */
export async function runSoak({ calls, seed = 1, patience = 60_000 }: SoakOptions): Promise<SoakFinding> {
  const server = await startServer('soak-server.ts', [String(seed)])
  try {
    const finding = await runProbe([server.url, String(calls), String(seed)], calls, patience)
    const { listeners, sockets } = finding.left
    if (listeners || sockets) throw new Error(`${listeners} listeners and ${sockets} sockets are left after the calls`)
    return finding
  } finally {
    await server.close()
  }
}

function runProbe(args: readonly string[], calls: number, patience: number): Promise<SoakFinding> {
  const file = fileURLToPath(new URL('soak-probe.ts', import.meta.url))
  const child = fork(file, args, { execArgv: ['--expose-gc'] })
  return new Promise<SoakFinding>((resolve, reject) => {
    let ended = 0
    const giveUp = () => {
      child.kill('SIGKILL')
      reject(new Error(`${calls - ended} of ${calls} calls have not ended, and none has for ${patience} ms`))
    }
    let timer = setTimeout(giveUp, patience)
    child.on('message', (message: SoakMessage) => {
      if ('finding' in message) resolve(message.finding)
      else if (message.ended > ended) {
        ended = message.ended
        clearTimeout(timer)
        timer = setTimeout(giveUp, patience)
      }
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`soak-probe.ts ended with ${code} after ${ended} of ${calls} calls`))
    })
  })
}

/** What became of so many calls, as a table. */
export async function benchSoak(calls: number): Promise<string> {
  const { outcomes, requests, seconds, heap, left } = await runSoak({ calls })
  const rows = Object.entries(outcomes).sort(([, one], [, other]) => other - one)
  const ended = rows.reduce((sum, [, count]) => sum + count, 0)
  const table = formatTable(
    ['outcome', 'calls', '%'],
    rows.map(([name, count]) => [name, formatNumber(count), ((count * 100) / ended).toFixed(2)]),
  )
  return [
    table,
    `${formatNumber(calls)} calls made, ${formatNumber(ended)} ended, with ${formatNumber(requests)} requests in ${formatNumber(seconds)} s.`,
    `Heap: ${heap.before.toFixed(2)} MB after a tenth of them, ${heap.after.toFixed(2)} MB at the end. Left: ${left.listeners} listeners, ${left.timers} timers, ${left.sockets} sockets.`,
  ].join('\n\n')
}
