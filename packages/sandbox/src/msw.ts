import { servers } from '@minimo/api-types'
import { type HttpHandler, HttpResponse, http } from 'msw'
import type { Sandbox } from './create-sandbox.ts'
import { refuse } from './validation/parse-object.ts'

/** Where the API is called. */
export interface HandlersOptions {
  /**
   * What the code under test calls instead of the API's own hosts: one URL, or one for each server of the spec, as
   * `createMinimoClient` takes it. Default: the servers of the spec.
   */
  baseUrl?: string | Readonly<Record<keyof typeof servers, string>>
}

/**
 * Request handlers of MSW that let the sandbox answer whatever is sent to the API's hosts; requests to others are left
 * alone. A fault that breaks the connection reaches the caller as the network error that it would be. Throws where
 * `baseUrl` is none.
 */
export function handlers(sandbox: Pick<Sandbox, 'fetch'>, { baseUrl = servers }: HandlersOptions = {}): HttpHandler[] {
  const bases = typeof baseUrl === 'string' ? [baseUrl] : Object.values(baseUrl)
  return [...new Set(bases)].map((base) => {
    const { origin, pathname } = URL.parse(base) ?? refuse(base, 'baseUrl', 'a URL such as http://localhost:8080')
    const prefix = pathname.replace(/\/$/, '')
    return http.all(`${origin}${prefix}/*`, async ({ request }) => {
      const url = new URL(request.url)
      url.pathname = url.pathname.slice(prefix.length)
      try {
        return await sandbox.fetch(new Request(url, request))
      } catch {
        // MSW answers what a handler throws with a 500.
        return HttpResponse.error()
      }
    })
  })
}
