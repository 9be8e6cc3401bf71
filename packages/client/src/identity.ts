import { version } from './version.ts'

/** Where runtimes say what they are; Node has `navigator` from version 21 on. */
interface Runtime {
  navigator?: { userAgent?: string }
  process?: { version?: string; versions?: { node?: string }; type?: string }
  Deno?: unknown
}

/**
 * Whether code runs in a real browser, a worker of one, or a window of Electron: where visitors can read what it holds.
 * Simulated ones such as jsdom call themselves browsers too, but run on Node, Bun or Deno.
 */
export function isBrowser({ navigator, process, Deno }: Runtime = globalThis as Runtime): boolean {
  const isServer = process?.versions?.node && process.type !== 'renderer'
  return !isServer && !Deno && claimsBrowser(navigator?.userAgent)
}

const claimsBrowser = (userAgent = '') => userAgent.startsWith('Mozilla/')

/** The headers by which the API can tell which client calls it and from where; a browser sets `User-Agent` itself. */
export function identityHeaders(inBrowser: boolean): Record<string, string> {
  const { navigator, process } = globalThis as Runtime
  const node = process?.version && `Node.js/${process.version.slice(1)}`
  const agent = claimsBrowser(navigator?.userAgent) ? undefined : navigator?.userAgent
  const runtime = inBrowser ? 'browser' : agent || node || 'unknown'
  const self = `minimo-client/${version} ${runtime}`
  return { 'x-minimo-client': self, ...(inBrowser ? {} : { 'user-agent': self }) }
}
