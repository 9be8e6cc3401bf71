import { type ClientOptions, isResponseParseError, type SecuritySchemes } from '@minimo/client/core'
import { listOperations, type OpenApiDocument } from 'codegen/document'
import type { AnyClient } from '../describe-contract.ts'
import { startPrism } from '../prism.ts'
import { type ApiSchemas, createInputMaker, type MadeInput } from './make-input.ts'
import { createMisreadCheck } from './misread.ts'

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
   * `refused` by the client, so that nothing was sent; `unread`, where the client could not read an answer as documented;
   * `unmade`, where no input was found to send.
   */
  kind: 'accepted' | 'rejected' | 'unjudged' | 'refused' | 'unread' | 'unmade'
  /** Why, where it was not accepted. */
  reason?: string | undefined
}

/** Sends requests to a judge. */
export interface RequestJudge {
  /** Sends an operation with an input that its schemas allow. The same seed gives the same input. */
  judge(operationId: string, seed: number): Promise<Verdict>
  /** Stops the judge. */
  close(): Promise<void>
}

/**
 * Starts a judge that did not come from us: Prism, which reads the description itself, says what of a request does not keep
 * it, and answers as it documents. Without `answers` it answers nothing, which is faster where schemas are large.
 */
export async function openRequestJudge(api: JudgedApi, { answers = true } = {}): Promise<RequestJudge> {
  const prism = await startPrism(answers ? api.document : withoutAnswers(api.document))
  const makeInput = createInputMaker(api.schemas)
  // No `fetch` sends one, whatever a description says.
  const withoutBody = new Set(
    listOperations(api.document).flatMap(({ id, method }) => (/^(get|head)$/.test(method) ? [id] : [])),
  )
  const send = createSender(api, prism.url)
  const judge = async (id: string, seed: number): Promise<Verdict> => {
    const input = makeInput(id, seed)
    if (!input) return { kind: 'unmade', reason: 'no value was found that the schemas allow' }
    const { body: _, ...bodiless } = input
    const verdict = await send(id, withoutBody.has(id) ? bodiless : input)
    return verdict.kind === 'unread' && !answers ? { kind: 'accepted' } : verdict
  }
  return { judge, close: prism.close }
}

/** The document with one empty answer to each operation, and only the components that requests lead to. */
function withoutAnswers(document: OpenApiDocument): OpenApiDocument {
  const copy = structuredClone(document)
  for (const { operation } of listOperations(copy)) {
    Object.assign(operation, { responses: { 204: { description: 'Taken.' } }, callbacks: {} })
  }
  const { components: { securitySchemes = {} } = {}, webhooks: _, ...rest } = copy
  // Extensions may refer to anything.
  for (const key of Object.keys(rest)) if (key.startsWith('x-')) Reflect.deleteProperty(rest, key)
  const components: NonNullable<OpenApiDocument['components']> = { securitySchemes }
  const keep = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const [, section, token] = /^#\/components\/(\w+)\/([^/]+)/.exec(String(Reflect.get(value, '$ref'))) ?? []
    const name = token && decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
    if (section !== undefined && name !== undefined && !components[section]?.[name]) {
      const kept = copy.components?.[section]?.[name]
      components[section] = { ...components[section], [name]: kept }
      keep(kept)
    }
    Object.values(value).forEach(keep)
  }
  keep(rest)
  return { ...rest, components }
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

function createSender({ document, createClient, securitySchemes }: JudgedApi, url: string) {
  const isMisread = createMisreadCheck(document)
  const judged: Response[] = []
  const fetch = async (address: string, init: RequestInit) => {
    const response = await globalThis.fetch(address, init)
    judged.push(response.clone())
    return response
  }
  // Sound: the credentials are made of the schemes that type the option.
  const apiKey = makeCredentials(securitySchemes) as never
  const { call } = createClient({ baseUrl: url, apiKey, retries: 0, fetch, logger: { warn: () => {} } })
  // Sound: inputs are made of the schemas of the same description.
  const send = call as unknown as (id: string, input: MadeInput) => Promise<unknown>
  return async (id: string, input: MadeInput): Promise<Verdict> => {
    judged.length = 0
    const error: unknown = await send(id, input).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    const [response] = judged
    if (!response) return { kind: 'refused', reason: String(error) }
    const reason = await readVerdict(response)
    if (reason !== undefined) return { kind: isMisread(id, input) ? 'unjudged' : 'rejected', reason }
    return isResponseParseError(error) ? { kind: 'unread', reason: error.message } : { kind: 'accepted' }
  }
}

/** What Prism says against a request; `undefined` where it answers as the description does. */
async function readVerdict(response: Response): Promise<string | undefined> {
  if (!/problem\+json/.test(response.headers.get('content-type') ?? '')) return undefined
  const { type, title, validation = [] }: Complaint = await response.json().catch(() => ({}))
  if (!type?.includes('stoplight.io/prism')) return undefined
  return [title, ...validation.map(({ location = [], message }) => `${location.join('.')}: ${message}`)].join('; ')
}

/** How Prism tells what is wrong with a request (RFC 9457). */
interface Complaint {
  type?: string
  title?: string
  validation?: { location?: string[]; message: string }[]
}
