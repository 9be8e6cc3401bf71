// A process that holds the package twice, imported and required, as when a dependency in CommonJS uses it too.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import * as imported from '@minimo/client'

const required = createRequire(import.meta.url)('@minimo/client')
const json = { 'content-type': 'application/json' }

/** What makes each kind of error, and the predicate that knows it. */
const failures = [
  ['isApiError', async () => new Response('{}', { status: 409 })],
  ['isRateLimitError', async () => new Response('{}', { status: 429 })],
  ['isConnectionError', () => Promise.reject(new TypeError('fetch failed'))],
  ['isTimeoutError', (_, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject))],
  ['isResponseParseError', async () => new Response('{', { headers: json })],
]

async function fail({ createMinimoClient }, fetch) {
  const minimo = createMinimoClient({ apiKey: 'mn-1-test', fetch, retries: 0, timeout: 20 })
  return minimo.customFields.list().then(
    () => assert.fail('it did not fail'),
    (error) => error,
  )
}

for (const [predicate, fetch] of failures) {
  test(`${predicate} knows the errors of the other copy`, async () => {
    assert.notEqual(imported.ApiError, required.ApiError)
    for (const [maker, judge] of [
      [imported, required],
      [required, imported],
    ]) {
      const error = await fail(maker, fetch)
      assert.equal(judge[predicate](error), true)
      assert.equal(error instanceof maker.ClientError, true)
      for (const [other] of failures) assert.equal(judge[other](error), maker[other](error), other)
    }
  })
}
