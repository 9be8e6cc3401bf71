import { createMinimoClient, isApiError, type MinimoClient } from '@minimo/client'
import { type Content, listOperations, type Operation } from 'codegen/document'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAnswerSchemas } from './answer-schemas.ts'
import type { Case } from './case.ts'
import { cases } from './cases/index.ts'
import { violations } from './cases/violations.ts'
import { givens } from './givens.ts'
import { specFile } from './mock.ts'
import { examplesOf, readSpec } from './spec.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

const spec = readSpec(specFile)
const operations = new Map(listOperations(spec).map(({ id, operation }) => [id, operation]))
const answerSchemas = createAnswerSchemas()

/** Any operation by name: cases are data, so their requests are typed by what the target accepts. */
type Call = (id: string, input: object, options: object) => Promise<{ data: unknown; response: Response }>

describe.each(targets)('%s', (name, start) => {
  let target: Target
  beforeAll(async () => {
    target = await start()
  })
  beforeEach(() => target.reset?.())
  afterAll(() => target.close())

  const own = cases.filter(({ notLive, asked }) => name !== 'live' || !(notLive || asked))
  it.each(own.map((one) => [`${one.operation} ${one.name}`, one] as const))('%s', async (_, one) => {
    const path = { ...one.request.path, ...(await prepare(target, one)) }
    const sent = send(target, one, path)
    const { status, code } = one.expect
    if (status >= 300) {
      const error = await sent.then(unexpected, (reason: unknown) => reason)
      expect(error).toSatisfy((reason) => isApiError(reason, status))
      expect(error).toMatchObject({ operation: one.operation, code })
      expect(answerSchemas.violations(one.operation, status, Reflect.get(Object(error), 'body'))).toEqual([])
      if (!target.remembers) expect(error).toHaveProperty('body', answer(one))
    } else {
      const { data, response } = await sent
      expect(response.status).toBe(status)
      const unwrap = find(one)['x-unwrap']
      expect(answerSchemas.violations(one.operation, status, unwrap ? { [unwrap]: data } : data)).toEqual([])
      if (!target.remembers) expect(data).toEqual(payload(one))
    }
  })

  it.each(violations.map((one) => [`${one.operation} ${one.name}`, one] as const))('%s', async (_, one) => {
    const sent = createCall(target)(one.operation, one.request, { headers: one.headers })
    await expect(sent).rejects.toSatisfy((error) => isApiError(error, one.expect.status))
  })
})

const createClient = (target: Target, apiKey = target.apiKey): MinimoClient =>
  createMinimoClient({ ...target.connection, apiKey, retries: 0 })

const createCall = (target: Target, apiKey?: string) => createClient(target, apiKey).call as Call

/** Brings a target that remembers to where the case starts; gives the path parameters that lead there. */
async function prepare(target: Target, { given, request: { path = {} } }: Case): Promise<object> {
  if (!given || !target.remembers) return {}
  const made = await givens[given](createClient(target))
  return Object.fromEntries(Object.entries(made).filter(([parameter]) => parameter in path))
}

function send(target: Target, one: Case, path: object) {
  const { query = {}, example, body = example && exampleOf(find(one).requestBody, example) } = one.request
  const keys = { wrong: 'mn-nobody-nothing', limited: target.limitedKey }
  const asked = one.asked || !target.remembers ? target.ask?.(one.expect) : undefined
  const call = createCall(target, one.key && keys[one.key])
  return call(one.operation, { path, query, ...(body !== undefined && { body }) }, { headers: asked })
}

const unexpected = ({ response }: { response: Response }) => `an answer with status ${response.status}`

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

const answer = (one: Case) =>
  one.expect.example && exampleOf(find(one).responses?.[one.expect.status], one.expect.example)

function payload(one: Case): unknown {
  const body = answer(one)
  const property = find(one)['x-unwrap']
  return property && body ? Reflect.get(body as object, property) : body
}
