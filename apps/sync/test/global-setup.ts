import type { TestProject } from 'vitest/node'
import { startPostgres } from '../demo/start-postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of a PostgreSQL that all test files share; each makes a database of its own. */
    postgres: string
  }
}

/** Starts the PostgreSQL of the test run. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  provide('postgres', server.url)
  return server.close
}
