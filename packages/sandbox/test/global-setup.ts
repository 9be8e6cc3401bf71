import { startPostgres } from 'test-postgres'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  /** What the test files get from here. */
  interface ProvidedContext {
    /** The URL of the PostgreSQL server that all test files share. */
    postgresUrl: string
  }
}

/** Starts one PostgreSQL for all test files; what it returns stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  project.provide('postgresUrl', server.url)
  return () => server.close()
}
