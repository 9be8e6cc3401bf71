// How many changes a second this machine brings to a sandbox on it, and what a change costs the partner.
//   node demo/measure.ts
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { demoKey } from '@minimo/sandbox'
import { createSandboxClient } from '@minimo/sandbox/client'
import { Pool } from 'pg'
import { readConfig } from '../src/sides.ts'
import { install } from '../src/worker.ts'
import { startPostgres } from './start-postgres.ts'

const customers = 2000
const postgres = await startPostgres({ isDurable: true })
const sandbox = spawn(process.execPath, [fileURLToPath(new URL('cli.js', import.meta.resolve('@minimo/sandbox')))])
const [text] = await once(sandbox.stdout, 'data')
const [, url = ''] = /MINIMO_API_URL=(\S+)/.exec(String(text)) ?? []
const control = createSandboxClient(url)
const env = { DATABASE_URL: postgres.url, MINIMO_API_URL: url, MINIMO_API_KEY: demoKey, RATE: '100000' }
const pool = new Pool({ connectionString: postgres.url })
const change = () => pool.query('UPDATE customers SET plan = md5(random()::text)')

await pool.query(readFileSync(new URL('shop.sql', import.meta.url), 'utf8'))
const create = "INSERT INTO customers (email) SELECT number || '@shop.example' FROM generate_series(1, $1::int) number"
await pool.query(create, [customers])
const without = await time(change)
await install(readConfig(env))
await pool.query('SELECT 1')
const together = await time(change)
const cost = (milliseconds: number) => `${((milliseconds * 1000) / customers).toFixed(0)} µs`
console.log(`A changed row costs the partner ${cost(without)} without the trigger, and ${cost(together)} with it.`)
await measure(4, 4)

for (const latency of [0, 50]) {
  await control.call('removeFaults')
  await control.call('addFault', { body: { fault: { latency } } })
  for (const concurrency of [4, 16]) {
    const rates: number[] = []
    for (const workers of [1, 2, 4]) rates.push(await measure(workers, concurrency))
    console.log(
      `An API that takes ${latency} ms, CONCURRENCY ${concurrency}: ${rates.join(', ')} changes a second with 1, 2, 4 workers`,
    )
  }
}
await pool.end()
sandbox.kill()
await postgres.close()

/** Changes all customers while so many workers run, and gives how many changes a second they brought to the API. */
async function measure(count: number, concurrency: number): Promise<number> {
  const settings = { ...env, PATH: process.env.PATH, CONCURRENCY: String(concurrency) }
  const main = fileURLToPath(new URL('../src/sync.ts', import.meta.url))
  const workers = Array.from({ length: count }, () => spawn(process.execPath, [main, 'worker'], { env: settings }))
  await untilInStep()
  await change()
  const took = await time(untilInStep)
  for (const worker of workers) worker.kill('SIGTERM')
  await Promise.all(workers.map((worker) => once(worker, 'exit')))
  return Math.round((customers * 1000) / took)
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function untilInStep(): Promise<void> {
  while ((await pool.query('SELECT FROM sync.contacts WHERE sent < version LIMIT 1')).rowCount) await sleep(50)
}
