// What stands in for a partner's database and for the API: PostgreSQL, a sandbox, and a shop that changes customers.
// Tells the process that started it where they are, and ends with it.
import { readFileSync } from 'node:fs'
import { createSandbox, demoKey } from '@minimo/sandbox'
import { Client } from 'pg'
import { startPostgres } from './start-postgres.ts'

const postgres = await startPostgres()
const sandbox = await createSandbox()
const { url } = await sandbox.listen()
const shop = new Client({ connectionString: postgres.url })
await shop.connect()
await shop.query(readFileSync(new URL('shop.sql', import.meta.url), 'utf8'))

const visits = setInterval(() => shop.query('SELECT somebody_comes()'), 150)
process.once('disconnect', async () => {
  clearInterval(visits)
  await shop.end()
  await sandbox.close()
  await postgres.close()
})
process.send?.({ DATABASE_URL: postgres.url, MINIMO_API_URL: url, MINIMO_API_KEY: demoKey })
