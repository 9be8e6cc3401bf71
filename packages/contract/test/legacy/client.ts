import { fileURLToPath } from 'node:url'
import { type ClientOptions, createApiClient } from '@minimo/client/core'
import { errorCodes, operations, servers } from './src/gen/minimo-g2.ts'

/** The bundled spec of the legacy API. */
export const specFile = fileURLToPath(new URL('src/gen/minimo-g2/openapi.yaml', import.meta.url))

/** A typed client of the legacy API. Default servers: those of its spec. */
export const createLegacyClient = (options: Partial<ClientOptions<keyof typeof servers>>) =>
  createApiClient(operations, { baseUrl: servers, errorCodes, ...options })
