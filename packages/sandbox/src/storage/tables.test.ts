import { describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import type { Dialect } from './database.ts'
import { openDatabase } from './open-database.ts'
import { type ColumnType, columnsOf, tableNames } from './tables.ts'

/** The columns of the schema: whether they take NULL, and whether the database numbers them. */
const readColumns: Record<Dialect['name'], string> = {
  sqlite: `SELECT m.name AS "table", c.name, c.type, c."notnull" = 0 AND c.pk = 0 AS nullable, c.pk = 1 AS numbered
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid`,
  postgres: `SELECT table_name AS "table", column_name AS name, UPPER(data_type) AS type, is_nullable = 'YES' AS nullable,
    is_identity = 'YES' AS numbered FROM information_schema.columns
    WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position`,
}

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('the tables and columns are those that the migrations have made', async () => {
    const database = await openDatabase(await createLocation())
    onTestFinished(() => database.close())
    const rows = await database.query(readColumns[database.dialect.name])
    const found = rows
      .filter(({ table }) => table !== 'migrations')
      .map(({ type, ...row }) => ({ ...row, type: type === 'INTEGER' ? 'BIGINT' : type }))
    const known = tableNames
      .toSorted()
      .flatMap((table) => columnsOf(table).map(([name, type]) => ({ table, name, ...describeType(type) })))
    expect(found).toEqual(known)
  })
})

function describeType(type: ColumnType) {
  return {
    type: /^(serial|integer)/.test(type) ? 'BIGINT' : 'TEXT',
    nullable: Number(type.endsWith('?')),
    numbered: Number(type === 'serial'),
  }
}
