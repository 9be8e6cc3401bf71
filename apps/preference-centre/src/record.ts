import { readFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

/** What people choose about. Leave one out, and neither the pages nor the app touch it. */
export const channels = ['email', 'whatsapp'] as const

/** A channel that people choose about. */
export type Channel = (typeof channels)[number]

/** What a contact chose last on a channel, when, and whether Minimo has it: not yet, or never, for it refused it. */
export type Chosen = { id: number; channel: Channel; answer: 'yes' | 'no'; at: string; state: State }
type State = 'delivered' | 'waiting' | 'refused'

/** The record of choices, and of what Minimo has of it. */
export type ChoiceRecord = ReturnType<typeof openRecord>

/** Opens the record, a SQLite file, made where it is missing. Each call is one statement: whole, and then on disk. */
export function openRecord(file: string) {
  const database = new DatabaseSync(file, { timeout: 5000 })
  database.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'))
  // The one place where rows get a type: what a statement names is what the schema holds.
  const query = <Values extends Record<string, SQLInputValue>, Row = never>(sql: string) => {
    const statement = database.prepare(sql)
    return (values: Values) => statement.all(values) as Row[]
  }
  return {
    /** What a contact chose last here, one for each channel that it chose about. */
    latest: query<{ contact: number }, Chosen>('SELECT * FROM latest WHERE contact = $contact'),
    /** Adds what was chosen (JSON, by channel), which is then due to be delivered. */
    add: query<{ contact: number; link: string; via: string; wording: string | null; choices: string }>(`INSERT INTO
      choices (at, contact, link, via, wording, channel, answer) SELECT strftime('%FT%R:%fZ'), $contact, $link, $via,
      (SELECT id FROM wordings WHERE id = $wording), key, value FROM json_each($choices)`),
    /** Takes contacts that are due, the longest waiting first; for 15 seconds nobody else gets them. */
    take: query<{ now: number; limit: number }, { id: number }>(`UPDATE contacts SET due = $now + 15000
      WHERE id IN (SELECT id FROM contacts WHERE due <= $now ORDER BY due LIMIT $limit) RETURNING id`),
    /** Notes what became of a contact's choices up to `id`, and when to try again, if ever. */
    note: query<{ contact: number; id: number; state: State; due: number | null; reason: string | null }>(`UPDATE
      contacts SET told = iif($state = 'delivered', $id, told), refused = iif($state = 'refused', $id, refused),
      reason = $reason, due = iif($id < (SELECT max(id) FROM choices WHERE contact = $contact), 0, $due)
      WHERE id = $contact AND told < $id`),
    /** Keeps the texts of pages under their id. */
    keepWording: query<{ id: string; texts: string }>('INSERT OR IGNORE INTO wordings VALUES ($id, $texts)'),
    /** The record, oldest first; an earlier choice counts as delivered when a later one of its contact is. */
    list: query<Record<string, never>, object>('SELECT * FROM record ORDER BY id'),
    /** Closes the file. */
    close: () => database.close(),
  }
}
