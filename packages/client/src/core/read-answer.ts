import type { CallOptions, HeaderValues, Operation, ReadAhead } from './call.ts'
import { ResponseParseError } from './errors.ts'
import { mergeLayers } from './headers.ts'
import { contentOf, discard } from './held-response.ts'
import { charsetOf, covers, essenceOf, kindOf, type MediaKind } from './media-type.ts'
import { parseText } from './parse-response.ts'
import type { AnswerOptions } from './performer.ts'

/** How the answer to one call is read. */
export interface AnswerReader {
  /** The headers of the call, and what it asks for. */
  headers?: HeaderValues | undefined
  /** How a body is read ahead, inside the attempt. */
  ahead(response: Response): ReadAhead
  /** What a success holds. Throws `ResponseParseError` where it is not what was asked for. */
  parse(response: Response): unknown
  /** Whether a body may be left for the caller to read. */
  mayStream?: boolean
}

/** Makes what makes the reader of each call of an operation. */
export type ReadAnswer = (operation: Operation) => (options?: CallOptions & AnswerOptions) => AnswerReader

/**
 * Reads successes by their media type: JSON parsed, text (XML and CSV too) as text, an event stream as a stream for
 * `readEvents`, all else as a `Blob`. What was not asked for is a `ResponseParseError`, and so is nothing where the
 * document allows no empty body. An option of `createApiClient`, for tables whose rows have an `answer`.
 */
export const readAnswer: ReadAnswer = (operation) => (options) => {
  const { headers, accept = operation.answer?.join(', ') } = options ?? {}
  const layered = Object.fromEntries(mergeLayers([{ accept }, headers], operation))
  const asked = (layered.accept ?? accept ?? '').split(',')
  const kindOfBody = (response: Response) => findKind(asked, typeOf(response))
  return {
    headers: { accept, ...headers },
    mayStream: asked.some((type) => /^(any|events)$/.test(kindOf(type))),
    // What was not asked for is read as what it is, so that no stream is waited for.
    ahead(response) {
      const kind = kindOfBody(response)
      if (kind === 'text' && !isUtf8(response)) return 'bytes'
      const ahead = readAheadOf[kind ?? kindOf(typeOf(response))] ?? 'bytes'
      return ahead === 'stream' && !response.body ? 'text' : ahead
    },
    parse(response) {
      const kind = kindOfBody(response)
      const content = contentOf(response)
      if (kind === 'json') return parseText(String(content ?? ''), response, operation)
      if (isNothing(response)) return expectNothing(response, operation)
      if (kind === 'events') return response.body ?? new Blob().stream()
      if (kind) return kind === 'text' ? (isUtf8(response) ? content : decode(response, operation)) : response.blob()
      return refuse(response, operation, asked)
    },
  }
}

const typeOf = ({ headers }: Response): string => headers.get('content-type') ?? ''

const isUtf8 = (response: Response): boolean => /^(utf-?8|us-ascii)$/.test(charsetOf(typeOf(response)))

/** The text of a body in its own charset, which `fetch` does not heed. */
async function decode(response: Response, operation: Operation): Promise<string> {
  const charset = charsetOf(typeOf(response))
  try {
    return new TextDecoder(charset).decode(await response.arrayBuffer())
  } catch {
    const found = `text in the charset ${charset}, which nothing here reads; read it by parseAs`
    throw new ResponseParseError(operation, response, { found, text: '' })
  }
}

/** Whether there is no body: one of no bytes is still a text or a file where the answer says of which type. */
const isNothing = (response: Response): boolean =>
  isEmpty(contentOf(response)) && (typeOf(response) === '' || [204, 205].includes(response.status))

const isEmpty = (content: ReturnType<typeof contentOf>) => content === '' || (content as Partial<Blob>)?.size === 0

function expectNothing(response: Response, operation: Operation): undefined {
  if (!operation.hasResult) return undefined
  throw new ResponseParseError(operation, response, { found: 'no body, where one is promised', text: '' })
}

/** JSON is JSON under any type, as far as `parseText` believes it. */
function refuse(response: Response, operation: Operation, asked: readonly string[]): unknown {
  const type = typeOf(response)
  const text = String(contentOf(response) ?? '')
  discard(response)
  const isAlternative = operation.alternatives?.some((one) => covers(one, type))
  if (!isAlternative && asked.some((one) => kindOf(one) === 'json')) {
    return parseText(text, response, operation)
  }
  const found = `${essenceOf(type)}, where ${asked.join()} was asked for; ask for it by accept, or read it by parseAs`
  throw new ResponseParseError(operation, response, { found, text })
}

const readAheadOf: Readonly<Partial<Record<MediaKind, ReadAhead>>> = { json: 'text', text: 'text', events: 'stream' }

/** As what a body of a content type is read; `undefined` for one that was not asked for. */
function findKind(asked: readonly string[], type: string): MediaKind | undefined {
  const kinds = asked.map(kindOf)
  // The benefit of the doubt is given to a body without a content type.
  if (!type) return kinds.find((kind) => kind !== 'any') ?? 'text'
  const kind = kindOf(type)
  const isAsked = asked.some((range) => covers(range, type)) || (kind === 'json' && kinds.includes(kind))
  if (isAsked) return kind
  // Bytes of no type in particular may be of any, and what was asked for as such may come under its own.
  const isOctets = (one: string) => essenceOf(one) === 'application/octet-stream'
  if (asked.some(isOctets) || (isOctets(type) && kinds.includes('binary'))) return 'binary'
  const isXml = (one: string) => /[/+]xml$/.test(essenceOf(one))
  const isPlain = essenceOf(type) === 'text/plain' && kinds.includes('text')
  return isPlain || (isXml(type) && asked.some(isXml)) ? 'text' : undefined
}
