import type { Run } from '../src/automations/runs.ts'
import type { SandboxEvent } from '../src/events/event.ts'
import { demoKey } from '../src/handlers/authenticate.ts'

/** A write that was acknowledged: it set the custom field `token` of the contact with this e-mail to `token`. */
export interface Write {
  token: string
  email: string
}

/** What is checked, and where findings are noted. */
export interface Checking {
  writes: readonly Write[]
  /** How often each event's webhook has arrived, by the event's id. */
  webhooks: ReadonlyMap<string, number>
  found: Record<'lost' | 'eventsMissing' | 'webhooksMissing', Set<Write>>
}

/**
 * Waits until a running program has no webhook to deliver, and notes the writes that are not there, whose event is not
 * stored exactly once, or whose webhook has not arrived or is not recorded as delivered.
 */
export async function checkWrites(url: string, { writes, webhooks, found }: Checking): Promise<void> {
  // Answers when no delivery is due or under way.
  await callSandbox(url, '/_sandbox/clock', { method: 'POST', body: { advance: 0 } })
  const events = await listEvents(url)
  const delivered = await listDelivered(url)
  const fields = await readFields(url, new Set(writes.map(({ email }) => email)))
  for (const write of writes) {
    const ids = events.get(`customFields.${write.token}`) ?? []
    if (fields.get(write.email)?.[write.token] !== write.token) found.lost.add(write)
    if (ids.length !== 1) found.eventsMissing.add(write)
    if (ids.length === 0 || !ids.every((id) => webhooks.has(id) && delivered.has(id))) found.webhooksMissing.add(write)
  }
}

/** The ids of the events whose webhook is recorded as delivered. */
async function listDelivered(url: string): Promise<Set<string>> {
  const events = new Set<string>()
  for (let after = ''; ; ) {
    const path = `/_sandbox/runs?status=delivered&limit=1000${after}`
    const { data } = await callSandbox<{ data: Run[] }>(url, path)
    for (const { event } of data) events.add(event)
    const last = data.at(-1)
    if (!last) return events
    after = `&after=${last.id}`
  }
}

/** The ids of all stored events that changed a field, by its name. */
async function listEvents(url: string): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>()
  for (let after = 0; ; ) {
    const { data } = await callSandbox<{ data: SandboxEvent[] }>(url, `/_sandbox/events?after=${after}&limit=1000`)
    for (const { id, changes } of data) {
      for (const { field } of changes) ids.set(field, [...(ids.get(field) ?? []), id])
    }
    const last = data.at(-1)
    if (!last) return ids
    after = last.sequence
  }
}

/** The custom fields of contacts, by e-mail; nothing for one that is not there. */
async function readFields(url: string, emails: ReadonlySet<string>): Promise<Map<string, Record<string, unknown>>> {
  const fields = new Map<string, Record<string, unknown>>()
  for (const email of emails) {
    const path = `/public/v1/contacts/by-email/${email}`
    const { status, text } = await send(url, path)
    if (status === 200) fields.set(email, JSON.parse(text).data.custom_fields)
  }
  return fields
}

/** What a call takes beside its path. */
export interface CallOptions {
  /** Default: GET. */
  method?: string
  /** Sent as JSON. */
  body?: object
}

/** Calls a running program and returns the JSON it answers with; rejects where that is no success. */
export async function callSandbox<T>(url: string, path: string, options: CallOptions = {}): Promise<T> {
  const { status, text } = await send(url, path, options)
  if (status > 299) throw new Error(`${options.method ?? 'GET'} ${path}: expected a 2xx, found ${status} ${text}`)
  // Sound as far as the sandbox answers as its types say; the checks fail otherwise.
  return JSON.parse(text) as T
}

async function send(url: string, path: string, { method = 'GET', body }: CallOptions = {}) {
  const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
  const response = await fetch(url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  return { status: response.status, text: await response.text() }
}
