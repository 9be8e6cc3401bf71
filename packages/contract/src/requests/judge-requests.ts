import { ClientError, type ClientOptions, isResponseParseError, type SecuritySchemes } from '@minimo/client/core'
import { listOperations, type OpenApiDocument } from 'codegen/document'
import type { AnyClient } from '../describe-contract.ts'
import { type ApiSchemas, createInputMaker, type MadeInput } from './make-input.ts'
import { createMisreadCheck } from './misread.ts'
import { createPrismJudge, type Judgement, type JudgeRequest } from './prism-judge.ts'

/** An API whose requests are judged: its description in one document, and what was generated from that. */
export interface JudgedApi {
  document: OpenApiDocument
  schemas: ApiSchemas
  securitySchemes: SecuritySchemes
  /** Makes a client of its table. `apiKey` holds a credential for each scheme. */
  createClient(options: JudgedOptions): AnyClient
}

/** The options of a client whose requests are judged. */
export type JudgedOptions = Pick<ClientOptions, 'retries' | 'fetch' | 'logger'> & { baseUrl: string; apiKey: never }

/** What came of a request. */
export interface Verdict {
  /**
   * `accepted` by the judge and its answer read; `rejected` by it, or `unjudged`, where the judge is known to misread it;
   * `refused` by the client with a message, or `broken`, where it ended in another error, so that nothing was sent;
   * `unread`, where the client could not read an answer as documented; `unmade`, where no input was found to send.
   */
  kind: 'accepted' | 'rejected' | 'unjudged' | 'refused' | 'broken' | 'unread' | 'unmade'
  /** Why, where it was not accepted. */
  reason?: string | undefined
  /** Whether the judge could make no answer to it, so that nothing was read. */
  isUnanswered?: true
}

/** Sends requests to a judge. */
export interface RequestJudge {
  /** Sends an operation with an input that its schemas allow. The same seed gives the same input. */
  judge(operationId: string, seed: number): Promise<Verdict>
}

/**
 * Makes a judge that did not come from us, Prism, of what a client sends. Without `answers` the client is answered with
 * nothing, which is faster where schemas are large.
 */
export function createRequestJudge(api: JudgedApi, { answers = true } = {}): RequestJudge {
  const makeInput = createInputMaker(api.schemas)
  // No `fetch` sends one, whatever a description says.
  const withoutBody = new Set(
    listOperations(api.document).flatMap(({ id, method }) => (/^(get|head)$/.test(method) ? [id] : [])),
  )
  const send = createSender(api)
  return {
    async judge(id, seed) {
      const input = makeInput(id, seed)
      if (!input) return { kind: 'unmade', reason: 'no value was found that the schemas allow' }
      const { body: _, ...bodiless } = input
      const verdict = await send(id, withoutBody.has(id) ? bodiless : input)
      return verdict.kind === 'unread' && !answers ? { kind: 'accepted' } : verdict
    },
  }
}

/** Credentials that Prism takes, as the option `apiKey` of a client wants them: for one scheme alone, or by their names. */
function makeCredentials(schemes: SecuritySchemes): unknown {
  const credentials = Object.entries(schemes).map(([name, scheme]) => {
    const isBasic = scheme.type === 'http' && scheme.scheme === 'basic'
    return [name, isBasic ? { username: 'user', password: 'secret' } : 'key'] as const
  })
  const isOne =
    credentials.length < 2 || Object.values(schemes).every((one) => 'scheme' in one && one.scheme === 'bearer')
  return isOne ? credentials[0]?.[1] : Object.fromEntries(credentials)
}

function createSender({ document, createClient, securitySchemes }: JudgedApi) {
  const isMisread = createMisreadCheck(document)
  const openJudge = createPrismJudge(document)
  let current: { id: string; judge: JudgeRequest } | undefined
  const judged: Judgement[] = []
  const fetch = async (address: string, init: RequestInit) => {
    const judgement = await judgeSent(current?.judge, address, init)
    judged.push(judgement)
    return judgement.answer ?? new Response(null, { status: 204 })
  }
  // Sound: the credentials are made of the schemes that type the option.
  const apiKey = makeCredentials(securitySchemes) as never
  const { call } = createClient({ baseUrl, apiKey, retries: 0, fetch, logger: { warn: () => {} } })
  // Sound: inputs are made of the schemas of the same description.
  const send = call as unknown as (id: string, input: MadeInput) => Promise<unknown>
  return async (id: string, input: MadeInput): Promise<Verdict> => {
    judged.length = 0
    if (current?.id !== id) current = { id, judge: await openJudge(id).catch(cannotRead) }
    const error: unknown = await send(id, input).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    const [judgement] = judged
    if (!judgement) return { kind: error instanceof ClientError ? 'refused' : 'broken', reason: String(error) }
    const { faults, answer, blind } = judgement
    if (blind) return { kind: 'unjudged', reason: blind }
    if (faults.length > 0) return { kind: isMisread(id, input) ? 'unjudged' : 'rejected', reason: faults.join('; ') }
    if (!answer) return { kind: 'accepted', isUnanswered: true }
    return isResponseParseError(error) ? { kind: 'unread', reason: error.message } : { kind: 'accepted' }
  }
}

/** What would be sent, judged. What no `fetch` sends at all is at fault, whatever the description says. */
async function judgeSent(judge: JudgeRequest | undefined, address: string, init: RequestInit): Promise<Judgement> {
  let request: Request
  try {
    request = new Request(address, init)
  } catch (error) {
    return { faults: [`cannot be sent: ${error}`] }
  }
  const none: Judgement = { faults: [], blind: 'there is no judge' }
  return (await judge?.(request).catch((error) => cannotRead(error)(request))) ?? none
}

/** The judge of what Prism ends in an error over. */
const cannotRead =
  (error: unknown): JudgeRequest =>
  async () => ({ faults: [], blind: `Prism ends in an error: ${error}` })

/** Nothing is sent there: it is only where plain http is allowed. */
const baseUrl = 'http://localhost'
