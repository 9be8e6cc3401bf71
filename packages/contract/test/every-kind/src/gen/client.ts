// @generated from every-kind.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import { type ClientOptions, type CredentialsOf, createApiClient, createAuthenticator, readAnswer, writeBody, writeForm, writeParameters } from '@minimo/client/core'
import { errorCodes, operations, securitySchemes, servers } from './operations.ts'

/** Options of a client of the API. */
export type Options = Partial<Omit<ClientOptions<keyof typeof servers, CredentialsOf<typeof operations>>, 'authenticate' | 'readAnswer' | 'writeBody' | 'writeForm' | 'writeParameters'>>

/** Makes a typed client of the API. Default base URLs: the servers of its description. Throws for options that cannot work. */
export const createClient = (options: Options = {}) =>
  createApiClient(operations, { baseUrl: servers, errorCodes, ...options, authenticate: createAuthenticator(securitySchemes), readAnswer, writeBody, writeForm, writeParameters })
