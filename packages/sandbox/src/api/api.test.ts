import { type OperationId, operations } from '@minimo/api-types'
import { type OperationSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'
import { createFaults } from '../faults/create-faults.ts'
import type { FaultRule } from '../faults/fault.ts'
import type { SandboxKey } from '../handlers/authenticate.ts'
import { createDocumentedApi, type DocumentedApiOptions } from '../handlers/documented-api.ts'
import { createRateLimiter } from '../rate-limit/create-rate-limiter.ts'

const key = 'mn-test-secret'
const authorization = `Bearer ${key}`
const type = 'application/json'

/** What a handler of the builder below was called with. */
interface Call {
  operation: string
  company: number
  input: { path: unknown; query: unknown; header: unknown; body: unknown }
}

interface Setup {
  keys?: SandboxKey[]
  rules?: FaultRule[]
  closing?: AbortController
  strict?: boolean
  /** Takes the place of the spec's first example of success. */
  act?: () => never
}

/** An API whose handlers answer with the spec's first example of success. */
function createTestApi({
  keys = [{ key }],
  rules = [],
  closing = new AbortController(),
  strict = false,
  act,
}: Setup = {}) {
  const calls: Call[] = []
  const errors: unknown[] = []
  const answers = (operation: string, { responses }: OperationSchema) => {
    return async (input: Call['input'], { company }: { company: number }) => {
      calls.push({ operation, company, input })
      act?.()
      const [status = ''] = Object.keys(responses)
      const [body] = Object.values(responses[status]?.[type]?.examples ?? {})
      return { status: Number(status), body }
    }
  }
  const handlers = Object.fromEntries(Object.entries(schemas.operations).map(([id, spec]) => [id, answers(id, spec)]))
  // Sound: the handlers answer with the spec's examples, and use nothing of the context but the company.
  const stubs: unknown = { handlers, context: {} }
  const made = stubs as Pick<DocumentedApiOptions, 'handlers' | 'context'>
  const { signal } = closing
  const onError = (error: unknown) => errors.push(error)
  let requests = 0
  const createRequestId = () => `req_${++requests}`
  const limiter = createRateLimiter(undefined, Date.now)
  const given = { keys, faults: createFaults(rules), limiter, closing: signal, strict, createRequestId, onError }
  const handle = createDocumentedApi({ ...made, ...given })
  const send = async (request: Partial<SandboxRequest>): Promise<Answer> => {
    const response = await handle({ ...defaults, ...request })
    return { ...response, json: typeof response.body === 'string' ? JSON.parse(response.body) : undefined }
  }
  return { send, handle, calls, errors }
}

type Answer = SandboxResponse & {
  json: { message?: string; error?: { code: string; message: string; details: unknown } }
}

const defaults: SandboxRequest = {
  method: 'GET',
  path: '/public/v1/custom-fields',
  query: '',
  headers: { authorization },
  body: new Uint8Array(),
  local: true,
  signal: () => new AbortController().signal,
}

// Sound: the table has no keys but the operations' ids.
const rows = Object.entries(operations) as [OperationId, { method: string; path: string }][]

const withBody = (method: string, path: string, body: unknown): Partial<SandboxRequest> => ({
  method,
  path,
  headers: { authorization, 'content-type': type },
  body: typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
})

const update = (body: unknown) => withBody('PUT', '/public/v1/contacts/42', body)
const upsert = (body: unknown) => withBody('POST', '/public/v1/contacts', body)
const sendEmail = (body: unknown) => withBody('POST', '/public/v1/emails', body)

it('a valid request reaches its handler decoded and typed, for the company of its key', async () => {
  const { send, calls } = createTestApi({ keys: [{ key: 'mn-other-key' }, { key, company: 7 }] })
  const answer = await send(update({ email: 'anna@example.com' }))
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': type }, json: { id: 42 } })
  expect(calls).toEqual([
    {
      operation: 'updateContactById',
      company: 7,
      input: { path: { id: 42 }, query: {}, header: {}, body: { email: 'anna@example.com' } },
    },
  ])
})

it('a 204 has no body and no content type', async () => {
  const { send } = createTestApi()
  const { status, body, headers } = await send({ method: 'DELETE', path: '/public/v1/contacts/42' })
  expect({ status, body, type: headers['content-type'] }).toEqual({ status: 204, body: undefined, type: undefined })
})

it('every answer has a request id of its own', async () => {
  const { send } = createTestApi()
  const answers = await Promise.all([send({}), send({ path: '/' }), send({ headers: {} })])
  const ids = answers.map(({ headers }) => headers['x-request-id'])
  expect(new Set(ids)).toEqual(new Set(['req_1', 'req_2', 'req_3']))
})

it.each([
  [undefined, 'found no such header'],
  ['', 'found no such header'],
  [key, 'found a key without `Bearer` before it'],
  ['Basic bW46eA==', 'found another scheme'],
  ['Bearer', 'found no single key'],
  ['Bearer a b', 'found no single key'],
  ['Bearer secret-of-mine', 'found a key of another form'],
  ['Bearer mn-test-secreT', 'is none of this sandbox'],
  [`${authorization}, ${authorization}`, 'found no single key'],
])('the authorization %j is a 401 that says why', async (presented, why) => {
  const { send, calls } = createTestApi()
  const { status, json, body } = await send({ headers: { authorization: presented } })
  expect({ status, code: json.error?.code }).toEqual({ status: 401, code: 'unauthorized' })
  expect(json.error?.message).toContain(why)
  expect(body).not.toMatch(/secret-of-mine|secreT|bW46/)
  expect(calls).toEqual([])
})

it('the scheme is read in any case', async () => {
  const { send } = createTestApi()
  expect(await send({ headers: { authorization: `bEARER  ${key}` } })).toMatchObject({ status: 200 })
})

it('without a key nothing is told of what else is wrong', async () => {
  const { send } = createTestApi()
  const broken = { ...update('{'), headers: {}, path: '/public/v1/contacts/x' }
  expect(await send(broken)).toMatchObject({ status: 401 })
})

it('a key without the permission that an operation needs is a 403 that names it', async () => {
  const { send } = createTestApi({ keys: [{ key, permissions: [] }] })
  const answer = await send(sendEmail({}))
  expect(answer).toMatchObject({ status: 403, json: { error: { code: 'forbidden' } } })
  expect(answer.json.error?.message).toContain('TRANSACTIONAL')
  expect(await send({})).toMatchObject({ status: 200 })
})

it.each(['x', '1.5', '1e3', '9007199254740993', '0x1', '%20', '%zz', '%ff', '%00'])(
  'the id %j is a 404 that says what an id is',
  async (id) => {
    const { send, calls } = createTestApi()
    const { status, json } = await send({ ...update({}), path: `/public/v1/contacts/${id}` })
    expect({ status, keys: Object.keys(json) }).toEqual({ status: 404, keys: ['message'] })
    expect(json.message).toMatch(/^Contact not found \(id: expected /)
    expect(calls).toEqual([])
  },
)

it('a wrong path parameter is a 400 where that is documented', async () => {
  const { send } = createTestApi()
  const answer = await send({ path: '/public/v1/contacts/by-email/anna' })
  expect(answer).toMatchObject({ status: 400, json: { error: { code: 'bad_request' } } })
  expect(answer.json.error?.message).toBe('email: expected email, found other text')
})

it.each(['groupBy=x', 'groupBy=', 'groupBy', 'groupBy=category&groupBy=category', 'groupBy=%00'])(
  'the query %j is refused with its own code',
  async (query) => {
    const { send } = createTestApi()
    const answer = await send({ query })
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'invalid_group_by' } } })
    expect(answer.json.error?.message).toMatch(/^groupBy: expected /)
  },
)

