import { expect, it, vi } from 'vitest'
import { createCall } from '../../test/create-call.ts'
import type { ApiRequest, Operation, ResolvedOptions } from './call.ts'
import { ClientError, ConnectionError } from './errors.ts'
import { createTransport, type Fetch } from './transport.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things/{name}', server: 'api', retry: 'safe' }

const callOf = (request: Partial<ApiRequest> = {}, options: Partial<ResolvedOptions> = {}) =>
  createCall(operation, {
    request: { url: 'https://api.example.com/things/geheim', headers: { a: 'b' }, ...request },
    options,
  })

const failure = (code: string, wrapped = true) => {
  const cause = Object.assign(new Error(code), { code })
  return wrapped ? new TypeError('fetch failed', { cause }) : cause
}

it('P4: hands fetch the URL, and the request as it is', async () => {
  const fetch = vi.fn<Fetch>(async () => new Response('ok'))
  const { signal } = new AbortController()
  await createTransport(fetch)(callOf({ method: 'PUT', body: '{}', redirect: 'manual', signal }))
  expect(fetch.mock.calls).toEqual([
    [
      'https://api.example.com/things/geheim',
      expect.objectContaining({ method: 'PUT', headers: { a: 'b' }, body: '{}', redirect: 'manual', signal }),
    ],
  ])
})

it.each([
  ['ENOTFOUND', false],
  ['EAI_AGAIN', false],
  ['ECONNREFUSED', false],
  ['EHOSTUNREACH', false],
  ['ENETUNREACH', false],
  ['UND_ERR_CONNECT_TIMEOUT', false],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', false],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', false],
  ['CERT_HAS_EXPIRED', false],
  ['ERR_TLS_CERT_ALTNAME_INVALID', false],
  ['ERR_SSL_WRONG_VERSION_NUMBER', false],
  ['EPROTO', false],
  ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', true],
  ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', true],
  ['ECONNRESET', true],
  ['EPIPE', true],
  ['UND_ERR_SOCKET', true],
  ['UND_ERR_HEADERS_TIMEOUT', true],
])('E5: %s is a ConnectionError; the server may have seen the request: %s', async (code, requestSent) => {
  for (const cause of [failure(code), failure(code, false)]) {
    const error: unknown = await createTransport(() => Promise.reject(cause))(callOf()).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ requestSent, cause, operation: 'getThing' })
    expect((error as ConnectionError).message).toMatch(/^GET \/things\/\{name\}: ./)
    expect((error as ConnectionError).message).not.toContain('geheim')
  }
})

it.each([undefined, null, 'text', new Error('unknown')])(
  'R2: after a failure of unknown kind (%o) the request may have been sent',
  async (cause) => {
    const sent = createTransport(() => Promise.reject(cause))(callOf())
    await expect(sent).rejects.toMatchObject({ name: 'ConnectionError', requestSent: true })
  },
)

it('E5: a URL that fetch refuses is a ConnectionError too', async () => {
  const sent = createTransport(globalThis.fetch)(callOf({ url: 'no url' }))
  await expect(sent).rejects.toMatchObject({ name: 'ConnectionError' })
})

it("a mistake that fetch tells by one of the package's errors reaches the caller as it is", async () => {
  const mistake = new ClientError('this body cannot be sent')
  await expect(createTransport(() => Promise.reject(mistake))(callOf())).rejects.toBe(mistake)
})

it('R7: sends nothing once the signal is aborted, also where fetch would', async () => {
  const fetch = vi.fn<Fetch>(async () => new Response())
  const sent = createTransport(fetch)(callOf({ signal: AbortSignal.abort('early') }))
  await expect(sent).rejects.toBe('early')
  expect(fetch).not.toHaveBeenCalled()
})

it('E5: a failure that is its own cause is a ConnectionError like any other', async () => {
  const cause: Error = new TypeError('fetch failed')
  cause.cause = cause
  const sent = createTransport(() => Promise.reject(cause))(callOf())
  await expect(sent).rejects.toMatchObject({ name: 'ConnectionError', requestSent: true })
})
