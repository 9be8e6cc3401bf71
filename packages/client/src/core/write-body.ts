import type { ApiRequest, FetchBody, Operation } from './call.ts'
import { ClientError } from './errors.ts'
import { isOfKind, isRecord } from './form-fields.ts'
import { isStream } from './held-response.ts'
import { charsetOf, covers, essenceOf, kindOf, type MediaKind } from './media-type.ts'
import { missingOption } from './options.ts'
import type { BodySerializer, RequestInput } from './request.ts'
import type { WriteForm } from './write-form.ts'
import { writeJson } from './write-json.ts'

/** The body of a request, and its headers. */
export interface Written {
  content: FetchBody | undefined
  headers: ApiRequest['headers']
}

/**
 * Makes what writes the bodies of an operation. `headersWith` gives the headers of the call over a content type; none
 * among them means that none shall be sent. Throws `ClientError` for what cannot be written.
 */
export type WriteBody = (
  operation: Operation,
  client: { writeForm?: WriteForm | undefined; bodySerializer?: BodySerializer | undefined },
) => (
  input: Pick<RequestInput, 'body' | 'contentType' | 'bodySerializer'>,
  headersWith: (type?: string) => ApiRequest['headers'],
) => Written

/**
 * Writes bodies in the media types of the table: JSON in its exact type, text as it is given, forms, and bytes of every
 * kind. An option of `createApiClient`, for tables whose rows have a `body`.
 */
export const writeBody: WriteBody = (operation, client) => {
  const { writeForm = missingOption('writeForm') } = client
  const types = operation.body ?? []
  // Told when the client is made, not when a form is sent.
  const form = types.some((type) => /^(urlencoded|multipart)$/.test(kindOf(type))) ? writeForm(operation) : undefined
  return (input, headersWith) => {
    const { body, contentType: type = types[0] ?? '' } = input
    const isByHand = input.bodySerializer ?? client.bodySerializer
    if (body === undefined || isByHand) return writeJson(operation, client)(input, headersWith)
    if (!types.some((one) => covers(one, type))) {
      throw new ClientError(`contentType must be ${types.join(' or ')}; found "${type}"`, { operation })
    }
    const { 'content-type': chosen, ...headers } = headersWith(type)
    const written = write(body, { operation, type: chosen ?? type, form })
    // The boundary of the platform's own forms is known only to fetch.
    const sent = chosen && written.type
    return { content: written.content, headers: sent ? { ...headers, 'content-type': sent } : headers }
  }
}

interface Target {
  operation: Operation
  /** The media type to write. */
  type: string
  form: ReturnType<WriteForm> | undefined
}

function write(body: unknown, target: Target): WrittenBody {
  const kind = kindOf(target.type)
  const written = writers[kind](body, target)
  if (written) return written
  const charset = charsetOf(target.type)
  const expectedHere = charset === 'utf-8' ? expected[kind] : `${expected[kind]}; text of ${charset} as bytes`
  const message = `a body of ${essenceOf(target.type)} must be ${expectedHere}; found ${describe(body)}`
  throw new ClientError(message, { operation: target.operation })
}

/** A body as `fetch` takes it, and its content type; `undefined` where only `fetch` can tell. */
export interface WrittenBody {
  content: FetchBody
  type: string | undefined
}

/** Gives `undefined` for what it cannot write. */
type Write = (body: unknown, target: Target) => WrittenBody | undefined

const writeAsForm: Write = (body, target) => {
  if (isQuery(body) && kindOf(target.type) === 'urlencoded') {
    return { content: body.toString(), type: target.type }
  }
  // Only what writes a form's boundary can name it.
  if (isInstance(body, 'FormData') && essenceOf(target.type) === 'multipart/form-data') {
    return { content: body, type: undefined }
  }
  return isRecord(body) ? target.form?.(body, target.type) : undefined
}

const writeExactJson: Write = (body, { operation, type }) => {
  try {
    // Bytes are JSON that somebody has written already.
    const content = toBytes(body) ?? JSON.stringify(body)
    // What JSON makes of a form, a map or a promise.
    const isLost = content === '{}' && !isRecord(body)
    if (content === undefined || isLost) return undefined
    return { content, type: type.includes('*') ? 'application/json' : type }
  } catch (cause) {
    throw new ClientError('the body cannot be written as JSON', { operation, cause })
  }
}

const writeBytes: Write = (body, { type }) => {
  // Text goes out as UTF-8, of which other charsets share the start.
  if (typeof body === 'string' && charsetOf(type) !== 'utf-8' && /[^\0-\x7f]/.test(body)) return undefined
  const content = typeof body === 'string' ? body : toBytes(body)
  return content === undefined ? undefined : { content, type: type.includes('*') ? typeOf(content) : type }
}

/** Where the document leaves it open, what is given says itself what it is. */
const writeAny: Write = (body, target) => {
  if (isQuery(body) || isInstance(body, 'FormData')) return { content: body, type: undefined }
  return writeBytes(body, target) ?? writeExactJson(body, { ...target, type: 'application/json' })
}

const writers: Readonly<Record<MediaKind, Write>> = {
  urlencoded: writeAsForm,
  multipart: writeAsForm,
  json: writeExactJson,
  text: writeBytes,
  events: writeBytes,
  binary: writeBytes,
  any: writeAny,
}

const bytes = 'text, a Blob, bytes (Uint8Array, ArrayBuffer) or a stream that nobody has read'

const expected: Readonly<Record<MediaKind, string>> = {
  json: 'what JSON can hold',
  urlencoded: 'a plain object or URLSearchParams',
  multipart: 'a plain object or FormData',
  text: bytes,
  events: bytes,
  binary: bytes,
  any: `${bytes}, a form, or what JSON can hold`,
}

const typeOf = (content: FetchBody) =>
  typeof content === 'string'
    ? 'text/plain;charset=UTF-8'
    : (content instanceof Blob && content.type) || 'application/octet-stream'

/** A body of bytes as `fetch` takes it: also of Node's streams, which only Node's own takes. */
function toBytes(body: unknown): Exclude<FetchBody, string> | undefined {
  if (isInstance(body, 'Blob') || isOfKind(body, 'ArrayBuffer')) return body as Blob | ArrayBuffer
  if (ArrayBuffer.isView(body)) return body as Uint8Array<ArrayBuffer>
  if (isStream(body)) return body.locked ? undefined : body
  const isReadable = body instanceof Object && Symbol.asyncIterator in body && !Reflect.get(body, 'readableDidRead')
  return isReadable ? toStream(body as AsyncIterable<unknown>) : undefined
}

function toStream(source: AsyncIterable<unknown>): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(target) {
      const { done, value } = await chunks.next()
      if (done) return target.close()
      target.enqueue(typeof value === 'string' ? encoder.encode(value) : (value as Uint8Array))
    },
    cancel: async (reason) => {
      await chunks.return?.(reason)
    },
  })
}

const isQuery = (value: unknown): value is URLSearchParams => isOfKind(value, 'URLSearchParams')

/** Some environments lack some of these. */
function isInstance<Name extends 'FormData' | 'Blob'>(
  value: unknown,
  name: Name,
): value is InstanceType<(typeof globalThis)[Name]> {
  const Kind = globalThis[name]
  return Kind !== undefined && value instanceof Kind
}

/** What a value is, without what it holds. */
function describe(value: unknown): string {
  if (isStream(value)) return 'a stream that is in use'
  if (!(value instanceof Object)) return value === null ? 'null' : typeof value
  return typeof value === 'function' ? 'a function' : `an object of ${value.constructor?.name || 'no class'}`
}
