import { version } from './version.ts'

/** Where runtimes say what they are; Node has `navigator` from version 21 on. */
interface Runtime {
  navigator?: { userAgent?: string }
  process?: { version?: string }
}

/** The headers by which the API can tell which client calls it and from where; a browser sets `User-Agent` itself. */
export function identityHeaders(isBrowser: boolean): Record<string, string> {
  const { navigator, process } = globalThis as Runtime
  const node = process?.version && `Node.js/${process.version.slice(1)}`
  const runtime = isBrowser ? 'browser' : navigator?.userAgent || node || 'unknown'
  const self = `minimo-client/${version} ${runtime}`
  return { 'x-minimo-client': self, ...(isBrowser ? {} : { 'user-agent': self }) }
}