it('query parameters are decoded, and those that are not known are left out', async () => {
  const { send, calls } = createTestApi()
  await send({ query: 'x=%zz&group%42y=cat%65gory&x=2' })
  expect(calls[0]?.input.query).toEqual({ groupBy: 'category' })
})

it.each([
  ['no JSON', update('{"email":'), 422, 'expected JSON'],
  ['no JSON, where 400 is documented', sendEmail('nonsense'), 400, 'expected JSON'],
  ['no body', update(''), 422, 'found no body'],
  ['no UTF-8', update(Uint8Array.of(0x22, 0xff, 0x22)), 422, 'expected UTF-8'],
  ['too large', { ...update({}), body: 'too-large' }, 422, 'expected at most 1048576 bytes'],
  ['no type', { ...update({}), headers: { authorization } }, 422, 'found none'],
  ['another type', { ...update({}), headers: { authorization, 'content-type': 'text/plain' } }, 422, 'found another'],
  ['65 levels', update(`{"customFields":${'['.repeat(64)}${']'.repeat(64)}}`), 422, 'expected at most 64 levels'],
  ['a million levels', update('['.repeat(500_000) + ']'.repeat(500_000)), 422, 'expected at most 64 levels'],
] as const)('a body that cannot be read is refused: %s', async (_, request, status, why) => {
  const { send, calls } = createTestApi()
  const answer = await send(request)
  expect(answer.status).toBe(status)
  const text = status === 400 ? (answer.json as { error: unknown }).error : answer.json.error?.message
  expect(text).toMatch(/^body: /)
  expect(text).toContain(why)
  expect(calls).toEqual([])
})

