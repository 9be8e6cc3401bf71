import { describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import { emptyContact, showEventContact } from '../contacts/stored-contact.ts'
import type { NewEvent } from '../events/event.ts'
import { type EventRow, toEvent } from '../events/event-rows.ts'
import { openDatabase } from '../storage/open-database.ts'
import type { Automation } from './match-automations.ts'
import { recordEvents } from './record-events.ts'

const now = Date.UTC(2026, 0, 1, 12)
const contact = showEventContact({ ...emptyContact(7), id: 42, customFields: { città: 'Forlì\u0000' } })
const consent = { field: 'marketingConsent.email', before: null, after: true }
const events: NewEvent[] = [
  { type: 'contact.updated', contact, changes: [{ field: 'customFields.plan', before: null, after: 'pro' }, consent] },
  { type: 'contact.consent_changed', contact, changes: [consent] },
]
const automations: Automation[] = [
  { name: 'plan', when: 'contact.updated', field: 'customFields.plan', to: 'pro', webhook: 'https://example.com/plan' },
  { name: 'all', when: 'contact.updated', webhook: 'https://example.com/all' },
  { name: 'opt-in', when: 'contact.consent_changed', to: true, webhook: 'https://example.com/opt-in' },
  { name: 'deleted', when: 'contact.deleted', webhook: 'https://example.com/deleted' },
]

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('events are read back as they were recorded, in order', async () => {
    const database = await open(await createLocation())
    await database.transaction(async (query) => recordEvents(query, events, { automations: [], now }))
    const rows = await database.query<EventRow>('SELECT * FROM events ORDER BY sequence')
    expect(rows.map(toEvent)).toEqual(
      events.map((event, index) => ({
        ...event,
        id: expect.stringMatching(/^evt_[0-9a-f]{32}$/),
        sequence: index + 1,
        company: 7,
        at: '2026-01-01T12:00:00.000Z',
      })),
    )
    expect(await database.query('SELECT * FROM runs')).toEqual([])
  })

  test('every automation that an event sets off gets a run that is due at once', async () => {
    const database = await open(await createLocation())
    await database.transaction(async (query) => recordEvents(query, events, { automations, now }))
    const [updated, consentChanged] = await database.query<EventRow>('SELECT * FROM events ORDER BY sequence')
    expect(await database.query('SELECT * FROM runs ORDER BY sequence')).toEqual(
      [
        { automation: 'plan', webhook: 'https://example.com/plan', event_id: updated?.id },
        { automation: 'all', webhook: 'https://example.com/all', event_id: updated?.id },
        { automation: 'opt-in', webhook: 'https://example.com/opt-in', event_id: consentChanged?.id },
      ].map((run, index) => ({
        ...run,
        sequence: index + 1,
        id: expect.stringMatching(/^run_[0-9a-f]{32}$/),
        company: 7,
        status: 'pending',
        attempts: 0,
        next_at: now,
        last_error: null,
        leased_until: null,
      })),
    )
  })

  test('events of a transaction that is undone are gone, and so are their runs', async () => {
    const database = await open(await createLocation())
    const undone = database.transaction(async (query) => {
      recordEvents(query, events, { automations, now })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await database.query('SELECT id FROM events UNION ALL SELECT id FROM runs')).toEqual([])
  })

  test('no events write nothing', async () => {
    const database = await open(await createLocation())
    await database.transaction(async (query) => recordEvents(query, [], { automations, now }))
    expect(await database.query('SELECT id FROM events UNION ALL SELECT id FROM runs')).toEqual([])
  })
})

async function open(location: string) {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return database
}
