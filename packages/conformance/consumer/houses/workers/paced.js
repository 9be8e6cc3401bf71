// A Worker whose client keeps to a rate: requests share the limiter, though each has its own timers.
import { env } from 'cloudflare:workers'
import { createMinimoClient, rateLimit } from '@minimo/client'

const minimo = createMinimoClient({
  apiKey: () => env.MINIMO_API_KEY,
  baseUrl: env.MINIMO_API_URL,
  plugins: [rateLimit({ perSecond: 20, burst: 1, concurrency: 1 })],
})

export default { fetch: async () => Response.json(await minimo.customFields.list()) }
