import { type Content, type OpenApiDocument, type OperationEntry, resolve, type Schema } from '../spec/document.ts'
import { canonicalMediaType } from '../spec/wire-names.ts'

/** How a row tells what its bodies are made of; each field only where it differs from plain JSON. */
export interface RowBodies {
  body?: readonly string[]
  encoding?: Record<string, Record<string, object>>
  answer?: readonly string[]
  alternatives?: readonly string[]
  hasResult?: true
}

/** The media types of an operation's request body and successes, and how its forms are written. */
export function readBodies(document: OpenApiDocument, entry: OperationEntry): RowBodies {
  const { requestBody } = entry.operation
  // `fetch` sends none with these, nor has HTTP a meaning for it.
  const isBare = entry.method === 'get' || entry.method === 'head'
  const media = requestBody && !isBare ? (resolve(document, requestBody).content ?? {}) : {}
  const types = Object.keys(media).map(canonicalMediaType)
  const encoding = readEncoding(media)
  return {
    ...(hasResult(document, entry) && { hasResult: true }),
    ...(types.some((type) => type !== 'application/json') && { body: unique(types) }),
    ...(Object.keys(encoding).length > 0 && { encoding }),
    ...readAnswers(document, entry),
  }
}

/** What the document says of the properties of forms. */
function readEncoding(media: NonNullable<Content['content']>): NonNullable<RowBodies['encoding']> {
  const forms = Object.entries(media).flatMap(([type, { encoding = {} }]) => {
    const properties = Object.entries(encoding).flatMap(
      ([property, { contentType, style, explode, allowReserved }]) => {
        const said = Object.entries({ contentType, style, explode, allowReserved })
        const fields = Object.fromEntries(said.filter(([, value]) => value !== undefined))
        return Object.keys(fields).length > 0 ? [[property, fields] as const] : []
      },
    )
    const name = essenceOf(type)
    const isForm = /x-www-form-urlencoded$|^multipart\//.test(name)
    return isForm && properties.length > 0 ? [[name, Object.fromEntries(properties)] as const] : []
  })
  return Object.fromEntries(forms)
}

/** Of a success that may be JSON, JSON is asked for unless a call asks for something else. */
function readAnswers(document: OpenApiDocument, entry: OperationEntry): Pick<RowBodies, 'answer' | 'alternatives'> {
  const successes = listSuccesses(document, entry).map(({ content = {} }) =>
    Object.entries(content).map(([type, { schema }]) =>
      holdsJson(document, type, schema) ? json : canonicalMediaType(type),
    ),
  )
  const usual = successes.flatMap((types) => {
    const ofJson = types.filter(isJson)
    return ofJson.length > 0 ? ofJson : types
  })
  const alternatives = unique(successes.flat().filter((type) => !usual.includes(type)))
  const answer = unique(usual)
  if (answer.every(isJson) && answer.length + alternatives.length < 2) return {}
  return { answer, ...(alternatives.length > 0 && { alternatives }) }
}

const json = 'application/json'

const isJson = (type: string) => /[/+]json$/.test(essenceOf(type))

/** Whether a range of media types is JSON by its schema: text and bytes are all that else comes under one. */
function holdsJson(document: OpenApiDocument, type: string, schema: Schema | undefined): boolean {
  if (!/^(\*|application)\/\*$/.test(essenceOf(type)) || !schema) return false
  const { type: kinds, ...more } = resolve(document, schema)
  return kinds === undefined ? Object.keys(more).length > 0 : ![kinds].flat().includes('string')
}

/** What may come with a status of success: where no such status is documented, whatever is documented at all. */
function listSuccesses(document: OpenApiDocument, { operation, method }: OperationEntry): Content[] {
  const { responses = {} } = operation
  const statuses = Object.keys(responses).filter((status) => /^2/.test(status))
  const named = statuses.length > 0 ? statuses : Object.keys(responses).filter((status) => status === 'default')
  return method === 'head'
    ? []
    : named.flatMap((status) => responses[status] ?? []).map((one) => resolve(document, one))
}

/** Whether each documented success has a body; HEAD and 204 never have one (RFC 9110). */
function hasResult(document: OpenApiDocument, entry: OperationEntry): boolean {
  const successes = listSuccesses(document, entry)
  const isFull = ({ content = {} }: Content) => Object.keys(content).length > 0
  return successes.length > 0 && successes.every(isFull) && entry.operation.responses?.['204'] === undefined
}

const essenceOf = (type: string) => canonicalMediaType(type).replace(/;.*/, '')

const unique = (texts: readonly string[]) => [...new Set(texts)]