it('64 levels of nesting and a charset are accepted', async () => {
  const { send } = createTestApi()
  const request = update(`{"customFields":{"a":${'['.repeat(62)}${']'.repeat(62)}}}`)
  const headers = { authorization, 'content-type': 'Application/JSON ; charset=utf-8' }
  expect(await send({ ...request, headers })).toMatchObject({ status: 200 })
})

it.each([
  ['{"customFields":{"__proto__":{"a":1}}}', 'customFields.__proto__'],
  ['{"customFields":{"a":[{"constructor":1}]}}', 'customFields.a.0.constructor'],
  ['{"prototype":1}', 'prototype'],
  ['{"customFields":{"a":"\\ud800"}}', 'customFields.a'],
  ['{"customFields":{"\\udc00":1}}', 'customFields.\ufffd'],
  ['{"customFields":{"a":"b\\u0000"}}', 'customFields.a'],
  ['{"customFields":{"a\\u0000":1}}', 'customFields.a\0'],
  ['{"customFields":{"a":1e400}}', 'customFields.a'],
  ['{"customFields":{"a":9007199254740993}}', 'customFields.a'],
  ['"\\ud800"', 'body'],
])('%s is refused and named', async (body, field) => {
  const { send, calls } = createTestApi()
  const answer = await send(update(body))
  expect(answer).toMatchObject({ status: 422, json: { error: { code: 'validation_error', details: [{ field }] } } })
  expect(calls).toEqual([])
})

it.each([
  [update({ marketingConsent: { email: 'yes' } }), 'marketingConsent.email: expected boolean, found string'],
  [update([]), 'body: expected object, found array'],
  [update('null'), 'body: expected object, found null'],
  [update({ email: 'anna' }), 'email: expected email, found other text'],
  [sendEmail({ to: 'a@b.it', subject: 's' }), 'html: expected a value, found nothing'],
  [
    withBody('POST', '/public/v1/custom-fields', { key: 'K', displayName: 'K', type: 5 }),
    'type: expected string, found number',
  ],
  [
    withBody('POST', '/public/v1/custom-fields', { key: 'K', displayName: 'K', type: 'json', options: ['a', 1] }),
    'options.1: expected string, found number',
  ],
])('what the schema refuses is named: %#', async (request, message) => {
  const { send } = createTestApi()
  expect(await send(request)).toMatchObject({ status: 422, json: { error: { code: 'validation_error', message } } })
})

it('up to ten problems are listed, each field once, and no value is repeated', async () => {
  const { send } = createTestApi()
  const options = Array.from({ length: 30 }, (_, index) => ({ secret: index }))
  const { json, body } = await send(
    withBody('POST', '/public/v1/custom-fields', { key: 'K', options, type: 'private' }),
  )
  expect(json.error?.message).toBe('displayName: expected a value, found nothing (and 31 more)')
  expect(json.error?.details).toHaveLength(10)
  expect(body).not.toMatch(/secret|private/)
})

it('an upsert with neither email nor phone says so once', async () => {
  const { send } = createTestApi()
  const message = 'expected email or phone, found none of them'
  const { json } = await send(upsert({ customFields: {} }))
  expect(json).toEqual({
    error: { code: 'validation_error', message: `body: ${message}`, details: [{ field: 'body', message }] },
  })
})

it.each([{ phone: '0039' }, { email: 'a@b.it', phone: '0039' }, { phone: 39 }])(
  'a bad phone is told as such, once: %j',
  async (body) => {
    const { send } = createTestApi()
    const { json } = await send(upsert(body))
    expect(json.error).toMatchObject({ code: 'invalid_phone_number', details: [{ field: 'phone' }] })
    expect(json.error?.details).toHaveLength(1)
  },
)

it('both problems of an upsert are told: nothing to match by, and a wrong consent', async () => {
  const { send } = createTestApi()
  const { json } = await send(upsert({ marketingConsent: { email: 1 } }))
  expect(json.error?.details).toMatchObject([{ field: 'body' }, { field: 'marketingConsent.email' }])
})

