// @generated from minimo-g2.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import { type ClientOptions, type CredentialsOf, createApiClient } from '@minimo/client/core'
import { errorCodes, operations, servers } from './operations.ts'

/** Options of a client of the API. */
export type Options = Partial<ClientOptions<keyof typeof servers, CredentialsOf<typeof operations>>>

/** Makes a typed client of the API. Default base URLs: the servers of its description. Throws for options that cannot work. */
export const createClient = (options: Options = {}) =>
  createApiClient(operations, { baseUrl: servers, errorCodes, ...options })
