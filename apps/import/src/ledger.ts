import { hash } from 'node:crypto'
import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import type { ContactUpsert } from '@minimo/client'

/** A row to be sent. */
export type PendingRow = { line: number; hash: string; body: ContactUpsert }

/** Where the import remembers what it does. */
export type Ledger = Awaited<ReturnType<typeof openLedger>>

// All temporary, in a file of the system's that nobody else sees; the lock is on the database they belong to.
const schema = `
BEGIN EXCLUSIVE;
CREATE TEMP TABLE journal (seq INTEGER PRIMARY KEY, hash TEXT UNIQUE, refusal TEXT);
CREATE TEMP TABLE rows (line INTEGER PRIMARY KEY, cells TEXT, hash TEXT, person TEXT, body TEXT, reason TEXT)`

// Of one person all rows from the first new one on, so that the last one wins; the last alone where an earlier run sent
// all, but another one after it.
const plan = `
CREATE TEMP TABLE todo AS SELECT line FROM (
  SELECT line, seq, hash IS lag(hash) OVER one AS isRepeated, max(line) OVER one AS last,
    min(iif(seq IS NULL, line, NULL)) OVER one AS firstNew, max(iif(refusal IS NULL, seq, NULL)) OVER one AS latest
  FROM rows LEFT JOIN journal USING (hash) WHERE reason IS NULL
  WINDOW one AS (PARTITION BY person ORDER BY line ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
WHERE NOT isRepeated AND (line >= firstNew OR (firstNew IS NULL AND line = last AND seq < latest)) ORDER BY line;
UPDATE rows SET reason = refusal FROM journal
WHERE rows.hash = journal.hash AND refusal IS NOT NULL AND line NOT IN (SELECT line FROM todo)`

const counts =
  'SELECT (SELECT count(*) FROM todo) AS pending, (SELECT count(*) FROM rows WHERE reason IS NOT NULL) AS rejected'

/**
 * Opens the ledger of a run, and the journal that outlives it, a file that is only added to: a line for each row that the
 * API took, or, with the reason, refused for good. It knows a row by a hash of what is sent and of `target`, wherever the
 * row stands. Throws where another import has it open.
 */
export async function openLedger(journal: string, target: string, retryRefused: boolean) {
  const database = new DatabaseSync(`${journal}.lock`)
  try {
    database.exec(schema)
  } catch {
    throw new Error(`${journal}: expected it to be free; found it locked: is another import of this file running?`)
  }
  const descriptor = openSync(journal, 'a')
  const keep = database.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)')
  const reject = database.prepare('UPDATE rows SET reason = ? WHERE line = ?')
  const recall = database.prepare('INSERT OR REPLACE INTO journal (hash, refusal) VALUES (?, ?)')
  for await (const line of createInterface(createReadStream(journal))) {
    const [key = '', refusal = null] = line.split('\t')
    if (!refusal || !retryRefused) recall.run(key, refusal)
  }
  // A line that was cut off by a crash ends here.
  writeSync(descriptor, '\n')
  return {
    /** Takes in a row of the file: what to send, or the reason why not. */
    add(line: number, cells: readonly string[], { body, reason }: { body?: ContactUpsert; reason?: string }): void {
      const text = JSON.stringify(body) ?? ''
      const key = hash('sha256', `${target}\n${text}`, 'base64url').slice(0, 22)
      keep.run(
        line,
        JSON.stringify(cells),
        key,
        body?.email?.toLowerCase() ?? body?.phone ?? null,
        text,
        reason ?? null,
      )
    },
    /** Finds out, once all rows are in, which are to be sent; gives how many, and how many are rejected. */
    plan(): { pending: number; rejected: number } {
      database.exec(plan)
      return { pending: 0, rejected: 0, ...database.prepare(counts).get() }
    },
    /** The rows to send, in the order of the file. */
    *pending(): Generator<PendingRow> {
      const rows = database.prepare('SELECT line, hash, body FROM todo JOIN rows USING (line) ORDER BY todo.rowid')
      for (const { line, hash, body } of rows.iterate())
        yield { line: Number(line), hash: `${hash}`, body: JSON.parse(`${body}`) }
    },
    /** The API has taken the row. */
    accept: ({ hash }: PendingRow) => void writeSync(descriptor, `${hash}\n`),
    /** The row did not get in; where `isFinal`, the next run does not send it again. */
    refuse({ line, hash }: PendingRow, reason: string, isFinal: boolean): void {
      if (isFinal) writeSync(descriptor, `${hash}\t${reason.replace(/\s+/g, ' ')}\n`)
      reject.run(reason, line)
    },
    /** What did not get in, in the order of the file: why, then the cells. */
    *rejects(): Generator<string[]> {
      const rows = database.prepare('SELECT reason, cells FROM rows WHERE reason IS NOT NULL ORDER BY line')
      for (const { reason, cells } of rows.iterate()) yield [`${reason}`, ...JSON.parse(`${cells}`)]
    },
    /** Gives the journal back. */
    close(): void {
      closeSync(descriptor)
      database.close()
      rmSync(`${journal}.lock`)
    },
  }
}
