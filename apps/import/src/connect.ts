import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMinimoClient, type Pause, rateLimit, waitOut } from '@minimo/client'
import { createUndiciFetch } from '@minimo/client/undici'
import type { Config } from './config.ts'

/** Makes a client that waits as long as it is told to: of the API, or of a sandbox that begins with what `seed` names. */
export async function connect(
  { csv, sandbox, seed, apiKey, rate, concurrency, wait }: Config,
  onPause: (pause: Pause) => void,
) {
  const plugins = [waitOut({ onPause }), ...(rate ? [rateLimit({ perSecond: rate })] : [])]
  const options = { deadline: wait * 60_000, maxRetryAfter: wait * 60_000, plugins }
  if (!sandbox) {
    const { fetch, close } = createUndiciFetch({ connections: concurrency })
    return { minimo: createMinimoClient({ ...options, apiKey, fetch }), journal: `${csv.file}.journal`, close }
  }
  const { createSandbox, demoKey } = await import('@minimo/sandbox')
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  const { fetch, close } = await createSandbox({ database: join(folder, 'sandbox.db') })
  const minimo = createMinimoClient({ ...options, apiKey: demoKey, fetch })
  const { customFields = [], contacts = [] } = seed ? JSON.parse(readFileSync(seed, 'utf8')) : {}
  for (const field of customFields) await minimo.customFields.create(field)
  for (const contact of contacts) await minimo.contacts.upsert(contact)
  /** Ends the sandbox, and what it remembers. */
  const closeAll = () => close().then(() => rmSync(folder, { recursive: true }))
  return { minimo, journal: join(folder, 'journal'), close: closeAll }
}
