import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openRecord } from './record.ts'

/** A record in a file, and the same file without the app. */
function openBoth() {
  const folder = mkdtempSync(join(tmpdir(), 'record-'))
  const record = openRecord(join(folder, 'record.db'))
  const database = new DatabaseSync(join(folder, 'record.db'))
  onTestFinished(() => {
    record.close()
    database.close()
    rmSync(folder, { recursive: true })
  })
  return { record, database }
}

const choose = (contact: number, choices: object, wording: string | null = null) =>
  ({ contact, link: 'a', via: 'form', wording, choices: JSON.stringify(choices) }) as const

describe('the record', () => {
  it('takes nothing back, whoever asks', () => {
    const { record, database } = openBoth()
    record.add(choose(42, { email: 'no' }))
    const replaced = "(1, '2026', 42, 'email', 'yes', 'form', 'a', NULL)"
    for (const sql of [
      "UPDATE choices SET answer = 'yes'",
      'DELETE FROM choices',
      `REPLACE INTO choices VALUES ${replaced}`,
      `INSERT INTO choices VALUES ${replaced} ON CONFLICT DO UPDATE SET answer = 'yes'`,
    ]) {
      expect(() => database.exec(sql)).toThrow('append-only')
    }
    expect(record.list({})).toMatchObject([{ id: 1, answer: 'no' }])
  })

  it('takes a choice of all channels or of none', () => {
    const { record } = openBoth()
    expect(() => record.add(choose(42, { email: 'no', whatsapp: 'maybe' }))).toThrow('CHECK')
    expect(record.list({})).toEqual([])
    expect(record.take({ now: Date.now(), limit: 16 })).toEqual([])
  })

  it('keeps the texts of each wording, and knows no wording that was never shown', () => {
    const { record, database } = openBoth()
    record.keepWording({ id: 'a1', texts: '{"title":"Hello"}' })
    record.add(choose(42, { email: 'no' }, 'a1'))
    record.add(choose(42, { email: 'yes' }, 'forged'))
    const sql = 'SELECT choices.wording, texts FROM choices LEFT JOIN wordings ON wordings.id = wording'
    expect(
      database
        .prepare(sql)
        .all()
        .map((row) => ({ ...row })),
    ).toEqual([
      { wording: 'a1', texts: '{"title":"Hello"}' },
      { wording: null, texts: null },
    ])
  })

  it('gives a contact that is due to one taker at a time', () => {
    const { record } = openBoth()
    record.add(choose(42, { email: 'no' }))
    record.add(choose(43, { email: 'no' }))
    const now = Date.now()
    expect(record.take({ now, limit: 1 })).toHaveLength(1)
    expect(record.take({ now, limit: 16 })).toHaveLength(1)
    record.add(choose(42, { email: 'yes' }))
    expect(record.take({ now, limit: 16 })).toEqual([])
    expect(record.take({ now: now + 15_000, limit: 16 })).toHaveLength(2)
  })

  it('heeds no late word of a delivery that another has overtaken', () => {
    const { record } = openBoth()
    record.add(choose(42, { email: 'yes' }))
    record.add(choose(42, { email: 'no' }))
    record.note({ contact: 42, id: 2, state: 'delivered', due: null, reason: null })
    record.note({ contact: 42, id: 1, state: 'waiting', due: 0, reason: 'too late' })
    expect(record.latest({ contact: 42 })).toMatchObject([{ answer: 'no', state: 'delivered' }])
    expect(record.take({ now: Date.now(), limit: 16 })).toEqual([])
  })
})
