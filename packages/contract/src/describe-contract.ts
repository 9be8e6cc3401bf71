import { isApiError } from '@minimo/client/core'
import type { OpenApiDocument } from 'codegen/document'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createAnswerSchemas, type SpecSchemas } from './answer-schemas.ts'
import type { Case, Violation } from './case.ts'
import { findUncovered, formatGaps } from './coverage.ts'
import { createDocumented } from './documented.ts'
import { readSpec } from './spec.ts'
import type { Target } from './target.ts'

/** The documented behaviour of one API: its spec, the cases that hold it, and what they run on. */
export interface Contract<State extends string> {
  /** The bundled spec's file. */
  specFile: string
  /** The JSON Schemas generated from the same spec; answers are checked by them. */
  schemas: SpecSchemas
  /** What the spec documents; a gap is a failing test. */
  cases: readonly Case<string, State>[]
  /** The folder of the cases, from the root: where a gap is filled. */
  casesFolder: string
  /** What the spec does not allow. */
  violations: readonly Violation<string>[]
  /** What the cases run on, by name. */
  targets: readonly (readonly [name: string, start: () => Promise<Target>])[]
  /** A client for a target, with this key and without retries. */
  connect(target: Target, apiKey: string): AnyClient
  /** Brings a target that remembers to a state; gives the path parameters that lead to what was made. */
  prepare?(state: State, target: Target): Promise<object>
}

/** A client over any table. */
export interface AnyClient {
  /** Calls an operation by its operationId. */
  call(...args: never): Promise<{ data: unknown; response: Response }>
}

/** Any operation by name: cases are data, so their requests are typed by what the target accepts. */
type Call = (id: string, input: object, options: object) => ReturnType<AnyClient['call']>

/** Registers the tests of a contract: nothing in its spec is without a case, and each case holds on each target. */
export function describeContract<State extends string>(contract: Contract<State>): void {
  const { cases, casesFolder, violations, targets, specFile } = contract
  const spec = readSpec(specFile)
  const { checkCase, checkViolation } = createChecks(contract, spec)

  it('nothing in the spec is without a case', () => {
    const gaps = findUncovered(spec, cases)
    if (gaps.length > 0) expect.fail(formatGaps(gaps, casesFolder))
  })

  describe.each(targets)('%s', (name, start) => {
    let target: Target
    beforeAll(async () => {
      target = await start()
    })
    beforeEach(() => target.reset?.())
    afterAll(() => target.close())

    const own = cases.filter(({ notLive, asked }) => name !== 'live' || !(notLive || asked))
    it.each(own.map(titled))('%s', (_, one) => checkCase(target, one))
    it.each(violations.map(titled))('%s', (_, one) => checkViolation(target, one))
  })
}

const titled = <One extends Violation<string> | Case<string, string>>(one: One) =>
  [`${one.operation} ${one.name}`, one] as const

function createChecks<State extends string>(contract: Contract<State>, spec: OpenApiDocument) {
  const documented = createDocumented(spec)
  const schemas = createAnswerSchemas(contract.schemas)

  async function checkCase(target: Target, one: Case<string, State>): Promise<void> {
    const { status, code } = one.expect
    const sent = send(contract, target, { ...one, request: { ...one.request, body: documented.requestBody(one) } })
    if (status >= 300) {
      const error = await sent.then(unexpected, (reason: unknown) => reason)
      expect(error).toSatisfy((reason) => isApiError(reason, status))
      expect(error).toMatchObject({ operation: one.operation, code })
      expect(schemas.violations(one.operation, status, Reflect.get(Object(error), 'body'))).toEqual([])
      if (!target.remembers) expect(error).toHaveProperty('body', documented.answerBody(one))
    } else {
      const { data, response } = await sent
      expect(response.status).toBe(status)
      const property = documented.unwrapped(one)
      const body = property && data !== undefined ? { [property]: data } : data
      expect(schemas.violations(one.operation, status, body)).toEqual([])
      if (!target.remembers) expect(data).toEqual(documented.payload(one))
    }
  }

  async function checkViolation(target: Target, one: Violation<string>): Promise<void> {
    const sent = createCall(contract, target)(one.operation, one.request, { headers: one.headers })
    await expect(sent).rejects.toSatisfy((error) => isApiError(error, one.expect.status))
  }

  return { checkCase, checkViolation }
}

type Client<State extends string> = Pick<Contract<State>, 'connect' | 'prepare'>

function createCall<State extends string>({ connect }: Client<State>, target: Target, apiKey = target.apiKey): Call {
  return connect(target, apiKey).call as Call
}

/** Sends the request of a case from the state that the case starts from. */
async function send<State extends string>(client: Client<State>, target: Target, one: Case<string, State>) {
  const { path, query = {}, body } = one.request
  const input = {
    path: { ...path, ...(await prepare(client, target, one)) },
    query,
    ...(body !== undefined && { body }),
  }
  const keys = { wrong: 'nobody', limited: target.limitedKey }
  const headers = one.asked || !target.remembers ? target.ask?.(one.expect) : undefined
  return createCall(client, target, one.key && keys[one.key])(one.operation, input, { headers })
}

async function prepare<State extends string>(client: Client<State>, target: Target, one: Case<string, State>) {
  if (one.given === undefined || !target.remembers) return {}
  const made = (await client.prepare?.(one.given, target)) ?? {}
  return Object.fromEntries(Object.entries(made).filter(([parameter]) => parameter in (one.request.path ?? {})))
}

const unexpected = ({ response }: { response: Response }) => `an answer with status ${response.status}`
