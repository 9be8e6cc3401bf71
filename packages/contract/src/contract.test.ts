import { createMinimoClient, isApiError } from '@minimo/client'
import { type Content, listOperations, type Operation } from 'codegen/document'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Case } from './case.ts'
import { cases } from './cases/index.ts'
import { violations } from './cases/violations.ts'
import { specFile, startMock } from './mock.ts'
import { examplesOf, readSpec } from './spec.ts'
import type { Target } from './target.ts'

const spec = readSpec(specFile)
const operations = new Map(listOperations(spec).map(({ id, operation }) => [id, operation]))

/** Any operation by name: cases are data, so their requests are typed by what the mock accepts. */
type Call = (id: string, input: object, options: object) => Promise<{ data: unknown; response: Response }>

let target: Target
let call: Call

beforeAll(async () => {
  target = await startMock()
  call = createMinimoClient({ apiKey: target.apiKey, baseUrl: target.url, retries: 0 }).call as Call
})

afterAll(() => target.close())

describe('what the spec documents', () => {
  it.each(cases.map((one) => [`${one.operation} ${one.name}`, one] as const))('%s', async (_, one) => {
    const operation = find(one)
    const { path = {}, query = {}, example } = one.request
    const body = example && { body: exampleOf(operation.requestBody, example) }
    const sent = call(one.operation, { path, query, ...body }, { headers: target.ask(one.expect) })
    if (one.expect.status < 300) {
      const { data, response } = await sent
      expect(response.status).toBe(one.expect.status)
      expect(data).toEqual(payload(operation, one))
    } else {
      const { status, code } = one.expect
      await expect(sent).rejects.toSatisfy((error) => isApiError(error, status))
      await expect(sent).rejects.toMatchObject({ operation: one.operation, code, body: answer(operation, one) })
    }
  })
})

describe('what the spec does not allow', () => {
  it.each(violations.map((one) => [`${one.operation} ${one.name}`, one] as const))('%s', async (_, one) => {
    const sent = call(one.operation, one.request, { headers: one.headers })
    await expect(sent).rejects.toSatisfy((error) => isApiError(error, one.expect.status))
  })
})

function find({ operation }: Case): Operation {
  const found = operations.get(operation)
  if (!found) throw new Error(`the spec has no operation ${operation}`)
  return found
}

function exampleOf(body: Content | undefined, name: string): unknown {
  const examples = examplesOf(spec, body)
  if (!(name in examples)) throw new Error(`the spec has no example "${name}" here`)
  return examples[name]
}

const answer = (operation: Operation, { expect: { status, example } }: Case) =>
  example && exampleOf(operation.responses?.[status], example)

function payload(operation: Operation, one: Case): unknown {
  const body = answer(operation, one)
  const property = operation['x-unwrap']
  return property && body ? Reflect.get(body as object, property) : body
}
