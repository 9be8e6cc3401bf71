import { join } from 'node:path'
import { createPostgresDatabase } from 'test-postgres'
import { connectLightly, type LightConnection } from './light-client.ts'
import { formatNumber, formatTable, interleave, median } from './measure.ts'
import { type RunningServer, startServer } from './start-server.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

const inFlight = 16
const contacts = 1000
const millisecondsPerRound = 1000
const prism = 'Prism, mock of the same spec'
const bare = 'bare node:http'

/** Something that answers PUTs: one process, or several that share a database. */
interface Answering {
  name: string
  urls: readonly string[]
  /** How many contacts are changed, one after the other. */
  contacts: number
  /** How many PUTs it has answered. */
  answered: number
}

/**
 * PUTs a second over loopback, keep-alive, 16 in flight, every server in a process of its own. Each PUT changes custom
 * fields of one of 1,000 contacts, or of always the same. The sandbox checks it against the spec and commits it with its
 * event; Prism checks it and remembers nothing; `node:http` only parses the JSON.
 */
export function benchSandboxThroughput(rounds: number): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const servers: RunningServer[] = []
    const start = async (...args: Parameters<typeof startServer>) => {
      const server = await startServer(...args)
      servers.unshift(server)
      return server
    }
    const answering = async (name: string, ...args: Parameters<typeof startServer>) => {
      const { url } = await start(...args)
      return { name, urls: [url], contacts, answered: 0 }
    }
    const sandbox = (name: string, database: string) =>
      answering(`sandbox, ${name}`, 'sandbox-server.ts', [database, `${contacts}`])
    try {
      const postgres = await start('postgres-server.ts')
      const onPostgres = async (name: string) => sandbox(name, await createPostgresDatabase(postgres.url))
      const replicas = async (count: number) => {
        const database = await createPostgresDatabase(postgres.url)
        const all = await Promise.all(Array.from({ length: count }, () => start('sandbox-server.ts', [database, '0'])))
        const first = await sandbox(`PostgreSQL, ${count + 1} replicas`, database)
        return { ...first, urls: [...first.urls, ...all.map(({ url }) => url)] }
      }
      const sandboxes = [
        await sandbox('SQLite in memory', ':memory:'),
        await sandbox('SQLite file', join(folder, 'sandbox.db')),
        await onPostgres('PostgreSQL'),
        { ...(await onPostgres('PostgreSQL, one contact')), contacts: 1 },
        await replicas(2),
      ]
      const all = [...sandboxes, await answering(prism, 'prism-server.ts'), await answering(bare)]
      const table = await compare(all, rounds)
      for (const sandbox of sandboxes) await checkChanges(sandbox)
      return table
    } finally {
      // The database last.
      for (const server of servers) await server.close()
    }
  })
}

async function compare(all: readonly Answering[], rounds: number): Promise<string> {
  const subjects = all.map((one) => ({ name: one.name, run: () => measureRate(one) }))
  await interleave(subjects, 2)
  const results = await interleave(subjects, rounds)
  const rate = (name: string) => median(results.get(name) ?? [])
  const rows = all.map(({ name }) => {
    const [toPrism, toBare] = [rate(name) / rate(prism), rate(name) / rate(bare)]
    return [name, formatNumber(rate(name)), toPrism.toFixed(1), `${(toBare * 100).toFixed(0)} %`]
  })
  return formatTable(['server', 'PUTs/s', 'ratio to Prism', 'share of node:http'], rows)
}

async function measureRate(one: Answering): Promise<number> {
  // Anew each round: servers soon close a connection that rests.
  const connections = await Promise.all(Array.from({ length: inFlight }, (_, index) => connect(one, index)))
  const [start, before] = [performance.now(), one.answered]
  const worker = async (connection: LightConnection) => {
    while (performance.now() < start + millisecondsPerRound) await put(connection, one)
  }
  await Promise.all(connections.map(worker))
  const rate = ((one.answered - before) * 1000) / (performance.now() - start)
  for (const connection of connections) connection.close()
  return rate
}

const connect = ({ urls }: Answering, index = 0) => connectLightly(urls[index % urls.length] ?? '', 'mn-sandbox-demo')

/** Sets a field of one of the contacts to a value it never had. */
async function put(connection: LightConnection, one: Answering): Promise<void> {
  const count = ++one.answered
  const change = { customFields: { plan: 'pro', address: { city: 'Milano' }, visits: count } }
  const path = `/public/v1/contacts/${1 + (count % one.contacts)}`
  const { status, body } = await connection.send('PUT', path, JSON.stringify(change))
  if (status !== 200) throw new Error(`${one.name} answers ${status}: ${body}`)
}

/** Throws unless every PUT has changed its contact: each change is one event. */
async function checkChanges(sandbox: Answering): Promise<void> {
  const connection = await connect(sandbox)
  const { body } = await connection.send('GET', '/_sandbox/health', '')
  connection.close()
  const { events } = JSON.parse(body) as { events: number }
  if (events === sandbox.answered) return
  throw new Error(`${sandbox.name} has answered ${sandbox.answered} PUTs, but recorded ${events} changes`)
}
