import { describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import { emptyContact, showEventContact } from '../contacts/stored-contact.ts'
import type { NewEvent } from '../events/event.ts'
import type { Database } from '../storage/database.ts'
import { openDatabase } from '../storage/open-database.ts'
import { recordEvents } from './record-events.ts'
import { claimRuns, listRuns, markDelivered, markFailedAttempt, nextDueAfter } from './runs.ts'

const now = Date.UTC(2026, 0, 1)
const claim = { now, lease: 30_000, perReceiver: 8, underWay: [] }

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('runs are listed by status and company, the oldest first', async () => {
    const database = await open(await createLocation())
    await recordRun(database, { company: 1 })
    await recordRun(database, { company: 2 })
    const [first, second] = await listRuns(database.query)
    expect(first).toEqual({
      id: expect.stringMatching(/^run_/),
      automation: 'welcome',
      event: expect.stringMatching(/^evt_/),
      company: 1,
      webhook: 'https://example.com/',
      status: 'pending',
      attempts: 0,
      nextAt: '2026-01-01T00:00:00.000Z',
      lastError: null,
    })
    await markDelivered(database.query, first?.id ?? '')
    expect(await listRuns(database.query, { status: 'pending' })).toEqual([second])
    expect(await listRuns(database.query, { company: 1 })).toMatchObject([{ status: 'delivered', nextAt: null }])
    expect(await listRuns(database.query, { company: 2, status: 'delivered' })).toEqual([])
  })

  test('a claim takes what is due longest, up to the limit of a receiver, and leaves out what is under way', async () => {
    const database = await open(await createLocation())
    for (const at of [now + 1, now - 2, now - 1, now, now - 3]) await recordRun(database, { at })
    const [, , third] = await listRuns(database.query)
    const underWay = [third ?? expect.fail('nothing was recorded')]
    const { runs: claimed } = await claimRuns(database, { ...claim, perReceiver: 3, underWay })
    expect((await listRuns(database.query)).map(({ attempts }) => attempts)).toEqual([0, 1, 0, 0, 1])
    expect(claimed.map(({ attempts, nextAt }) => [attempts, nextAt])).toEqual(
      Array(2).fill([1, '2026-01-01T00:00:30.000Z']),
    )
  })

  test('runs are listed page by page', async () => {
    const database = await open(await createLocation())
    for (const _ of Array(5)) await recordRun(database, {})
    const all = await listRuns(database.query)
    const pages = [await listRuns(database.query, { limit: 3 })]
    for (let last = pages[0]?.at(-1); last; last = pages.at(-1)?.at(-1)) {
      pages.push(await listRuns(database.query, { limit: 3, after: last.id }))
    }
    expect(pages.map((page) => page.length)).toEqual([3, 2, 0])
    expect(pages.flat()).toEqual(all)
  })

  test('a receiver that is busy holds up no other, however much waits for it', async () => {
    const database = await open(await createLocation())
    for (const _ of Array(100)) await recordRun(database, {})
    const other = 'https://other.example.com/'
    await recordRun(database, { webhook: other })
    const { runs } = await claimRuns(database, { ...claim, perReceiver: 4 })
    expect(runs.map(({ webhook }) => webhook).filter((webhook) => webhook !== other)).toHaveLength(4)
    expect(runs).toHaveLength(5)
    await recordRun(database, { webhook: other })
    const next = await claimRuns(database, { ...claim, perReceiver: 4, underWay: runs })
    expect(next).toMatchObject({ runs: [{ webhook: other }], more: false })
  })

  test('runs of any number of receivers are claimed, those due longest first', async () => {
    const database = await open(await createLocation())
    for (let index = 0; index < 70; index++) {
      await recordRun(database, { webhook: `https://${index}.example.com/`, at: now - index })
    }
    const first = await claimRuns(database, claim)
    expect(first).toMatchObject({ runs: { length: 64 }, more: true })
    expect(first.runs.map(({ webhook }) => webhook)).toContain('https://69.example.com/')
    expect(await claimRuns(database, { ...claim, underWay: first.runs })).toMatchObject({
      runs: { length: 6 },
      more: false,
    })
    expect(await nextDueAfter(database.query, now - 1)).toBe(now + claim.lease)
    expect(await nextDueAfter(database.query, now + claim.lease)).toBeUndefined()
  })

  test('a listing shows no password of a URL', async () => {
    const database = await open(await createLocation())
    await recordRun(database, { webhook: 'https://me:hunter2@example.com/a?b=c@d' })
    expect(await listRuns(database.query)).toMatchObject([{ webhook: 'https://***@example.com/a?b=c@d' }])
  })

  test('claims at the same time share the runs, none in two of them', async () => {
    const database = await open(await createLocation())
    for (const _ of Array(30)) await recordRun(database, {})
    const claims = await Promise.all(Array.from({ length: 6 }, () => claimRuns(database, { ...claim, perReceiver: 3 })))
    const ids = claims.flatMap(({ runs }) => runs).map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { runs } of claims) expect(runs.length).toBeLessThanOrEqual(3)
    expect((await listRuns(database.query)).filter(({ attempts }) => attempts === 1)).toHaveLength(ids.length)
  })

  test('a clock that was advanced takes no run within its lease, but one that has failed at once', async () => {
    const database = await open(await createLocation())
    await recordRun(database, {})
    const [claimed] = (await claimRuns(database, claim)).runs
    if (!claimed) return expect.fail('nothing was claimed')
    const ahead = { ...claim, now: now + 3_600_000 }
    expect((await claimRuns(database, ahead)).runs).toEqual([])
    await markFailedAttempt(database.query, claimed, { error: 'slow', nextAt: now + 5000 })
    expect((await claimRuns(database, ahead)).runs).toHaveLength(1)
  })

  test('a failure that is reported after the lease does not undo what another process did', async () => {
    const database = await open(await createLocation())
    await recordRun(database, {})
    const [slow] = (await claimRuns(database, { ...claim, lease: 0 })).runs
    if (!slow) return expect.fail('nothing was claimed')
    await claimRuns(database, { ...claim, now: now + 30_000 })
    await markFailedAttempt(database.query, slow, { error: 'slow', nextAt: undefined })
    expect(await listRuns(database.query)).toMatchObject([{ status: 'pending', attempts: 2, lastError: null }])
    await markDelivered(database.query, slow.id)
    await markFailedAttempt(database.query, { ...slow, attempts: 2 }, { error: 'slow', nextAt: now })
    expect(await listRuns(database.query)).toMatchObject([{ status: 'delivered', lastError: null }])
  })
})

async function open(location: string): Promise<Database> {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return database
}

async function recordRun(
  database: Database,
  { company = 1, at = now, webhook = 'https://example.com/' }: { company?: number; at?: number; webhook?: string },
) {
  const contact = showEventContact({ ...emptyContact(company), id: 1 })
  const automations = [{ name: 'welcome', when: 'contact.created', webhook } as const]
  const events = [{ type: 'contact.created', contact, changes: [] }] satisfies NewEvent[]
  await database.transaction(async (query) => recordEvents(query, events, { automations, now: at }))
}
