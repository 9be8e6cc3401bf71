import type { Target } from './target.ts'

/**
 * The real API, where the environment holds a key for it: `MINIMO_CONTRACT_KEY`, and `MINIMO_CONTRACT_URL` for a server
 * other than the spec's. They are not the names that clients read, so that nobody's account is changed by accident.
 */
export function openLive({ MINIMO_CONTRACT_KEY: apiKey, MINIMO_CONTRACT_URL: url } = process.env): Target | undefined {
  if (!apiKey) return undefined
  return { name: 'live', connection: url ? { baseUrl: url } : {}, apiKey, remembers: true, close: async () => {} }
}
