import type { Database, Dialect, Query } from './database.ts'

/** A step that brings the schema one version further. */
export interface Migration {
  /** Unique; recorded in the database when it has run. */
  name: string
  /** Its statements, in order. */
  statements: (dialect: Dialect) => readonly string[]
}

/**
 * Runs the steps that have not run yet, all in one transaction. `lock` is the statement that makes others who migrate
 * the same database wait; SQLite needs none. Throws, and changes nothing, where a newer version has added steps that
 * this one does not know, or where other tables are in the way.
 */
export async function migrate(database: Database, migrations: readonly Migration[], lock?: string): Promise<void> {
  await database.transaction(async (query) => {
    if (lock !== undefined) await query(lock)
    await query('CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)')
    const done = new Set((await query<{ name: string }>('SELECT name FROM migrations')).map(({ name }) => name))
    const unknown = [...done].filter((name) => !migrations.some((migration) => migration.name === name))
    if (unknown.length > 0) {
      throw new Error(
        `The database was written by a newer version of the sandbox: this one does not know its migration ${unknown.join(', ')}. Update @minimo/sandbox or use another database`,
      )
    }
    for (const migration of migrations) {
      if (!done.has(migration.name)) await runMigration(query, migration, database.dialect)
    }
  })
}

async function runMigration(query: Query, { name, statements }: Migration, dialect: Dialect): Promise<void> {
  try {
    for (const statement of statements(dialect)) await query(statement)
    await query('INSERT INTO migrations (name) VALUES ($1)', [name])
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `The database could not be brought up to date and is unchanged: migration ${name} failed (${reason}). Where tables of something else are in the way, use an empty database`,
      { cause: error },
    )
  }
}
