import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { request } from 'undici'
import { formatTable, interleave, median } from './measure.ts'
import { startCli } from './start-cli.ts'
import type { StartTimes } from './start-probe.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

const probeFile = fileURLToPath(new URL('start-probe.ts', import.meta.url))

/** Times in milliseconds by what they are until. */
type Times = Record<string, number>

/**
 * How long the sandbox takes to start, each time in a fresh process: its program until it listens and until it has
 * answered, and `createSandbox` within a process. Node's own start stands beside, and is part of the program's.
 */
export function benchSandboxStart(rounds: number): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    let files = 0
    const newFile = () => join(folder, `${files++}.db`)
    const subjects = [
      { name: 'node -e 0', run: startNode },
      { name: 'minimo-sandbox', run: () => startProgram() },
      { name: 'minimo-sandbox --db, a new file', run: () => startProgram('--db', newFile()) },
      { name: 'createSandbox(), in memory', run: () => startInProcess(':memory:') },
      { name: 'createSandbox(), a new file', run: () => startInProcess(newFile()) },
    ]
    await interleave<Times>(subjects, 1)
    const results = await interleave<Times>(subjects, rounds)
    const rows = subjects.flatMap(({ name }) => {
      const times = results.get(name) ?? []
      return Object.keys(times[0] ?? {}).map((until) => {
        const all = times.map((one) => one[until] ?? Number.NaN)
        return [name, until, median(all).toFixed(1), Math.min(...all).toFixed(1)]
      })
    })
    return formatTable(['start', 'time', 'ms, median', 'least'], rows)
  })
}

function startNode(): Times {
  const start = performance.now()
  spawnSync(process.execPath, ['-e', '0'])
  return { 'until it has ended': performance.now() - start }
}

/** The first request makes the sandbox load what checks bodies. */
async function startProgram(...args: string[]): Promise<Times> {
  const start = performance.now()
  const program = await startCli(args)
  try {
    const listening = performance.now()
    const { statusCode, body } = await request(`${program.url}/public/v1/contacts`, {
      method: 'POST',
      headers: { authorization: 'Bearer mn-sandbox-demo', 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'anna@example.com', customFields: { plan: 'pro' } }),
    })
    const answer = await body.text()
    const answered = performance.now()
    if (statusCode !== 200) throw new Error(`minimo-sandbox answers ${statusCode}: ${answer}`)
    return { 'until it prints its URL': listening - start, 'until it has written a first contact': answered - start }
  } finally {
    await program.close()
  }
}

async function startInProcess(database: string): Promise<Times> {
  const { stdout } = await run(process.execPath, [probeFile, database])
  const times: StartTimes = JSON.parse(stdout)
  return { 'of the import': times.import, 'of the call': times.create }
}
