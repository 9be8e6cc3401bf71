import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createMinimoClient, type MinimoClient } from '@minimo/client'
import { createSandbox, demoKey, type Listening, type Sandbox } from '@minimo/sandbox'
import { expect, onTestFinished, vi } from 'vitest'
import { readConfig } from '../src/config.ts'
import { createLinks } from '../src/links.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A key of links, under a name. */
export const linkKey = (name: string, byte = 7): string => `${name}:${Buffer.alloc(32, byte).toString('base64')}`

/** A preference centre as a partner runs it, a process, with a sandbox in the place of Minimo. */
export interface Centre {
  url: string
  env: Record<string, string>
  sandbox: Sandbox
  /** Makes links as its `link` command does. */
  links: ReturnType<typeof createLinks>
  /** A client of the sandbox, as another program of the partner has one. */
  minimo: MinimoClient
  /** Good links, and such as are not. */
  makeBadLinks(contact: number): Promise<Record<'preferences' | 'unsubscribe' | 'forged' | 'expired', string>>
  /** Adds a contact to the sandbox, and gives its id. */
  addContact(email: string): Promise<number>
  /** The consent that Minimo has of a contact. */
  consentOf(contact: number): Promise<{ email: boolean | null; whatsapp: boolean | null } | undefined>
  /** Has Minimo be reached no more, or again. */
  cutOff(): Promise<void>
  reconnect(): Promise<void>
  /** Ends the process with a signal, and waits for that; gives its exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>
  start(): Promise<void>
  /** All that it has logged. */
  log(): string
  /** What its `record` command prints. */
  record(): Record<string, unknown>[]
}

/** Starts a centre that ends with the test. */
export async function startCentre(more: Record<string, string> = {}): Promise<Centre> {
  const folder = mkdtempSync(join(tmpdir(), 'preference-centre-'))
  const sandbox = await createSandbox()
  let listening: Listening = await sandbox.listen()
  const port = await freePort()
  const url = `http://localhost:${port}`
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    TZ: 'Europe/Rome',
    MINIMO_API_KEY: demoKey,
    MINIMO_API_URL: listening.url,
    PUBLIC_URL: url,
    PORT: String(port),
    LINK_KEYS: linkKey('new'),
    RECORD_FILE: join(folder, 'record.db'),
    ...more,
  }
  const minimo = createMinimoClient({ apiKey: demoKey, fetch: sandbox.fetch })
  let child: ChildProcess | undefined
  let log = ''
  const centre: Centre = {
    url,
    env,
    sandbox,
    links: createLinks(readConfig(env)),
    minimo,
    async makeBadLinks(contact) {
      const config = readConfig(env)
      const forger = createLinks({
        ...config,
        LINK_KEYS: readConfig({ ...env, LINK_KEYS: linkKey('new', 8) }).LINK_KEYS,
      })
      return {
        preferences: await centre.links.make('preferences', contact),
        unsubscribe: await centre.links.make('unsubscribe', contact),
        forged: await forger.make('preferences', contact),
        expired: await createLinks({ ...config, LINK_DAYS: -1 }).make('preferences', contact),
      }
    },
    addContact: async (email) => (await minimo.contacts.upsert({ email })).id,
    consentOf: async (id) => (await sandbox.contacts({ id }))[0]?.marketing_consent,
    cutOff: () => listening.close(),
    async reconnect() {
      listening = await sandbox.listen({ port: Number(new URL(listening.url).port) })
    },
    async end(signal) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null
      const exited = once(child, 'exit')
      child.kill(signal)
      const [code] = await exited
      return code
    },
    async start() {
      child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      child.stderr?.on('data', (text) => {
        log += text
      })
      const before = log.length
      await vi.waitFor(() => expect(log.slice(before)).toContain('"serving"'), { timeout: 60_000 })
    },
    log: () => log,
    record: () =>
      run(['record'], env)
        .stdout.split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  }
  onTestFinished(async () => {
    await centre.end('SIGKILL')
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })
  await centre.start()
  return centre
}

/** Runs the app with arguments to its end. */
export function run(args: readonly string[], env: Record<string, string>) {
  return spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '', ...env },
  })
}

/** A port of this machine that nobody listens at. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
