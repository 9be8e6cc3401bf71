import { createPostgresDatabase } from 'test-postgres'
import { describe, expect, inject, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import { type Database, type Query, UniqueViolation } from './database.ts'
import { migrations } from './migrations.ts'
import { openDatabase } from './open-database.ts'

/** Opens a database with a table of counters, one of which is 0. */
async function openCounters(location: string): Promise<Database> {
  const database = await openDatabase(location)
  await database.query('CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)')
  await add(database.query, 'a')
  return database
}

function add(query: Query, name: string, value = 0) {
  return query('INSERT INTO counters (name, value) VALUES ($1, $2)', [name, value])
}

function increment(database: Database) {
  return database.transaction(async (query) => {
    const [row] = await query<{ value: number }>(
      `SELECT value FROM counters WHERE name = $1 ${database.dialect.forUpdate}`,
      ['a'],
    )
    await query('UPDATE counters SET value = $2 WHERE name = $1', ['a', (row?.value ?? Number.NaN) + 1])
  })
}

async function valuesOf(database: Database): Promise<Record<string, number>> {
  const rows = await database.query<{ name: string; value: number }>('SELECT name, value FROM counters')
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]))
}

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('a transaction returns what its work returns and keeps what it wrote', async () => {
    const database = await openCounters(await createLocation())
    const returned = await database.transaction(async (query) => {
      await add(query, 'b', 2)
      return 'done'
    })
    expect(returned).toBe('done')
    expect(await valuesOf(database)).toEqual({ a: 0, b: 2 })
    await database.close()
  })

  test('a work that throws is undone alone', async () => {
    const database = await openCounters(await createLocation())
    const outcomes = await Promise.allSettled(
      ['b', 'c', 'd', 'e'].map((name) =>
        database.transaction(async (query) => {
          await add(query, name)
          if (name === 'c') throw new RangeError('no c')
        }),
      ),
    )
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(outcomes[1]).toMatchObject({ reason: new RangeError('no c') })
    expect(Object.keys(await valuesOf(database)).sort()).toEqual(['a', 'b', 'd', 'e'])
    await database.close()
  })

  test('a broken uniqueness constraint is a UniqueViolation that does not repeat the value', async () => {
    const database = await openCounters(await createLocation())
    await add(database.query, 'someone@example.com')
    const outcomes = await Promise.allSettled([
      add(database.query, 'b'),
      add(database.query, 'someone@example.com'),
      database.transaction((query) => add(query, 'someone@example.com')),
      add(database.query, 'c'),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled'])
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue
      expect(outcome.reason).toBeInstanceOf(UniqueViolation)
      expect(outcome.reason.message).not.toContain('someone')
    }
    await database.close()
  })

  test('a statement that fails ends the transaction, even where work catches the error', async () => {
    const database = await openCounters(await createLocation())
    const transaction = database.transaction(async (query) => {
      await add(query, 'b')
      await add(query, 'a').catch(() => {})
      await add(query, 'c').catch(() => {})
    })
    await expect(transaction).rejects.toBeInstanceOf(UniqueViolation)
    expect(await valuesOf(database)).toEqual({ a: 0 })
    await database.close()
  })

  test('statements that work does not await are committed with it, or all undone where one fails', async () => {
    const database = await openCounters(await createLocation())
    await database.transaction(async (query) => {
      for (const name of ['b', 'c']) add(query, name)
    })
    const failing = database.transaction(async (query) => {
      for (const name of ['d', 'a', 'e']) add(query, name)
    })
    await expect(failing).rejects.toBeInstanceOf(UniqueViolation)
    const goingOn = database.transaction(async (query) => {
      add(query, 'a')
      await add(query, 'd')
    })
    await expect(goingOn).rejects.toBeInstanceOf(UniqueViolation)
    const throwing = database.transaction(async (query) => {
      for (const name of ['d', 'a', 'e']) add(query, name)
      throw new RangeError('no more')
    })
    await expect(throwing).rejects.toThrow('no more')
    expect(await valuesOf(database)).toEqual({ a: 0, b: 0, c: 0 })
    await database.close()
  })

  test.each([1, 40])(
    'those that follow one that fails are not touched by it (%i at a time have a turn)',
    async (turns) => {
      const database = await openCounters(await createLocation())
      const outcomes = await Promise.allSettled(
        Array.from({ length: 120 }, (_, index) =>
          database.transaction(
            async (query) => {
              await query('SELECT value FROM counters')
              add(query, `n${index}`)
              if (index % 3 === 1) add(query, 'a')
              if (index % 3 === 2) throw new RangeError(`${index}`)
            },
            { turn: `${index % turns}` },
          ),
        ),
      )
      const kept = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [`n${index}`] : []))
      expect(kept).toEqual(Array.from({ length: 40 }, (_, index) => `n${index * 3}`))
      for (const [index, outcome] of outcomes.entries()) {
        if (outcome.status === 'fulfilled') continue
        expect(outcome.reason).toBeInstanceOf(index % 3 === 1 ? UniqueViolation : RangeError)
      }
      expect(Object.keys(await valuesOf(database)).sort()).toEqual(['a', ...kept].sort())
      await database.close()
    },
  )

  test('a query after the end of its transaction is refused', async () => {
    const database = await openCounters(await createLocation())
    let kept: Query | undefined
    await database.transaction(async (query) => {
      kept = query
    })
    await expect(kept?.('DELETE FROM counters')).rejects.toThrow('begin every query inside')
    expect(await valuesOf(database)).toEqual({ a: 0 })
    await database.close()
  })

  test('concurrent increments never lose one', async () => {
    const database = await openCounters(await createLocation())
    await Promise.all(Array.from({ length: 600 }, () => increment(database)))
    expect(await valuesOf(database)).toEqual({ a: 600 })
    await database.close()
  })

  test('a read does not see what is not committed', async () => {
    const database = await openCounters(await createLocation())
    const seen: unknown[] = []
    const failing = database.transaction(async (query) => {
      await add(query, 'b')
      seen.push(await query('SELECT name FROM counters ORDER BY name'))
      throw new Error('undo')
    })
    const [, reads] = await Promise.all([
      expect(failing).rejects.toThrow('undo'),
      Promise.all(Array.from({ length: 50 }, () => valuesOf(database))),
    ])
    expect(seen).toEqual([[{ name: 'a' }, { name: 'b' }]])
    expect(reads).toEqual(Array(50).fill({ a: 0 }))
    await database.close()
  })

  test('queries of one work may run side by side', async () => {
    const database = await openCounters(await createLocation())
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`)
    await database.transaction((query) => Promise.all(names.map((name) => add(query, name, 1))))
    const failing = database.transaction((query) => Promise.all(['x', 'a', 'y'].map((name) => add(query, name))))
    await expect(failing).rejects.toBeInstanceOf(UniqueViolation)
    expect(Object.keys(await valuesOf(database))).toHaveLength(41)
    await database.close()
  })

  test('numbers, text and null come back as they were', async () => {
    const database = await openDatabase(await createLocation())
    await database.query('CREATE TABLE kinds (number BIGINT, words TEXT, missing TEXT)')
    const values = [Number.MAX_SAFE_INTEGER, `'quoted' "$1" \u{1F600} ü`, null]
    await database.query('INSERT INTO kinds VALUES ($1, $2, $3)', values)
    const sql = "SELECT number, words, missing, '$1' AS text, COUNT(*) AS count, SUM(number) AS sum, 1 = 1 AS yes"
    expect(
      await database.query(`${sql} FROM kinds WHERE words = $1 GROUP BY number, words, missing`, [values[1] ?? null]),
    ).toMatchObject([
      { number: values[0], words: values[1], missing: null, text: '$1', count: 1, sum: values[0], yes: 1 },
    ])
    await database.close()
  })

  test('a wrong statement, too few values and a closed database reject, and nothing else breaks', async () => {
    const database = await openCounters(await createLocation())
    await expect(database.query('SELECT * FROM nowhere')).rejects.toThrow(/nowhere/)
    await expect(database.query('SELECT * FROM counters WHERE name = $1')).rejects.toThrow(/parameters/)
    await add(database.query, 'nul\0').catch((error: unknown) => expect(error).toBeInstanceOf(Error))
    await increment(database)
    await database.close()
    await database.close()
    await expect(database.query('SELECT 1')).rejects.toThrow('closed')
    await expect(database.transaction(async () => {})).rejects.toThrow('closed')
  })

  test('more statements than are kept prepared still run', async () => {
    const database = await openDatabase(await createLocation())
    const texts = Array.from({ length: 1100 }, (_, index) => `SELECT ${index} AS n`)
    const rows = await database.transaction((query) => Promise.all(texts.map((text) => query<{ n: number }>(text))))
    expect(rows.flat().map(({ n }) => n)).toEqual(texts.map((_, index) => index))
    await database.close()
  })

  test('close waits for what is under way', async () => {
    const database = await openCounters(await createLocation())
    let committed = 0
    const increments = Array.from({ length: 300 }, () => increment(database).then(() => committed++))
    await database.close()
    expect(committed).toBe(300)
    await Promise.all(increments)
  })

  test('the schema is there, and running it again changes nothing', async () => {
    const location = await createLocation()
    for (let time = 0; time < 2; time++) {
      const database = await openDatabase(location)
      expect(await database.query('SELECT name FROM migrations')).toEqual(migrations.map(({ name }) => ({ name })))
      expect(await database.query('SELECT COUNT(*) AS count FROM contacts')).toEqual([{ count: 0 }])
      await database.close()
    }
  })
})

describe.each(eachDatabase.filter(([name]) => name !== 'SQLite in memory'))('%s, kept', (_name, createLocation) => {
  test('data is there when the database is opened again', async () => {
    const location = await createLocation()
    const first = await openCounters(location)
    await increment(first)
    await first.close()
    const second = await openDatabase(location)
    expect(await valuesOf(second)).toEqual({ a: 1 })
    await second.close()
  })

  test('a database that a newer version wrote is refused', async () => {
    const location = await createLocation()
    const newer = await openDatabase(location)
    await newer.query("INSERT INTO migrations (name) VALUES ('999-future')")
    await newer.close()
    await expect(openDatabase(location)).rejects.toThrow(/newer version.*999-future.*Update/)
  })

  test('a database with other tables in the way is refused and stays as it is', async () => {
    const location = await createLocation()
    const other = await openDatabase(location)
    await other.query('DROP TABLE migrations')
    await other.query('DROP TABLE events')
    await other.close()
    await expect(openDatabase(location)).rejects.toThrow(/001-start.*contacts.*already exists.*empty database/)
    await expect(openDatabase(location)).rejects.toThrow(/001-start.*contacts.*already exists.*empty database/)
  })
})

test('several can open and write to one PostgreSQL database at the same time', async () => {
  const location = await createPostgresDatabase(inject('postgresUrl'))
  const databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase(location)))
  const [first] = databases
  await first?.query('CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)')
  await first?.query("INSERT INTO counters VALUES ('a', 0)")
  await Promise.all(databases.flatMap((database) => Array.from({ length: 20 }, () => increment(database))))
  for (const database of databases) {
    expect(await valuesOf(database)).toEqual({ a: 80 })
    await database.close()
  }
})