it('a refusal of the handler takes the documented shape', async () => {
  const act = () => {
    throw new Refusal(404, 'Contact not found')
  }
  const { send } = createTestApi({ act })
  expect((await send(update({}))).json).toEqual({ message: 'Contact not found' })
  const byEmail = await send({ path: '/public/v1/contacts/by-email/a%40b.it' })
  expect(byEmail.json).toEqual({ error: { code: 'not_found', message: 'Contact not found' } })
})

it('an error that is no refusal is a 500 that tells nothing of it, and is heard of', async () => {
  const error = new Error('secret')
  const act = () => {
    throw error
  }
  const { send, errors } = createTestApi({ act })
  const answer = await send({})
  expect(answer).toMatchObject({ status: 500, json: { error: { code: 'internal_error' } } })
  expect(answer.body).not.toContain('secret')
  expect(errors).toEqual([error])
})

it('a fault asked for in the header befalls calls without a key too, in place of the rules', async () => {
  const { send } = createTestApi({ rules: [{ fault: { status: 429 }, nth: 1 }] })
  expect(await send({ headers: { 'sandbox-fault': 'status=401' } })).toMatchObject({ status: 401 })
  expect(await send({ headers: { 'sandbox-fault': 'connection=reset' } })).toMatchObject({ damage: 'reset' })
  expect(await send({})).toMatchObject({ status: 429, headers: { 'x-request-id': expect.any(String) } })
  expect(await send({})).toMatchObject({ status: 200 })
})

it('a fault spoils refusals as it does other answers', async () => {
  const { handle } = createTestApi()
  const answer = await handle({ ...defaults, headers: { 'sandbox-fault': 'body=invalid-json' } })
  expect(answer).toMatchObject({ status: 401, body: '{"data":' })
})

it('a fault header that makes no sense is a 422', async () => {
  const { send, calls } = createTestApi()
  expect(await send({ headers: { authorization, 'sandbox-fault': 'nonsense' } })).toMatchObject({ status: 422 })
  expect(calls).toEqual([])
})

it('whatever comes is answered, never with a 5xx, always with a documented status', async () => {
  const { handle } = createTestApi()
  const segment = fc.oneof(fc.string(), fc.webSegment(), fc.nat().map(String), fc.constantFrom('%', '%00', '%ff', '..'))
  const known = fc.tuple(fc.constantFrom(...rows), segment).map(([[operation, { method, path }], filler]) => ({
    operation,
    method,
    path: path.replace(/\{\w+\}/, () => filler),
  }))
  const unknown = fc.record({ method: fc.string(), path: fc.oneof(fc.string(), fc.webPath()) })
  const headers = fc.dictionary(
    fc.constantFrom('authorization', 'content-type', 'sandbox-fault', 'x'),
    fc.oneof(fc.string(), fc.constantFrom(authorization, authorization, type, type)),
  )
  const body = fc.oneof(
    fc.uint8Array(),
    fc.json().map((text) => Buffer.from(text)),
    fc.constant('too-large' as const),
  )
  const usual = fc.constant({ authorization, 'content-type': type })
  const request = fc.record({
    route: fc.oneof(
      { weight: 4, arbitrary: known },
      unknown.map((route) => ({ ...route, operation: undefined })),
    ),
    query: fc.oneof(
      fc.string(),
      fc.webQueryParameters(),
      fc.string().map((text) => `groupBy=${text}`),
    ),
    headers: fc.oneof(headers, usual),
    body,
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ route: { operation, ...route }, ...rest }) => {
      const { status, headers, body } = await handle({ ...defaults, ...route, ...rest })
      expect(status).toBeLessThan(500)
      expect(headers['x-request-id']).toBeDefined()
      if (body !== undefined) JSON.parse(String(body))
      const isFault = 'sandbox-fault' in rest.headers
      if (operation && status !== 405 && !isFault && !leavesPath(route.path)) {
        expect(Object.keys(schemas.operations[operation].responses)).toContain(String(status))
      }
    }),
    { numRuns: 2000 },
  )
})

/** Whether a filler has made another path of an operation's. */
const leavesPath = (path: string) =>
  !rows.some(([, row]) => new RegExp(`^${row.path.replace(/\{\w+\}/, '[^/]+')}$`, 's').test(path))

it('latency ends when the sandbox closes, and the operation is carried out', async () => {
  const closing = new AbortController()
  const { send, calls } = createTestApi({ rules: [{ fault: { latency: 60_000 } }], closing })
  const answer = send({ path: '/public/v1/custom-fields' })
  closing.abort()
  expect((await answer).status).toBe(200)
  expect(calls).toHaveLength(1)
})
