import { expectTypeOf } from 'vitest'
import { type ApiKey, type BasicCredentials, createApiClient, createAuthenticator, writeParameters } from '../core.ts'
import type { OperationTable } from './types.ts'

// Only checked by the compiler, never run.

interface Documented<Schemes, Needs extends string = never> {
  paths: object
  operations: { paint: { parameters: { cookie: { sid: string }; query?: never } } }
  securitySchemes: Schemes
  needs: Needs
}
type TableOf<Types extends { paths: object; operations: object }, Row = unknown> = OperationTable & {
  readonly paint: { readonly server: 'api' } & Row
  readonly '~types'?: Types
}

type Bearer = { type: 'http'; scheme: 'bearer' }
type Basic = { type: 'http'; scheme: 'basic' }
type Header = { type: 'apiKey'; in: 'header'; name: 'X-Key' }

type KeyOf<Schemes> = NonNullable<Parameters<typeof createApiClient<TableOf<Documented<Schemes>>>>[1]['apiKey']>

/** `apiKey` is what the schemes of the table need. */
export function credentials() {
  expectTypeOf<KeyOf<{ token: Bearer }>>().toEqualTypeOf<ApiKey>()
  expectTypeOf<KeyOf<{ token: Bearer; login: Bearer }>>().toEqualTypeOf<ApiKey>()
  expectTypeOf<KeyOf<{ key: Header }>>().toEqualTypeOf<ApiKey>()
  expectTypeOf<KeyOf<{ login: Basic }>>().toEqualTypeOf<
    BasicCredentials | (() => BasicCredentials | Promise<BasicCredentials>)
  >()
  expectTypeOf<KeyOf<{ token: Bearer; key: Header }>>().toEqualTypeOf<{
    readonly token?: ApiKey | undefined
    readonly key?: ApiKey | undefined
  }>()
  expectTypeOf<KeyOf<Record<never, never>>>().toEqualTypeOf<never>()
}

/** What the table needs is demanded. */
export async function needs(
  styled: TableOf<
    Documented<{ token: Bearer }, 'writeParameters'>,
    { readonly styles: { readonly cookie: { readonly sid: object } } }
  >,
  keyed: TableOf<Documented<{ key: Header }, 'authenticate'>, { readonly security: readonly [readonly ['key']] }>,
  open: TableOf<Documented<{ token: Bearer }>, { readonly security: readonly [] }>,
) {
  const baseUrl = 'https://api.example.com'
  const authenticate = createAuthenticator({ key: { type: 'apiKey', in: 'header', name: 'X-Key' } })
  const { call } = createApiClient(styled, { baseUrl, writeParameters })
  createApiClient(keyed, { baseUrl, authenticate, apiKey: 'k' })
  createApiClient(keyed, { baseUrl })
  createApiClient(open, { baseUrl, apiKey: 'k' })
  // @ts-expect-error parameters need their writer
  createApiClient(styled, { baseUrl })
  // @ts-expect-error a key needs what sends it
  createApiClient(keyed, { baseUrl, apiKey: 'k' })
  await call('paint', { cookie: { sid: 's' } })
  // @ts-expect-error a required cookie is demanded
  await call('paint', {})
}
