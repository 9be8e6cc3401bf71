import { version } from './version.ts'

/** What runtimes tell of themselves, as far as they do. */
interface Runtime {
  process?: { versions?: Record<string, string | undefined> }
  Deno?: { version?: { deno?: string } }
  navigator?: { userAgent?: string }
}

/** This package and the runtime it is on, such as `minimo-client/1.2.3 node/24.1.0`. */
function describeSelf({ process, Deno, navigator }: Runtime): string {
  const { bun, node } = process?.versions ?? {}
  const deno = Deno?.version?.deno
  const runtime = deno ? `deno/${deno}` : bun ? `bun/${bun}` : node ? `node/${node}` : undefined
  const isWorkerd = navigator?.userAgent === 'Cloudflare-Workers'
  return `minimo-client/${version} ${isWorkerd ? 'workerd' : (runtime ?? 'browser')}`
}

/** The headers by which the API can tell which client calls it; a browser sets `User-Agent` itself. */
export function identityHeaders(isBrowser: boolean): Record<string, string> {
  const self = describeSelf(globalThis as Runtime)
  return { 'x-minimo-client': self, ...(isBrowser ? {} : { 'user-agent': self }) }
}
