import type { PoolClient } from 'pg'
import { type Query, type Row, type SqlValue, UniqueViolation } from './database.ts'
import { type RunStatement, runWork } from './transaction-query.ts'

/** How many statements are kept prepared per connection, so that texts made on the fly do not fill its memory. */
const maxStatements = 1000

/** Runs a statement on a connection. */
export type Run = (client: PoolClient, sql: string, values: readonly SqlValue[]) => Promise<Row[]>

/** Creates what runs statements, each text prepared once per connection: a quarter faster. */
export function createRun(): Run {
  const names = new Map<string, string>()

  function nameOf(sql: string): string | undefined {
    if (!names.has(sql) && names.size < maxStatements) names.set(sql, `sandbox_${names.size}`)
    return names.get(sql)
  }

  return async (client, sql, values) => {
    const name = nameOf(sql)
    try {
      const { rows } = await client.query<Row>({ text: sql, values: [...values], ...(name !== undefined && { name }) })
      return rows
    } catch (error) {
      const isUnique = error instanceof Error && 'code' in error && error.code === '23505'
      throw isUnique ? new UniqueViolation(error.message) : error
    }
  }
}

/** What a transaction runs on. */
export interface TransactionParts {
  client: PoolClient
  run: Run
  /** Called when all has been sent, COMMIT included. */
  sentAll: () => void
}

/**
 * Runs work in a transaction of as few round trips as work awaits: BEGIN goes out with the first statement, and COMMIT
 * with the last ones. Where one of those fails, COMMIT undoes all, and this throws what it failed of.
 */
export async function runTransaction<T>(
  { client, run, sentAll }: TransactionParts,
  work: (query: Query) => Promise<T>,
): Promise<T> {
  const underWay = new Set<Promise<unknown>>()

  /** Keeps a statement until it is answered, for good where it has failed. */
  function keep<A>(answer: Promise<A>): Promise<A> {
    underWay.add(answer)
    answer.then(
      () => underWay.delete(answer),
      () => {},
    )
    return answer
  }

  const begun = keep(sendTogether(client, () => client.query('BEGIN')))
  const send: RunStatement = (sql, values) => {
    const sendNow = () => sendTogether(client, () => run(client, sql, values))
    // Were BEGIN refused, what went out with it would be committed alone: only what reads may, and the rest comes after.
    const isFree = !underWay.has(begun) || (underWay.size === 1 && sql.startsWith('SELECT'))
    return keep(isFree ? sendNow() : begun.then(sendNow))
  }

  const value = await runWork(send, work).catch(async (error: unknown) => {
    // What has waited for BEGIN goes out first.
    await begun.catch(() => {})
    await client.query('ROLLBACK').catch(() => {})
    throw error
  })
  await begun
  const committed = sendTogether(client, () => client.query('COMMIT'))
  sentAll()
  await Promise.all([...underWay, committed])
  return value
}

/** What is sent until the end of this turn of the event loop goes out in one write: most of what a statement costs. */
function sendTogether<T>({ connection: { stream } }: PoolClient, send: () => T): T {
  if (stream.writableCorked === 0) {
    stream.cork()
    process.nextTick(() => stream.uncork())
  }
  return send()
}
