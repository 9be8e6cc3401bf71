import { createLogger } from '@stoplight/prism-core'
import { createInstance, getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { listOperations, type OpenApiDocument } from 'codegen/document'
import { isJson, type NarrowDocument, narrowDocument } from './narrow-document.ts'

/** What the judge says of a request. */
export interface Judgement {
  /** What is wrong with it; none where it is as described. */
  faults: readonly string[]
  /** An answer that is documented; none where there is something wrong, or none could be made. */
  answer?: Response | undefined
  /** Why it cannot say anything. Default: it can. */
  blind?: string
}

/** Judges requests of one operation, as `fetch` would send them. */
export type JudgeRequest = (request: Request) => Promise<Judgement>

const components = { logger: createLogger('prism', { level: 'silent' }) }
const checks = { checkSecurity: true, validateRequest: true, validateResponse: false }
const config = { ...checks, isProxy: false as const, mock: { dynamic: false }, errors: false, upstreamProxy: undefined }

/**
 * Makes judges of requests that did not come from us: Prism, which reads the description itself, says what of a request
 * does not keep it, and answers as it documents. It is asked without a connection, and of one operation at a time.
 */
export function createPrismJudge(document: OpenApiDocument): (id: string) => Promise<JudgeRequest> {
  const entries = new Map(listOperations(document).map((entry) => [entry.id, entry]))
  return async (id) => {
    const entry = entries.get(id)
    if (!entry) throw new Error(`There is no operation ${id}`)
    const narrow = narrowDocument(document, entry)
    const operations = await getHttpOperationsFromSpec(narrow.document)
    return (request) => judge(operations, narrow, request)
  }
}

type HttpOperations = Awaited<ReturnType<typeof getHttpOperationsFromSpec>>
type HttpRequest = Parameters<ReturnType<typeof createInstance>['request']>[0]

async function judge(operations: HttpOperations, { fixedQuery }: NarrowDocument, request: Request): Promise<Judgement> {
  const { searchParams } = new URL(request.url)
  const unsent = fixedQuery.filter(([name, value]) => !searchParams.has(name, value))
  const faults = unsent.map(([name, value]) => `request.query: ${name}=${value} of the path is missing`)
  let input: HttpRequest
  try {
    input = await readRequest(request)
  } catch (error) {
    return { faults: [...faults, `request.body: ${error}`] }
  }
  const checked = await createInstance(config, checking).request(input, operations)()
  if (checked._tag === 'Left') return { faults: [...faults, checked.left.message] }
  const found = checked.right.validations.input.filter(({ severity }) => severity === 0)
  faults.push(...found.map(({ path = [], message }) => `${['request', ...path].join('.')}: ${message}`))
  return faults.length > 0 ? { faults } : { faults, answer: await answerOf(operations, input) }
}

/** Answers nothing, so that what is told is about the request alone. */
const checking = { ...components, mock: () => () => ({ _tag: 'Right' as const, right: { statusCode: 204 } }) }

async function answerOf(operations: HttpOperations, input: HttpRequest): Promise<Response | undefined> {
  const mocking = createInstance({ ...config, mock: { dynamic: false } }, components)
  const answered = await mocking.request(input, operations)()
  if (answered._tag === 'Left') return undefined
  const { statusCode, headers, body } = answered.right.output
  // One that is documented as a header stands beside Prism's own.
  const type = Object.entries(headers ?? {}).findLast(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const isEmpty = [204, 205, 304].includes(statusCode) || input.method === 'head'
  // Without a schema or an example it makes nothing of what is promised.
  if (type && body === undefined && !isEmpty) return undefined
  const content = typeof body === 'string' && !isJson(type) ? body : JSON.stringify(body)
  return new Response(isEmpty || body === undefined ? null : content, {
    status: statusCode,
    ...(type && { headers: { 'content-type': type } }),
  })
}

/** A request as Prism has it: a body of JSON as its value, any other as text. Throws where it is no JSON. */
async function readRequest(request: Request): Promise<HttpRequest> {
  const { pathname: path, searchParams } = new URL(request.url)
  const headers = Object.fromEntries(request.headers)
  const names = [...new Set(searchParams.keys())]
  const query = names.map((name) => {
    const [first = '', ...others] = searchParams.getAll(name)
    return [name, others.length > 0 ? [first, ...others] : first] as const
  })
  const bytes = await request.arrayBuffer()
  const text = new TextDecoder().decode(bytes)
  if (bytes.byteLength > 0) headers['content-length'] = String(bytes.byteLength)
  const body = text === '' ? undefined : isJson(headers['content-type'] ?? '') ? JSON.parse(text) : text
  // Sound: Prism compares methods without regard to case.
  const method = request.method.toLowerCase() as HttpRequest['method']
  return { method, url: { path, query: Object.fromEntries(query) }, headers, ...(body !== undefined && { body }) }
}
