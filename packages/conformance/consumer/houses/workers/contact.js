// A Worker of Cloudflare's. One client serves all requests; its key is a secret of the Worker.
import { env } from 'cloudflare:workers'
import { createMinimoClient, isApiError } from '@minimo/client'

const minimo = createMinimoClient({ apiKey: () => env.MINIMO_API_KEY, baseUrl: env.MINIMO_API_URL })

export default {
  async fetch(request) {
    const email = new URL(request.url).searchParams.get('email') ?? ''
    try {
      const { id } = await minimo.contacts.getByEmail(email)
      return Response.json({ id })
    } catch (error) {
      if (!isApiError(error, 404)) throw error
      return Response.json({ message: 'Nobody has this e-mail' }, { status: 404 })
    }
  },
}
