import { type CallOptions, isRateLimitError } from '@minimo/client/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeContract } from '../../src/describe-contract.ts'
import { startMock } from '../../src/mock.ts'
import { describeRequests } from '../../src/requests/describe-requests.ts'
import { cases, casesFolder, specFile, violations } from './cases.ts'
import { createClient, securitySchemes } from './src/gen/index.ts'
import { schemas } from './src/gen/schemas.ts'

describeRequests({ specFile, schemas, securitySchemes, createClient })

describeContract({
  specFile,
  schemas,
  cases,
  casesFolder,
  violations,
  targets: [['mock', () => startMock(specFile)]],
  connect: ({ connection }, apiKey) => createClient({ ...connection, apiKey, retries: 0 }),
})

type Send = (options: CallOptions) => Promise<unknown>

describe('a client of the legacy API', () => {
  let mock: Awaited<ReturnType<typeof startMock>>
  let legacy: ReturnType<typeof createClient>
  beforeAll(async () => {
    mock = await startMock(specFile)
    legacy = createClient({ baseUrl: mock.url, apiKey: mock.apiKey, retries: 0 })
  })
  afterAll(() => mock.close())

  const stats = (status: number) => ({ params: { path: { id: 7 } }, headers: { prefer: `code=${status}` } })

  it('gives bodies as they came through raw, of a success and of a failure', async () => {
    const fields = await legacy.raw.GET('/v1/custom-fields')
    expect(fields.data?.data[1]).toMatchObject({ display_name: 'Birthday', category: null })
    const found = await legacy.raw.GET('/api/templates/email/{id}/stats', stats(200))
    expect(found.data).toMatchObject({ openRate: '85%', clickRate: null })
    const missing = await legacy.raw.GET('/api/templates/email/{id}/stats', stats(404))
    expect([missing.response.status, missing.error]).toEqual([404, { message: 'Template not found' }])
  })

  const field = { body: { key: 'NICKNAME', display_name: 'Nickname', type: 'text' } } as const
  const email = { body: { uid: 'nothing', recipient: 'anna@example.com' } }
  const createField: Send = (options) => legacy.call('createCustomField', field, options)
  const sendEmail: Send = (options) => legacy.call('sendEmailTemplate', email, options)
  const getStats: Send = (options) => legacy.call('getTransactionalStats', { path: { id: 7 } }, options)

  it.each<[form: string, send: Send, status: number, code: string, message: string]>([
    ['{ error: { code, message } }', createField, 409, 'duplicate_resource', 'A custom field with this key exists.'],
    ['{ code, message }', sendEmail, 422, 'template_not_found', 'No template has this uid.'],
    ['{ message }', getStats, 404, 'not_found', 'Template not found'],
    ['{ error: "text" }', getStats, 429, 'rate_limit_exceeded', 'Too many requests'],
  ])('reads an error of the form %s', async (_, send, status, code, message) => {
    const error = await send({ headers: { prefer: `code=${status}` } }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ status, code, message: expect.stringMatching(`: ${status} ${code}: ${message}$`) })
    expect(isRateLimitError(error)).toBe(status === 429)
    expect(error).toHaveProperty('details', send === createField ? { key: 'NICKNAME' } : undefined)
  })

  it('sends each call to the host that the spec names', async () => {
    const urls: string[] = []
    const fetch = async (url: string) => {
      urls.push(url)
      return Response.json({ data: [] })
    }
    const { call } = createClient({ fetch })
    await call('listCustomFields')
    await call('getTransactionalStats', { path: { id: 7 } })
    expect(urls).toEqual([
      'https://api.minimo.it/v1/custom-fields',
      'https://app.minimo.it/api/templates/email/7/stats',
    ])
  })
})
