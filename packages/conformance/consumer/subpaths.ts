// The parts of the client that stand on optional peers.
import { createMinimoClient, type MinimoClient } from '@minimo/client'
import { tracing } from '@minimo/client/tracing'
import { createUndiciFetch } from '@minimo/client/undici'

export function create(): { minimo: MinimoClient; close(): Promise<void> } {
  const { fetch, close } = createUndiciFetch({ connections: 4 })
  return { minimo: createMinimoClient({ apiKey: 'key', plugins: [tracing()], fetch }), close }
}
