import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'

/** A running Prism. */
export interface Prism {
  /** Base URL for all of the spec's servers. */
  url: string
  /** Stops it and frees its port. */
  close(): Promise<void>
}

/**
 * Starts Prism on a free port of this machine. Without `upstream` it mocks the spec; with it, it passes requests on
 * as they are and turns each answer that violates the spec into a 500 that names the violation.
 */
export async function startPrism(spec: string | object, upstream?: string): Promise<Prism> {
  const shared = { mock: { dynamic: false }, upstreamProxy: undefined, validateResponse: true }
  const config = upstream
    ? { ...shared, isProxy: true as const, upstream: new URL(upstream), ...passOn }
    : { ...shared, isProxy: false as const, checkSecurity: true, validateRequest: true, errors: false }
  const server = createServer(await getHttpOperationsFromSpec(spec), {
    components: { logger: createLogger('prism', { level: 'silent' }) },
    config,
    cors: false,
  })
  return { url: await server.listen(0, '127.0.0.1'), close: () => server.close() }
}

/** What is wrong with a request is for the server behind the proxy to find. */
const passOn = { checkSecurity: false, validateRequest: false, errors: true }
