// One client for the whole application. `next build` loads this file without a key: a function is asked for it at
// each call.
import { createMinimoClient } from '@minimo/client'

export const minimo = createMinimoClient({ apiKey: () => process.env.MINIMO_API_KEY ?? '' })
