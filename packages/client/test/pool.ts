import { onTestFinished } from 'vitest'
import { createUndiciFetch } from '../src/undici.ts'

/** A pool for one test, as a client takes it; calls are not repeated. */
export function pool(options?: Parameters<typeof createUndiciFetch>[0]) {
  const { fetch, close } = createUndiciFetch(options)
  onTestFinished(() => close())
  return { fetch, retries: 0 }
}
