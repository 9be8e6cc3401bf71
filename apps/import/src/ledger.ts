import { hash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { ContactUpsert } from '@minimo/client'

/** A row to be sent. */
export type PendingRow = { line: number; hash: string; body: ContactUpsert }

/** Where the import remembers what it does. */
export type Ledger = ReturnType<typeof openLedger>

const schema = `
PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS journal (seq INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT UNIQUE NOT NULL, refusal TEXT);
CREATE TEMP TABLE rows (line INTEGER PRIMARY KEY, cells TEXT, hash TEXT, person TEXT, body TEXT, reason TEXT);
BEGIN`

// Of one person all rows from the first new one on, so that the last one wins; the last alone where an earlier run sent
// all, but another one after it.
const plan = `
CREATE TEMP TABLE todo AS SELECT line FROM (
  SELECT line, seq, hash IS lag(hash) OVER (PARTITION BY person ORDER BY line) AS isRepeated,
    min(iif(seq IS NULL, line, NULL)) OVER one AS firstNew, max(line) OVER one AS last,
    max(iif(refusal IS NULL, seq, NULL)) OVER one AS latest
  FROM rows LEFT JOIN journal USING (hash) WHERE reason IS NULL WINDOW one AS (PARTITION BY person))
WHERE NOT isRepeated AND (line >= firstNew OR (firstNew IS NULL AND line = last AND seq < latest)) ORDER BY line;
UPDATE rows SET reason = refusal FROM journal
WHERE rows.hash = journal.hash AND refusal IS NOT NULL AND line NOT IN (SELECT line FROM todo);
COMMIT`

const counts =
  'SELECT (SELECT count(*) FROM todo) AS pending, (SELECT count(*) FROM rows WHERE reason IS NOT NULL) AS rejected'

/**
 * Opens the ledger: the journal of what the API took or refused, in the file of this name, and the rows of this run, in
 * a temporary one. The journal knows a row by a hash of what is sent and of `target`, wherever the row stands. Throws
 * where another import has it open.
 */
export function openLedger(journal: string, target: string) {
  const database = new DatabaseSync(journal)
  try {
    database.exec(schema)
  } catch (error) {
    throw new Error(`${journal}: expected it to be free; found ${error}: is another import of this file running?`)
  }
  const keep = database.prepare('INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)')
  const record = database.prepare('INSERT OR REPLACE INTO journal (hash, refusal) VALUES (?, ?)')
  const reject = database.prepare('UPDATE rows SET reason = ? WHERE line = ?')
  return {
    /** Takes in a row of the file: what to send, or the reason why not. */
    add(
      line: number,
      cells: readonly string[],
      { body, reason = null }: { body?: ContactUpsert; reason?: string | null },
    ) {
      const text = JSON.stringify(body) ?? ''
      const person = body?.email?.toLowerCase() ?? body?.phone ?? null
      keep.run(line, JSON.stringify(cells), hash('sha256', `${target}\n${text}`, 'base64url'), person, text, reason)
    },
    /** Finds out, once all rows are in, which are to be sent; gives how many, and how many are rejected. */
    plan(retryRefused: boolean): { pending: number; rejected: number } {
      if (retryRefused) database.exec('DELETE FROM journal WHERE refusal IS NOT NULL')
      database.exec(plan)
      return { pending: 0, rejected: 0, ...database.prepare(counts).get() }
    },
    /** The rows to send, in the order of the file. */
    *pending(): Generator<PendingRow> {
      const rows = database.prepare('SELECT line, hash, body FROM todo JOIN rows USING (line) ORDER BY todo.rowid')
      for (const row of rows.iterate())
        yield { line: Number(row.line), hash: `${row.hash}`, body: JSON.parse(`${row.body}`) }
    },
    /** The API has taken the row. */
    accept: ({ hash }: PendingRow) => void record.run(hash, null),
    /** The row did not get in; where `isFinal`, the next run does not send it again. */
    refuse({ line, hash }: PendingRow, reason: string, isFinal: boolean): void {
      if (isFinal) record.run(hash, reason)
      reject.run(reason, line)
    },
    /** What did not get in, in the order of the file: why, then the cells. */
    *rejects(): Generator<string[]> {
      const rows = database.prepare('SELECT reason, cells FROM rows WHERE reason IS NOT NULL ORDER BY line')
      for (const { reason, cells } of rows.iterate()) yield [`${reason}`, ...JSON.parse(`${cells}`)]
    },
    close: () => database.close(),
  }
}
