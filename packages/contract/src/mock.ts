import { fileURLToPath } from 'node:url'
import { createLogger } from '@stoplight/prism-core'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'
import type { Answer, Target } from './target.ts'

/** The bundled spec that `@minimo/api-types` ships. */
export const specFile = fileURLToPath(import.meta.resolve('@minimo/api-types/openapi.yaml'))

/**
 * Starts Prism on a free port of this machine: it answers with the spec's examples and refuses requests that
 * violate the spec. It remembers nothing, and takes any key; `ask` chooses the answer.
 */
export async function startMock(spec: string | object = specFile): Promise<Target> {
  const server = createServer(await getHttpOperationsFromSpec(spec), {
    components: { logger: createLogger('mock', { level: 'silent' }) },
    config: {
      checkSecurity: true,
      errors: false,
      isProxy: false,
      mock: { dynamic: false },
      upstreamProxy: undefined,
      validateRequest: true,
      validateResponse: true,
    },
    cors: false,
  })
  const url = await server.listen(0, '127.0.0.1')
  return { name: 'mock', url, apiKey: 'mn-mock-key', ask: preferAnswer, close: () => server.close() }
}

/** Prism takes the answer to give from the request (RFC 7240's `Prefer`). */
function preferAnswer({ status, example }: Answer): Record<string, string> {
  return { prefer: [`code=${status}`, ...(example ? [`example=${example}`] : [])].join(', ') }
}
