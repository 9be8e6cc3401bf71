import { fileURLToPath } from 'node:url'
import { ClientError, type Plugin } from '@minimo/client/core'
import { listOperations } from 'codegen/document'
import { expect, it } from 'vitest'
import { createClient, securitySchemes } from '../../test/every-kind/src/gen/index.ts'
import { schemas } from '../../test/every-kind/src/gen/schemas.ts'
import { readSpec } from '../spec.ts'
import { createRequestJudge, type JudgedApi } from './judge-requests.ts'

const document = readSpec(fileURLToPath(new URL('../../test/every-kind/openapi.yaml', import.meta.url)))

/** Starts a judge of a client that some plugin makes a bad one. */
function createJudge(plugin: Plugin, changed: Partial<JudgedApi> = {}) {
  const make: JudgedApi['createClient'] = (options) => createClient({ ...options, plugins: [plugin] })
  return createRequestJudge({ document, schemas, securitySchemes, createClient: make, ...changed })
}

const asItIs: Plugin = (next) => next

it('a request without what the description demands is rejected, with what is missing', async () => {
  const withoutQuery: Plugin = (next) => (call) =>
    next({ ...call, request: { ...call.request, url: call.request.url.replace(/\?.*/, '') } })
  const { kind, reason } = await createJudge(withoutQuery).judge('queryContent', 1)
  expect(kind).toBe('rejected')
  expect(reason).toContain('filter')
})

it('a request is rejected also where its description documents an answer to that', async () => {
  const withoutQuery: Plugin = (next) => (call) =>
    next({ ...call, request: { ...call.request, url: call.request.url.replace(/\?.*/, '') } })
  const changed = structuredClone(document)
  for (const { operation } of listOperations(changed)) {
    Object.assign(operation.responses ?? {}, { 422: { description: 'Wrong.', content: { 'application/json': {} } } })
  }
  const judge = createJudge(withoutQuery, { document: changed })
  expect(await judge.judge('queryContent', 1)).toMatchObject({ kind: 'rejected' })
})

it('a body under another media type is rejected, and so is a call without its key', async () => {
  const asCsv: Plugin = (next) => (call) => {
    const headers = { ...call.request.headers, 'content-type': 'text/csv' }
    return next({ ...call, request: { ...call.request, headers } })
  }
  const withoutKey: Plugin = (next) => (call) =>
    next({ ...call, options: { ...call.options, headers: { 'x-key': null } } })
  expect(await createJudge(asCsv).judge('mergePatch', 1)).toMatchObject({ kind: 'rejected' })
  expect(await createJudge(withoutKey).judge('queryContent', 1)).toMatchObject({ kind: 'rejected' })
})

it('a call that sends nothing is refused, and an input that no schema allows is not made', async () => {
  const refusing: Plugin = () => async () => {
    throw new ClientError('not sent')
  }
  expect(await createJudge(refusing).judge('textBody', 1)).toEqual({ kind: 'refused', reason: 'ClientError: not sent' })
  const impossible = { name: 'filter', in: 'query', required: true, schema: { type: 'string', enum: [1] } } as const
  const operations = { ...schemas.operations, noKey: { ...schemas.operations.noKey, parameters: [impossible] } }
  const judge = createJudge(asItIs, { schemas: { ...schemas, operations } })
  expect(await judge.judge('noKey', 1)).toMatchObject({ kind: 'unmade' })
})
