import { hash } from 'node:crypto'
import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import type { ContactUpsert } from '@minimo/client'

/** What a run knows of the rows of earlier runs, and tells those to come. */
export type Ledger = Awaited<ReturnType<typeof openLedger>>

// Temporary, in a file that only this process sees; the lock is on the database it belongs to.
const schema = `
BEGIN EXCLUSIVE;
CREATE TEMP TABLE journal (key TEXT PRIMARY KEY, refusal TEXT) WITHOUT ROWID;
CREATE TEMP TABLE people (person TEXT PRIMARY KEY, content TEXT, key TEXT) WITHOUT ROWID`

const digest = (text: string) => hash('sha256', text, 'base64url').slice(0, 22)

/**
 * Opens the ledger over its journal, a file that is only added to: a line for the key of each row that the API took, or,
 * with the reason, refused for good. `target` names the API and the company. Throws where another import has it open.
 */
export async function openLedger(journal: string, target: string) {
  const database = new DatabaseSync(`${journal}.lock`)
  try {
    database.exec(schema)
  } catch {
    throw new Error(`${journal}: expected it to be free; found it locked: is another import of this file running?`)
  }
  const descriptor = openSync(journal, 'a')
  const remember = database.prepare('INSERT OR REPLACE INTO journal VALUES (?, ?)')
  const recall = database.prepare('SELECT refusal FROM journal WHERE key = ?')
  const follow = database.prepare('INSERT OR REPLACE INTO people VALUES (?, ?, ?)')
  const precede = database.prepare('SELECT content, key FROM people WHERE person = ?')
  for await (const line of createInterface(createReadStream(journal))) {
    const [key = '', refusal = null] = line.split('\t')
    remember.run(key, refusal)
  }
  // A line that a crash has cut off ends here.
  writeSync(descriptor, '\n')
  return {
    /**
     * The key of the next row of the file: a hash of what is sent and of the row that the same person has before it. So a
     * row keeps its key wherever it is moved to, unless another of that person has come before it, which it has to follow.
     */
    keyOf(body: ContactUpsert): string {
      const [person, content] = [body.email?.toLowerCase() ?? body.phone ?? '', digest(JSON.stringify(body))]
      const before = precede.get(person)
      if (before?.content === content) return `${before.key}`
      const key = digest(`${target} ${content} ${before?.key}`)
      follow.run(person, content, key)
      return key
    },
    /** What became of the row: undefined where it has yet to be sent, null where it got in, else why it was refused. */
    find: (key: string) => recall.get(key)?.refusal as string | null | undefined,
    /** The API has taken the row, or refused it for good. */
    record(key: string, refusal?: string): void {
      const reason = refusal?.replace(/\s+/g, ' ') ?? null
      remember.run(key, reason)
      writeSync(descriptor, reason ? `${key}\t${reason}\n` : `${key}\n`)
    },
    /** Gives the journal free. */
    close(): void {
      closeSync(descriptor)
      database.close()
      rmSync(`${journal}.lock`)
    },
  }
}
