import { type OperationId, operations } from '@minimo/api-types'
import { type JsonSchema, type OperationSchema, schemas } from '@minimo/api-types/schemas'
import { fromLiteral } from '../validation/parse-object.ts'
import { expand, isSchema, showName } from '../validation/unknown-names.ts'
import type { JournalEntry } from './journal-entry.ts'

/** What stands in for what is not shown. */
export const redacted = '[redacted]'

/** Headers that hold a key or stand for one: they are never shown. */
const secretHeaders = /^(?:proxy-)?authorization$|cookie|secret|token|api-?key/

/** Headers of requests that say nothing of a person. */
const harmlessHeaders =
  /^(?:accept(?:-.+)?|access-control-.+|cache-control|connection|content-(?:encoding|length|type)|expect|host|keep-alive|origin|sandbox-fault|sec-fetch-.+|te|traceparent|transfer-encoding|user-agent|x-request-id)$/

/** What a key of the API looks like, and a secret of webhooks. */
const keyLike = /\bmn-[^\s-]+-[^\s"'\\&<>,;]+|\bwhsec_[\w+/=]+/g

/** What every e-mail has, also percent-encoded: one may stand where it does not belong. */
const emailLike = /@|%(?:25)*40/

/** A word of a text, a path or a query. */
const word = /[^\s<>()[\]"',;:\\/?#&=]+/g

/** What looks like a phone, also percent-encoded. */
const phoneLike = /(?:\+|%(?:25)*2b)[1-9](?:[ .()-]{0,3}\d){6,14}/gi

/** How deep bodies are shown: as deep as the sandbox reads them. */
const maxDepth = 64

/** An entry in which no text shows a key; headers that hold one are hidden as a whole. */
export function hideKeys(entry: JournalEntry): JournalEntry {
  const { request, response } = entry
  const withoutSecrets = {
    ...entry,
    request: { ...request, headers: hideSecretHeaders(request.headers) },
    response: { ...response, headers: hideSecretHeaders(response.headers) },
  }
  return mapTexts(withoutSecrets, hideKey)
}

const hideSecretHeaders = (headers: Record<string, string>) =>
  mapValues(headers, (value, name) => (secretHeaders.test(name) ? redacted : value))

const hideKey = (text: string) => text.replaceAll(keyLike, redacted)

/** A value that may be no address; one that has an address in it is hidden as a whole. */
const hideAddress = (value: string) => (hideAddresses(value) === value ? value : redacted)

/** A text of several words, in which those that look like an address are hidden. */
const hideAddresses = (text: string) =>
  text.replaceAll(phoneLike, redacted).replaceAll(word, (one) => (emailLike.test(one) ? redacted : one))

/**
 * Creates what hides personal data of entries: what the spec marks, what it does not know, what is not of the type that
 * it wants, and whatever looks like an address.
 */
export function createRedactor(): (entry: JournalEntry) => JournalEntry {
  const redactJson = createJsonRedactor()
  return (entry) => {
    const { request, response } = entry
    const described = find(descriptions, entry.operation)
    const bodies = Object.values(described?.body?.content ?? {}).map(({ schema }) => schema)
    const answers = Object.values(described?.responses[response.status] ?? {}).map(({ schema }) => schema)
    // What is said of an error never repeats a value; its details may have any form.
    const redactAnswer = response.status >= 400 ? keepJson : redactJson(answers)
    return mapTexts(
      {
        ...entry,
        request: {
          ...request,
          path: redactPath(entry),
          query: redactQuery(entry),
          headers: mapValues(request.headers, (value, name) =>
            harmlessHeaders.test(name) ? hideAddress(value) : redacted,
          ),
          body: redactBody(request, redactJson(bodies)),
        },
        response: { ...response, body: redactBody(response, redactAnswer) },
      },
      hideAddresses,
    )
  }
}

function redactBody({ body, bodyCut }: JournalEntry['request' | 'response'], redact: (value: unknown) => unknown) {
  if (body === null || body === '') return body
  if (bodyCut) return redacted
  try {
    return JSON.stringify(redact(JSON.parse(body)))
  } catch {
    return redacted
  }
}

const keepJson = (value: unknown): unknown => mapTexts(value, hideAddresses)

/** Makes what hides, in a JSON value, all but what one of the schemas describes and does not mark. */
function createJsonRedactor() {
  const expanded = new WeakMap<object, JsonSchema[]>()
  const expandOnce = (schema: unknown): JsonSchema[] => {
    if (!isSchema(schema)) return []
    const parts = expanded.get(schema) ?? expand(schemas, schema)
    expanded.set(schema, parts)
    return parts
  }

  function redact(value: unknown, described: readonly unknown[], depth: number): unknown {
    const parts = described.flatMap(expandOnce)
    // That there is nothing says nothing of a person.
    if (value === null) return null
    if (parts.some((part) => part['x-pii'] === true) || depth > maxDepth) return redacted
    if (Array.isArray(value)) {
      const items = parts.flatMap((part) => [part.items ?? [], part.prefixItems ?? []].flat())
      return value.map((item) => redact(item, items, depth + 1))
    }
    if (typeof value === 'object') {
      const entries = Object.entries(value).map(([key, item]) => {
        const { isKnown, below } = findBelow(parts, key)
        return [isKnown ? key : showName(key), redact(item, below, depth + 1)]
      })
      return Object.fromEntries(entries)
    }
    if (!parts.some((part) => isAsDescribed(part, value))) return redacted
    return typeof value === 'string' ? hideAddress(value) : value
  }
  return (described: readonly unknown[]) => (value: unknown) => redact(value, described, 1)
}

/** What schemas say of a key, and whether one of them names it. */
function findBelow(parts: readonly JsonSchema[], key: string): { isKnown: boolean; below: unknown[] } {
  const named = parts.flatMap(({ properties }) =>
    isSchema(properties) && Object.hasOwn(properties, key) ? [properties[key]] : [],
  )
  if (named.length > 0) return { isKnown: true, below: named }
  return { isKnown: false, below: parts.flatMap(({ additionalProperties }) => additionalProperties ?? []) }
}

/** Whether a schema says what kind of value stands there, and this is one. */
function isAsDescribed({ type, const: only, enum: choices }: JsonSchema, value: unknown): boolean {
  if (only !== undefined) return value === only
  if (Array.isArray(choices)) return choices.includes(value)
  return [type].flat().some((kind) => (kind === 'integer' ? Number.isInteger(value) : kind === typeof value))
}

interface Row {
  path: string
  pii?: readonly string[]
}

const byOperation: Readonly<Record<OperationId, Row>> = operations
const rows: Readonly<Record<string, Row>> = byOperation
const descriptions: Readonly<Record<string, OperationSchema>> = schemas.operations

const find = <T>(record: Readonly<Record<string, T>>, operation: string | null): T | undefined =>
  operation === null ? undefined : record[operation]

/** Every fixed segment of a path of the spec. */
const knownSegments = new Set(
  Object.values(rows).flatMap(({ path }) => path.split('/').filter((segment) => !segment.startsWith('{'))),
)

/** A path without the values of marked parameters; where no operation answers, only with words that the spec has. */
function redactPath({ operation, request }: JournalEntry): string {
  const segments = request.path.split('/')
  const pattern = find(rows, operation)?.path.split('/') ?? []
  const shown = segments.map((segment, index) => {
    const [, name] = /^\{(.*)\}$/.exec(pattern[index] ?? '') ?? []
    if (name === undefined) return knownSegments.has(segment) ? segment : redacted
    return isParameterShown({ operation, place: 'path', name, value: segment }) ? hideAddress(segment) : redacted
  })
  return shown.join('/')
}

/** A query without the values of parameters that are marked or that the operation does not have. */
function redactQuery({ operation, request }: JournalEntry): string {
  const shown = Array.from(new URLSearchParams(request.query), ([name, value]) => {
    const isShown = isParameterShown({ operation, place: 'query', name, value })
    return isShown ? `${name}=${hideAddress(encodeURIComponent(value))}` : `${showName(name)}=${redacted}`
  })
  return shown.join('&')
}

interface Parameter {
  operation: JournalEntry['operation']
  place: 'path' | 'query'
  name: string
  value: string
}

function isParameterShown({ operation, place, name, value }: Parameter): boolean {
  const known = find(descriptions, operation)?.parameters.find(
    (parameter) => parameter.in === place && parameter.name === name,
  )
  const { pii = [] } = find(rows, operation) ?? {}
  // `path` alone: a name that no such path can spell.
  if (!known || pii.includes(place) || pii.includes(`${place}.${name}`)) return false
  const parts = expand(schemas, known.schema)
  if (parts.some((part) => part['x-pii'] === true)) return false
  return parts.some((part) => isAsDescribed(part, value) || isAsDescribed(part, fromLiteral(value)))
}

/** A copy of a JSON value with its texts changed, names of members included. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  // Sound: what becomes of a value has its form, and a text stays a text.
  return mapText(value, change) as T
}

function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapText(item, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapText(item, change)]))
}

const mapValues = (record: Record<string, string>, change: (value: string, name: string) => string) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]))
