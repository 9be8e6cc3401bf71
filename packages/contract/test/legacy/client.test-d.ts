import { expectTypeOf } from 'vitest'
import { type components, createClient } from './src/gen/index.ts'

// Only checked by the compiler, never run.

/** Of the legacy API, what cannot work does not compile: above all, what only today's API takes. */
export async function mistakes({ call, raw }: ReturnType<typeof createClient>) {
  // @ts-expect-error the label was display_name
  call('createCustomField', { body: { key: 'PLAN', displayName: 'Plan', type: 'text' } })
  // @ts-expect-error there was no consent
  call('upsertContact', { body: { email: 'a@b.it', marketingConsent: { email: true } } })
  // @ts-expect-error contacts were found by email alone
  call('upsertContact', { body: { phone: '+391' } })
  // @ts-expect-error templates were named by uid
  call('sendEmailTemplate', { body: { templateId: 'tmpl_42', recipient: 'a@b.it' } })
  // @ts-expect-error an id is a number
  call('getTransactionalStats', { path: { id: 'tmpl_42' } })
  // @ts-expect-error no such operation yet
  call('updateContactById', { path: { id: 42 }, body: {} })
  // @ts-expect-error no such path yet
  raw.GET('/public/v1/custom-fields')
  // @ts-expect-error no such server
  createClient({ baseUrl: { apis: 'https://api.example.com', app: 'https://app.example.com' } })
}

/** Of the legacy API, what is right compiles, and gives the types of its own spec. */
export async function uses({ call, raw }: ReturnType<typeof createClient>) {
  const { data: written } = await call('upsertContact', { body: { email: 'a@b.it', tags: ['vip'] } })
  expectTypeOf(written).toEqualTypeOf<{ contactId: string }[]>()
  const { data: fields } = await call('listCustomFields')
  expectTypeOf(fields).toEqualTypeOf<components['schemas']['CustomField'][]>()
  expectTypeOf(fields[0]?.category).toEqualTypeOf<string | null | undefined>()
  const { data: totals } = await call('getTransactionalStats', { path: { id: 7 } })
  expectTypeOf(totals.totalMessagesSent).toBeNumber()
  const { data, error } = await raw.POST('/api/transactionals', { body: { uid: '6f1c', recipient: 'a@b.it' } })
  expectTypeOf(data?.status).toEqualTypeOf<number | undefined>()
  expectTypeOf(error).toEqualTypeOf<
    components['schemas']['TextError'] | components['schemas']['FlatError'] | undefined
  >()
}
