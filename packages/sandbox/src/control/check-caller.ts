import type { SandboxRequest } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'

/** Who may use the control API and its page: requests from this machine, or all. */
export type Audience = 'local' | 'all'

/** What proxies add to a request that they pass on: who sent it, nobody can tell from the connection. */
const proxyHeaders = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto']

/**
 * Throws a `Refusal` with status 403 for who may not use the control API: other machines and proxies unless all may, and
 * always the pages of other sites. A name that was made to lead to this machine is none of its own (`request.local`).
 */
export function checkCaller({ local, headers }: SandboxRequest, allow: Audience): void {
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, headers)) {
    throw new Refusal(
      403,
      'The control API answers no other web pages than its own: send the request without an Origin header',
    )
  }
  if (allow === 'all') return
  const proxied = proxyHeaders.find((name) => headers[name] !== undefined)
  if (proxied !== undefined) {
    const advice = "start the sandbox with the option control: 'all' to let everyone behind the proxy use it"
    throw new Refusal(403, `The control API answers no proxies: ${proxied} says that the caller is another; ${advice}`)
  }
  if (!local) {
    const advice = "start the sandbox with the option control: 'all' to let every machine use it"
    throw new Refusal(403, `The control API answers only requests from the machine that it runs on; ${advice}`)
  }
}

/** Whether a page was loaded from here. The sandbox itself speaks http; a proxy that speaks https for it says so. */
function isOwnOrigin(origin: string, { host, 'x-forwarded-proto': proxied = 'http' }: SandboxRequest['headers']) {
  return host !== undefined && origin === `${/^https\b/i.test(proxied) ? 'https' : 'http'}://${host}`
}
