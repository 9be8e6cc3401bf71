import type { Stage, Step } from './stage.ts'

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Step => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

const contact = {
  id: 42,
  email: 'anna@example.com',
  external_connection_id: 7,
  custom_fields: { PLAN_NAME: 'pro', nested: { deep_key: 1 } },
}

const email = { to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' }

/** Every case by the sentence it proves. A case throws when the sentence does not hold. */
export const cases: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async 'a success gives its body out of its envelope, with names in camelCase'({ connect }) {
    const { minimo, seen } = await connect([json(200, { data: contact })])
    const { id, email, externalConnectionId, customFields } = await minimo.contacts.getByEmail('anna@example.com')
    equal({ id, email, externalConnectionId }, { id: 42, email: 'anna@example.com', externalConnectionId: 7 })
    equal(customFields, contact.custom_fields)
    const [request] = await seen(1)
    equal([request?.method, request?.headers.authorization, request?.body], ['GET', 'Bearer mn-1-abc', ''])
  },

  async 'a bare body passes as it is, also one with a property of the name of the envelope'({ connect }) {
    const { minimo } = await connect([json(200, { ...contact, data: null })])
    equal((await minimo.contacts.getByEmail('anna@example.com')).id, 42)
  },

  async 'a 204 is undefined'({ connect }) {
    const { minimo, seen } = await connect([{ status: 204 }])
    equal(await minimo.contacts.delete(42), undefined)
    equal((await seen(1))[0]?.url, '/public/v1/contacts/42')
  },

  async 'what is written reaches the server unchanged'({ connect }) {
    const { minimo, seen } = await connect([json(200, { id: 42, phone: null })])
    const input = { email: 'anna@example.com', customFields: { Plan_Name: 'però', deep_key: { a_b: null } } }
    equal((await minimo.contacts.upsert(input)).id, 42)
    const [request] = await seen(1)
    equal([request?.method, request?.headers['content-type']], ['POST', 'application/json'])
    equal(JSON.parse(request?.body ?? ''), input)
  },

  async 'every error envelope gives a code and a message'({ client, connect }) {
    const envelopes: [status: number, body: unknown, code: string, message: string][] = [
      [404, { error: { code: 'not_found', message: 'No such contact', details: { id: 42 } } }, 'not_found', 'No such'],
      [403, { error: 'Not allowed' }, 'forbidden', 'Not allowed'],
      [400, { message: 'No id' }, 'bad_request', 'No id'],
    ]
    for (const [status, body, code, message] of envelopes) {
      const { minimo } = await connect([json(status, body, { 'x-request-id': 'r1' })])
      const error = await failure(minimo.contacts.delete(42))
      if (!client.isApiError(error, status)) throw error
      equal([error.name, error.code, error.requestId, error.attempts], ['ApiError', code, 'r1', 1])
      equal([error instanceof client.ApiError, error.message.includes(message)], [true, true])
      equal(error.body, body)
    }
  },

  async 'a call is tried again after a 503 with Retry-After'({ connect }) {
    const { minimo, seen } = await connect([json(503, {}, { 'retry-after-ms': '0' }), json(200, { data: [] })])
    equal(await minimo.customFields.list(), [])
    const counts = (await seen(2)).map(({ headers }) => headers['x-minimo-retry-count'] ?? null)
    equal(counts, [null, '1'])
  },

  async 'a Retry-After beyond the cap fails at once'({ client, connect }) {
    const { minimo, seen } = await connect([json(429, {}, { 'retry-after': '2' })], { maxRetryAfter: 1000 })
    const error = await failure(minimo.customFields.list())
    if (!client.isRateLimitError(error)) throw error
    equal([error.name, error.retryAfterMs, error.attempts], ['RateLimitError', 2000, 1])
    equal((await seen()).length, 1)
  },

  async 'a call that sends is not repeated after a reset'({ client, connect }) {
    const { minimo, seen } = await connect(['reset'])
    const error = await failure(minimo.emails.send(email))
    if (!client.isConnectionError(error)) throw error
    equal([error.name, error.requestSent, error.attempts], ['ConnectionError', true, 1])
    equal((await seen()).length, 1)
  },

  async 'a call that reads is repeated after a reset'({ connect }) {
    const { minimo, seen } = await connect(['reset', json(200, { data: [] })])
    equal(await minimo.customFields.list(), [])
    equal((await seen()).length, 2)
  },

  async 'an abort rejects with its reason'({ connect }) {
    const { minimo, seen } = await connect([{ status: 200, body: '{', stall: true }])
    const controller = new AbortController()
    const reason = new Error('enough')
    const ended = failure(minimo.customFields.list({ signal: controller.signal }))
    await seen(1)
    controller.abort(reason)
    equal((await ended) === reason, true)
    equal((await failure(minimo.customFields.list({ signal: controller.signal }))) === reason, true)
    equal((await seen()).length, 1)
  },

  async 'a stall after the headers is a timeout of the attempt'({ client, connect }) {
    const { minimo, seen } = await connect([{ status: 200, body: '{"data":', stall: true }], { retries: 0 })
    const error = await failure(minimo.customFields.list({ timeout: 200 }))
    if (!client.isTimeoutError(error)) throw error
    equal([error.name, error.limit, error.attempts], ['TimeoutError', 'timeout', 1])
    equal((await seen()).length, 1)
  },

  async 'truncated JSON is a ResponseParseError'({ client, connect }) {
    const { minimo } = await connect([
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"data":[{"id"' },
    ])
    const error = await failure(minimo.customFields.list())
    if (!client.isResponseParseError(error)) throw error
    equal([error.name, error.status, error.bodyStart], ['ResponseParseError', 200, '{"data":[{"id"'])
  },

  async 'path parameters are encoded, and cannot change the path'({ connect }) {
    const { minimo, seen } = await connect([json(200, { data: contact })])
    await minimo.contacts.getByEmail('a/b?c#d é+@x.it')
    const refused = (await failure(minimo.contacts.getByEmail('..'))) as Error
    equal(refused.name, 'ClientError')
    const urls = (await seen(1)).map(({ url }) => url)
    equal(urls, ['/public/v1/contacts/by-email/a%2Fb%3Fc%23d%20%C3%A9%2B%40x.it'])
  },

  async 'a redirect to another origin is not followed'({ client, connect, isBrowser }) {
    const other = await connect([json(200, { data: [] })])
    const location = `${other.baseUrl.replace('127.0.0.1', 'localhost')}/elsewhere`
    const { minimo } = await connect([{ status: 307, headers: { location } }])
    const error = await failure(minimo.customFields.list())
    if (!client.isApiError(error)) throw error
    // Browsers hide the status of a redirect that is not followed.
    equal(error.status, isBrowser ? 0 : 307)
    equal(await other.seen(), [])
  },

  async 'plugins and raw calls go through the same pipeline'({ connect }) {
    const statuses: number[] = []
    const { minimo } = await connect([json(404, { message: 'none' })], {
      plugins: [
        (next) => async (call) => {
          const response = await next(call)
          statuses.push(response.status)
          return response
        },
      ],
    })
    const { data, error, response } = await minimo.raw.GET('/public/v1/custom-fields')
    equal([data, error, response.status, statuses], [undefined, { message: 'none' }, 404, [404]])
  },

  async 'a browser is refused unless it is allowed'({ client, isBrowser }) {
    const create = async () => client.createMinimoClient({ apiKey: 'mn-1-abc' })
    equal((await failure(create())) instanceof client.ClientError, isBrowser)
  },
}

/** What a promise rejects with; `undefined` when it does not. */
const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

function equal(found: unknown, wanted: unknown): void {
  const [foundText, wantedText] = [found, wanted].map((value) => JSON.stringify(value))
  if (foundText !== wantedText) throw new Error(`expected ${wantedText}, found ${foundText}`)
}
