import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMinimoClient, type MinimoClient, type Pause, rateLimit, waitOut } from '@minimo/client'
import { createUndiciFetch } from '@minimo/client/undici'
import type { Config } from './config.ts'

/** What an import sends to, and the file that remembers what it took. */
export interface Connection {
  minimo: MinimoClient
  journal: string
  /** Ends it once no call is under way; a sandbox and its journal are gone then. */
  close: () => Promise<void>
}

/** Connects to the API, or to a sandbox that begins with what `seed` names; `onPause` is told when calls have to wait. */
export async function connect(config: Config, onPause: (pause: Pause) => void): Promise<Connection> {
  const { file, seed, apiKey, rate, concurrency, wait } = config
  const plugins = [waitOut({ onPause }), ...(rate ? [rateLimit({ perSecond: rate })] : [])]
  const options = { deadline: wait * 60_000, maxRetryAfter: wait * 60_000, plugins }
  if (!config.sandbox) {
    const { fetch, close } = createUndiciFetch({ connections: concurrency })
    return { minimo: createMinimoClient({ ...options, apiKey, fetch }), journal: `${file}.journal`, close }
  }
  const { createSandbox, demoKey } = await import('@minimo/sandbox')
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  const sandbox = await createSandbox({ database: join(folder, 'sandbox.db') })
  const close = () => sandbox.close().then(() => rmSync(folder, { recursive: true }))
  const minimo = createMinimoClient({ ...options, apiKey: demoKey, fetch: sandbox.fetch })
  try {
    const { customFields = [], contacts = [] } = seed ? JSON.parse(readFileSync(seed, 'utf8')) : {}
    for (const field of customFields) await minimo.customFields.create(field)
    for (const contact of contacts) await minimo.contacts.upsert(contact)
  } catch (error) {
    await close()
    throw new Error(`${seed}: expected { "customFields": […], "contacts": […] }; found what leads to: ${error}`)
  }
  return { minimo, journal: join(folder, 'journal'), close }
}
