import { hash } from 'node:crypto'
import { createReadStream, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import type { ContactUpsert } from '@minimo/client'

/** What is known of the rows of earlier runs, and told to those to come. */
export type Ledger = Awaited<ReturnType<typeof openLedger>>

// In a temporary file that only this process sees: a run takes no more memory for more rows.
const schema = `
PRAGMA journal_mode = OFF;
CREATE TABLE journal (key TEXT PRIMARY KEY, refusal TEXT) WITHOUT ROWID;
CREATE TABLE people (person TEXT PRIMARY KEY, content TEXT, key TEXT, isNew INTEGER) WITHOUT ROWID;
BEGIN`

const digest = (text: string) => hash('sha256', text, 'base64url').slice(0, 22)

/**
 * Opens the ledger over its journal, a file that is only added to: a line for the key of each row that the API took, or,
 * with the reason, refused for good. `target` names the API and the company.
 */
export async function openLedger(journal: string, target: string) {
  const database = new DatabaseSync('')
  database.exec(schema)
  const remember = database.prepare('INSERT OR REPLACE INTO journal VALUES (?, ?)')
  const recall = database.prepare('SELECT refusal FROM journal WHERE key = ?')
  const follow = database.prepare('INSERT OR REPLACE INTO people VALUES (?, ?, ?, ?)')
  const precede = database.prepare('SELECT content, key, isNew FROM people WHERE person = ?')
  const descriptor = openSync(journal, 'a')
  for await (const line of createInterface(createReadStream(journal))) {
    const [key = '', refusal = null] = line.split('\t')
    remember.run(key, refusal)
  }
  // A line that a crash has cut off ends here.
  writeSync(descriptor, '\n')
  return {
    /**
     * The key of the next row of the file: a hash of what is sent, and of the row that the same person has before it. So
     * a row keeps its key wherever it moves, unless another row of that person, which it has to follow, comes before it.
     * A row is new, and to be sent, if no earlier run has done with it, or if it follows one that is new; a row that says
     * the same as the one before it has the key of that one, and is not.
     */
    next(body: ContactUpsert): { key: string; isNew: boolean } {
      const person = body.email?.toLowerCase() ?? body.phone ?? ''
      const content = digest(`${target}\n${JSON.stringify(body)}`)
      const before = precede.get(person)
      if (before?.content === content) return { key: String(before.key), isNew: false }
      const key = before ? digest(`${before.key} ${content}`) : content
      const isNew = before?.isNew === 1 || !recall.get(key)
      follow.run(person, content, key, Number(isNew))
      return { key, isNew }
    },
    /** Why a row that is not new was refused; null where it got in. */
    refusalOf: (key: string) => (recall.get(key)?.refusal ?? null) as string | null,
    /** The API has taken the row, or refused it: for good, or in this run only. */
    record(key: string, refusal: string | null = null, isForGood = true): void {
      if (refusal !== null) remember.run(key, refusal)
      const line = refusal === null ? key : `${key}\t${refusal.replace(/\s+/g, ' ')}`
      if (isForGood) writeSync(descriptor, `${line}\n`)
    },
  }
}
