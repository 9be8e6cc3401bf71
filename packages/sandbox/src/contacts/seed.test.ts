import { describe, expect, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import { openDatabase } from '../storage/open-database.ts'
import { seedContacts } from './seed.ts'

const contents = 'SELECT * FROM contacts ORDER BY id'

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('adds as many contacts as asked for, each once', async () => {
    await using database = await open(await createLocation())
    expect(await seedContacts(database, { contacts: 1234, company: 7 })).toBe(1234)
    expect(await seedContacts(database, { contacts: 1300, company: 7 })).toBe(66)
    expect(await seedContacts(database, { company: 8 })).toBe(100)
    expect(await seedContacts(database, { contacts: 0, company: 8 })).toBe(0)
    const counts = 'SELECT company, COUNT(*) AS many FROM contacts GROUP BY company ORDER BY company'
    expect(await database.query(counts)).toEqual([
      { company: 7, many: 1300 },
      { company: 8, many: 100 },
    ])
  })

  test('the same seed gives the same contacts, another seed only others', async () => {
    await using one = await open(await createLocation())
    await using two = await open(await createLocation())
    await seedContacts(one, { contacts: 50, seed: 3, company: 1 })
    await seedContacts(two, { contacts: 50, seed: 3, company: 1 })
    expect(await one.query(contents)).toEqual(await two.query(contents))
    expect(await seedContacts(one, { contacts: 50, seed: 4, company: 1 })).toBe(50)
  })
})

test('contacts have what the API would have stored', async () => {
  await using database = await open(':memory:')
  await seedContacts(database, { contacts: 500, company: 1 })
  const rows = await database.query(contents)
  for (const row of rows) {
    expect(row.email).toMatch(/^[a-z]+\.[a-z]+\.1\.\d+@example\.(com|org|net)$/)
    expect(row.email_key).toBe(row.email)
    expect(row.phone ?? '+999').toMatch(/^\+999\d{0,12}$/)
    expect(JSON.parse(String(row.custom_fields))).toMatchObject({
      plan: expect.any(String),
      address: { city: expect.any(String) },
    })
  }
  expect(new Set(rows.map((row) => row.consent_email))).toEqual(new Set([0, 1, null]))
  expect(rows.some((row) => row.phone === null)).toBe(true)
  expect(rows.some((row) => row.phone !== null)).toBe(true)
})

async function open(location: string) {
  const database = await openDatabase(location)
  return { ...database, [Symbol.asyncDispose]: () => database.close() }
}
