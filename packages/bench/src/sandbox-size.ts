import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Pool } from 'undici'
import { formatNumber, formatTable } from './measure.ts'
import { type RunningCli, startCli } from './start-cli.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

const sizes = [1000, 10_000, 100_000]
const pairs = 5000
const inFlight = 16

/**
 * Resident memory of the sandbox's program, as the operating system counts it, with ever more contacts in a SQLite
 * file: of the process that added them, and of a fresh one, before and after it answers 10,000 requests all over the
 * file.
 */
export function benchSandboxSize(): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const rows: string[][] = []
    for (const contacts of sizes) rows.push(await measureSize(join(folder, `${contacts}.db`), contacts))
    const head = ['contacts', 'file MB', 'MB after adding them', 'MB opened afresh', 'MB after 10,000 requests']
    return formatTable(head, rows)
  })
}

async function measureSize(file: string, contacts: number): Promise<string[]> {
  const adding = await withProgram(file, async ({ resident }, ask) => {
    await ask('POST', '/_sandbox/seed', { contacts })
    return [await resident()]
  })
  const using = await withProgram(file, async ({ resident }, ask) => {
    const opened = await resident()
    await readAndWrite(ask, contacts)
    return [opened, await resident()]
  })
  const { size } = await stat(file)
  return [formatNumber(contacts), ...[size / 1e6, ...adding, ...using].map((megabytes) => megabytes.toFixed(1))]
}

type Ask = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) => Promise<void>

async function withProgram<T>(file: string, work: (program: RunningCli, ask: Ask) => Promise<T>): Promise<T> {
  const program = await startCli(['--db', file])
  const pool = new Pool(program.url, { connections: inFlight })
  try {
    const result = await work(program, createAsk(pool))
    await pool.close()
    return result
  } finally {
    await program.close()
  }
}

function createAsk(pool: Pool): Ask {
  const headers = { authorization: 'Bearer mn-sandbox-demo', 'content-type': 'application/json' }
  return async (method, path, value) => {
    const body = value === undefined ? null : JSON.stringify(value)
    const answered = await pool.request({ method, path, headers, body })
    const text = await answered.body.text()
    if (answered.statusCode !== 200) throw new Error(`${method} ${path} is answered ${answered.statusCode}: ${text}`)
  }
}

/** Gives contacts all over the file another e-mail, and finds each by it. */
async function readAndWrite(ask: Ask, contacts: number): Promise<void> {
  let left = pairs
  const worker = async () => {
    while (left-- > 0) {
      const id = 1 + ((left * 7919) % contacts)
      await ask('PUT', `/public/v1/contacts/${id}`, { email: `new.${id}@example.com`, customFields: { visits: left } })
      await ask('GET', `/public/v1/contacts/by-email/new.${id}%40example.com`)
    }
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
}
