// `node bench/restore.ts [--contacts 100000] [--rounds 3]`: how long restoring a snapshot of contacts takes beside
// seeding as many, and how others fare meanwhile, on every database, in one run of interleaved rounds: medians of the
// times, the slowest hundredth of the requests, and the longest time that nothing else could happen in the process.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startPostgres } from 'test-postgres'
import { createSandbox, demoKey, type Sandbox } from '../src/index.ts'

const { values } = parseArgs({
  options: { contacts: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
})
const [contacts, rounds] = [Number(values.contacts), Number(values.rounds)]
const folder = await mkdtemp(join(tmpdir(), 'sandbox-bench-'))
const server = await startPostgres()
try {
  const subjects = await Promise.all([
    open('SQLite in memory', ':memory:'),
    open('SQLite file', join(folder, 'sandbox.db')),
    open('PostgreSQL', await server.createDatabase()),
  ])
  for (let round = 0; round < rounds; round++) for (const subject of subjects) await measure(subject)
  console.table(subjects.map(toRow))
  for (const { sandbox } of subjects) await sandbox.close()
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** A sandbox, and how long everything took, in milliseconds. */
interface Subject {
  name: string
  sandbox: Sandbox
  seed: number[]
  snapshot: number[]
  restore: number[]
  /** Of requests while a snapshot was taken, and while one was restored. */
  duringSnapshot: Latencies
  duringRestore: Latencies
}

interface Latencies {
  reads: number[]
  writes: number[]
  refused: number
  /** The longest that the event loop did not turn. */
  blocked: number
}

async function open(name: string, database: string): Promise<Subject> {
  const none = () => ({ reads: [], writes: [], refused: 0, blocked: 0 })
  const times = { seed: [], snapshot: [], restore: [], duringSnapshot: none(), duringRestore: none() }
  return { name, sandbox: await createSandbox({ database }), ...times }
}

async function measure({ sandbox, seed, snapshot, restore, duringSnapshot, duringRestore }: Subject): Promise<void> {
  await sandbox.reset()
  seed.push(await time(() => sandbox.seed({ contacts })))
  snapshot.push(await time(() => besides(sandbox, duringSnapshot, () => sandbox.snapshot())))
  const taken = await sandbox.snapshot()
  restore.push(await time(() => besides(sandbox, duringRestore, () => sandbox.restore(taken))))
}

/** Does it while somebody reads and somebody writes, each every 5 milliseconds. */
async function besides(sandbox: Sandbox, latencies: Latencies, act: () => Promise<unknown>): Promise<void> {
  const [contact] = await sandbox.contacts({ limit: 1 })
  const loop = monitorEventLoopDelay({ resolution: 5 })
  let over = false
  async function send(list: number[], method: string, path: string, body?: object) {
    while (!over) {
      const init = { method, body: body ? JSON.stringify(body) : null }
      const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
      const start = performance.now()
      const { status } = await sandbox.fetch(`http://localhost${path}`, { ...init, headers })
      list.push(performance.now() - start)
      if (status === 503) latencies.refused++
      else if (status !== 200) throw new Error(`${method} ${path}: expected 200, found ${status}`)
      await setTimeout(5)
    }
  }
  loop.enable()
  const others = [
    send(latencies.reads, 'GET', `/public/v1/contacts/by-email/${contact?.email}`),
    send(latencies.writes, 'PUT', `/public/v1/contacts/${contact?.id}`, { customFields: { at: Date.now() } }),
  ]
  try {
    await act()
  } finally {
    over = true
    await Promise.all(others)
    loop.disable()
    latencies.blocked = Math.max(latencies.blocked, loop.max / 1e6)
  }
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return performance.now() - start
}

function toRow({ name, seed, snapshot, restore, duringSnapshot, duringRestore }: Subject) {
  const [seeding, restoring] = [quantile(seed, 0.5), quantile(restore, 0.5)]
  return {
    database: name,
    contacts,
    'seed, s': (seeding / 1000).toFixed(2),
    'restore, s': (restoring / 1000).toFixed(2),
    ratio: (restoring / seeding).toFixed(2),
    ...showLatencies('', duringRestore),
    'snapshot, s': (quantile(snapshot, 0.5) / 1000).toFixed(2),
    ...showLatencies('snapshot: ', duringSnapshot),
  }
}

function showLatencies(prefix: string, { reads, writes, refused, blocked }: Latencies) {
  return {
    [`${prefix}read p99, ms`]: quantile(reads, 0.99).toFixed(0),
    [`${prefix}write p99, ms`]: quantile(writes, 0.99).toFixed(0),
    [`${prefix}refused`]: refused,
    [`${prefix}blocked, ms`]: blocked.toFixed(0),
  }
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN
}
