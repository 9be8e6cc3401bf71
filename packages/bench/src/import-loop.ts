// `import-loop.ts FILE CONCURRENCY`: what one writes by hand to send a file of contacts to the API of the environment.
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { Pool } from 'undici'

const [file = '', concurrency] = process.argv.slice(2)
const { MINIMO_API_URL: url = '', MINIMO_API_KEY } = process.env
const pool = new Pool(url, { connections: Number(concurrency) })
const headers = { authorization: `Bearer ${MINIMO_API_KEY}`, 'content-type': 'application/json' }
const rows = createReadStream(file)
  .pipe(parse({ columns: true }))
  [Symbol.asyncIterator]()

const work = async () => {
  for (let next = await rows.next(); !next.done; next = await rows.next()) {
    const { 'E-Mail': email, Name, Seats, Newsletter } = next.value as Record<string, string>
    const customFields = { NAME: Name, SEATS: Number(Seats) }
    const body = JSON.stringify({ email, customFields, marketingConsent: { email: Newsletter === 'yes' } })
    const answer = await pool.request({ method: 'POST', path: '/public/v1/contacts', headers, body })
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode}: ${await answer.body.text()}`)
    await answer.body.json()
  }
}
await Promise.all(Array.from({ length: Number(concurrency) }, work))
await pool.close()
