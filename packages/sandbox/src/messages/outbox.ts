import type { Database, Query } from '../storage/database.ts'
import { createInsert } from '../storage/insert-rows.ts'
import type { CreateId } from '../storage/row-ids.ts'
import type { TableRow } from '../storage/tables.ts'
import type { OutboxFilter, OutboxMessage } from './message.ts'

/** Who sends a message, where it is stored, and when it is sent. */
export interface Sender {
  database: Database
  /** The id of the company. */
  company: number
  /** The sandbox's time, in milliseconds since 1970. */
  now(): number
  createId: CreateId
}

/** A message to store: whom it goes to, and what it says. */
export type NewMessage = Pick<OutboxMessage, 'channel' | 'to' | 'template' | 'subject' | 'html' | 'text'>

const unreachable = /[@.]invalid$/i

/** A row of the table. */
type MessageRow = TableRow<'messages'> & Pick<OutboxMessage, 'channel' | 'status'>

const insertRows = createInsert('messages')

/**
 * Stores a message of the sender's company under a new id. It was sent now, unless it is an e-mail to a domain that
 * can never exist because it ends in `.invalid` (RFC 6761): then it has failed, and the reason is given.
 */
export async function storeMessage(
  { channel, to, template, subject, html, text }: NewMessage,
  { database, company, now, createId }: Sender,
): Promise<Pick<OutboxMessage, 'id' | 'failureReason'>> {
  const failureReason = unreachable.test(to) ? 'The domain of the recipient does not exist: it ends in .invalid.' : null
  const at = now()
  const id = createId(channel, at)
  const outcome = failureReason === null ? { status: 'sent', sent_at: at } : { status: 'failed', sent_at: null }
  const said = { channel, recipient: to, template, subject, html, body_text: text }
  const row = { id, company, ...said, ...outcome, failure_reason: failureReason, created_at: at, click_count: 0 }
  await insertRows(database.query, [row])
  return { id, failureReason }
}

/**
 * The stored messages, oldest first: at most 1000 unless the filter says otherwise. An e-mail address is compared
 * without regard to case.
 */
export async function listOutbox(query: Query, filter: OutboxFilter = {}): Promise<OutboxMessage[]> {
  const { channel = null, to = null, company = null, after, limit = 1000 } = filter
  const later = after === undefined ? '' : 'AND sequence > COALESCE((SELECT sequence FROM messages WHERE id = $5), 0)'
  const rows = await query<MessageRow>(
    `SELECT * FROM messages WHERE channel = COALESCE($1, channel) AND company = COALESCE($2, company)
      AND LOWER(recipient) = COALESCE(LOWER($3), LOWER(recipient)) ${later} ORDER BY sequence LIMIT $4`,
    [channel, company, to, limit, ...(after === undefined ? [] : [after])],
  )
  return rows.map(toMessage)
}

/** The single e-mail of a company with this id, if there is one. */
export async function findEmail(
  query: Query,
  { company, id }: { company: number; id: string },
): Promise<OutboxMessage | undefined> {
  const sql = "SELECT * FROM messages WHERE id = $1 AND company = $2 AND channel = 'email'"
  const [row] = await query<MessageRow>(sql, [id, company])
  return row && toMessage(row)
}

/**
 * Records that a message was opened or clicked at a time, in milliseconds since 1970; a click opens it too. False where
 * there is no such message or it was never sent.
 */
export async function engage(database: Database, id: string, what: 'open' | 'click', now: number): Promise<boolean> {
  const clicked = what === 'click'
  const rows = await database.query(
    `UPDATE messages SET first_open_at = COALESCE(first_open_at, $2), click_count = click_count + $3,
      first_click_at = COALESCE(first_click_at, $4) WHERE id = $1 AND status = 'sent' RETURNING id`,
    [id, now, clicked ? 1 : 0, clicked ? now : null],
  )
  return rows.length > 0
}

function toMessage(row: MessageRow): OutboxMessage {
  const { id, channel, company, recipient, template, subject, html, status } = row
  return {
    id,
    channel,
    company,
    to: recipient,
    template,
    subject,
    html,
    text: row.body_text,
    status,
    failureReason: row.failure_reason,
    createdAt: new Date(row.created_at).toISOString(),
    sentAt: toTime(row.sent_at),
    firstOpenAt: toTime(row.first_open_at),
    clickCount: row.click_count,
    firstClickAt: toTime(row.first_click_at),
  }
}

const toTime = (at: number | null) => (at === null ? null : new Date(at).toISOString())
