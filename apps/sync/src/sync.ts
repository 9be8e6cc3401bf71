import { Command } from 'commander'
import { start } from '../demo/start.ts'
import { reconcile } from './contacts.ts'
import { openSides, readConfig, type Sides } from './sides.ts'
import { install, startWorker } from './worker.ts'

const parked = `SELECT customer, id AS contact, parked AS reason FROM sync.contacts
  WHERE sent < version AND parked IS NOT NULL AND ($1 = '{}'::text[] OR customer = ANY($1)) ORDER BY customer`
const release = `SELECT customer AS released FROM (${parked}) parked, LATERAL sync.resend(customer)`

async function work(): Promise<void> {
  const close = await startWorker(readConfig(process.env))
  // A second signal ends it at once. Who was forked ends with its parent.
  const end = () => Promise.all([process.removeAllListeners(), close()])
  process.on('SIGINT', end).on('SIGTERM', end).on('disconnect', end)
}

/** Runs something on both sides, and prints what it gives. */
const print = (run: (sides: Sides, customers: string[]) => Promise<unknown>) => async (customers: string[]) => {
  const { ordinary, close } = openSides(readConfig(process.env))
  console.table(await run(ordinary, customers).finally(close))
}
const list = (sql: string) => print(async ({ pool }, customers) => (await pool.query(sql, [customers])).rows)

const program = new Command('sync').description('Keeps Minimo in step with the customers of a PostgreSQL database')
const add = (name: string, run: (customers: string[]) => Promise<void>) => program.command(name).action(run)
add('start', () => start(process.env)).description('two workers and a table; stand-ins without a database and key')
add('install', () => install(readConfig(process.env))).description('create what is missing in the database')
add('worker', work).description('bring contacts up to date until SIGTERM')
add('parked [customers...]', list(parked)).description('list the contacts that the API refuses, and why')
add('release [customers...]', list(release)).description('have parked contacts tried again')
add('reconcile', print(reconcile)).description('compare all customers with Minimo, and queue what differs; no consent')

await program.parseAsync(process.argv[2] ? process.argv : [...process.argv, 'start']).catch((error) => {
  console.error(error.message)
  process.exit(1)
})
