import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMinimoClient, type Pause, rateLimit, waitOut } from '@minimo/client'
import { createUndiciFetch } from '@minimo/client/undici'
import { createSandbox, demoKey } from '@minimo/sandbox'
import type { Config } from './config.ts'

/** Makes a client that waits as long as it is told to: of the API, or of a sandbox that begins with what `seed` names. */
export async function connect(
  { sandbox: isRehearsal, seed, apiKey, rate, concurrency, wait }: Config,
  onPause: (pause: Pause) => void,
) {
  const plugins = [waitOut({ onPause }), rateLimit({ perSecond: rate })]
  const options = { deadline: wait * 60_000, maxRetryAfter: wait * 60_000, plugins }
  if (!isRehearsal) {
    const { fetch, close } = createUndiciFetch({ connections: concurrency })
    return { minimo: createMinimoClient({ ...options, apiKey, fetch }), close }
  }
  const folder = mkdtempSync(join(tmpdir(), 'import-'))
  const sandbox = await createSandbox({ database: join(folder, 'sandbox.db') })
  const minimo = createMinimoClient({ ...options, apiKey: demoKey, fetch: sandbox.fetch })
  const { customFields = [], contacts = [] } = seed ? JSON.parse(readFileSync(seed, 'utf8')) : {}
  for (const field of customFields) await minimo.customFields.create(field)
  for (const contact of contacts) await minimo.contacts.upsert(contact)
  const close = async () => {
    await sandbox.close()
    rmSync(folder, { recursive: true })
  }
  return { minimo, close }
}
