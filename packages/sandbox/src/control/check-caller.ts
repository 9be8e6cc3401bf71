import type { SandboxRequest } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'

/** What proxies add to a request that they pass on: who sent it, nobody can tell from the connection. */
const proxyHeaders = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto']

/** Throws a `Refusal` with status 403 for who may not use the control API: who does not come from this machine, or all. */
export function checkCaller({ local, headers }: SandboxRequest, allow: 'local' | 'all'): void {
  if (headers.origin !== undefined) {
    throw new Refusal(403, 'The control API answers no web pages: send the request without an Origin header')
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
