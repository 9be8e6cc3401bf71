import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createSandbox, type Sandbox } from '@minimo/sandbox'
import { formatNumber, formatTable, interleave, median } from './measure.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

const sizes = [1000, 10_000, 100_000, 1_000_000]
const lookupsPerRound = 10_000
const inFlight = 16

/** A filled sandbox, and e-mails of contacts all over it. */
interface Filled {
  name: string
  sandbox: Sandbox
  emails: readonly string[]
}

/**
 * µs per GET of a contact by its e-mail, in the process, one after the other and 16 at once, in SQLite files with ever
 * more contacts. Each round asks for 10,000 contacts at random.
 */
export function benchSandboxLookup(rounds: number): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const open: Sandbox[] = []
    const filled: Filled[] = []
    try {
      for (const contacts of sizes) {
        const file = join(folder, `${contacts}.db`)
        const sandbox = await createSandbox({ database: file })
        open.push(sandbox)
        await sandbox.seed({ contacts })
        filled.push({ name: formatNumber(contacts), sandbox, emails: pickEmails(file) })
      }
      return await compare(filled, rounds)
    } finally {
      await Promise.all(open.map((sandbox) => sandbox.close()))
    }
  })
}

async function compare(filled: readonly Filled[], rounds: number): Promise<string> {
  const subjects = filled.map((one) => ({
    name: one.name,
    run: async () => ({ single: await measureLookups(one, 1), many: await measureLookups(one, inFlight) }),
  }))
  await interleave(subjects, 1)
  const results = await interleave(subjects, rounds)
  const time = (name = '', of: 'single' | 'many') => median((results.get(name) ?? []).map((one) => one[of]))
  const columns = (name: string, of: 'single' | 'many') => {
    const ratio = time(name, of) / time(filled[0]?.name, of)
    return [time(name, of).toFixed(1), ratio.toFixed(2)]
  }
  const rows = filled.map(({ name }) => [name, ...columns(name, 'single'), ...columns(name, 'many')])
  return formatTable(['contacts', 'µs one by one', 'ratio', `µs ${inFlight} at once`, 'ratio'], rows)
}

/** At random, so that neighbours in the index are not asked for one after the other. */
function pickEmails(file: string): string[] {
  const connection = new DatabaseSync(file, { readOnly: true })
  const rows = connection.prepare('SELECT email FROM contacts ORDER BY random() LIMIT ?').all(lookupsPerRound)
  connection.close()
  return rows.map(({ email }) => String(email))
}

async function measureLookups({ name, sandbox, emails }: Filled, atOnce: number): Promise<number> {
  let left = lookupsPerRound
  const worker = async () => {
    while (left-- > 0) {
      const email = emails[left % emails.length] ?? ''
      const { status } = await sandbox.fetch(
        `http://sandbox/public/v1/contacts/by-email/${encodeURIComponent(email)}`,
        {
          headers: { authorization: 'Bearer mn-sandbox-demo' },
        },
      )
      if (status !== 200) throw new Error(`with ${name} contacts, ${email} is answered ${status}`)
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: atOnce }, worker))
  return ((performance.now() - start) * 1000) / lookupsPerRound
}
