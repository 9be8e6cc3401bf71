import { createMinimoClient } from '@minimo/client'
import { createSandbox, demoKey } from '@minimo/sandbox'

/** A client, and the sandbox that it calls. */
export async function connect() {
  const sandbox = await createSandbox()
  return { minimo: createMinimoClient({ apiKey: demoKey, fetch: sandbox.fetch }), close: () => sandbox.close() }
}
