import { hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type OpenApiDocument, resolve } from '../../spec/document.ts'
import { isRecord, type Kind, kindBelow } from '../../spec/kinds.ts'
import { conjoin, joinSchemas } from './conjoin.ts'
import { listRefs } from './reach.ts'
import { readNullable } from './schema-view.ts'
import { isWords } from './shape.ts'

/** The hash of a part of one document, references followed: equal hashes are equal contents. */
export type HashPart = (part: unknown, kind?: Kind) => string

interface Context {
  document: OpenApiDocument
  /** Whether what is for people counts. */
  withWords: boolean
  /** What stands for a reference that leads back to itself, by the reference. */
  colors: ReadonlyMap<string, string>
  /** The hash of such a reference's target, written out once, to what stands for the reference. */
  unfolded: ReadonlyMap<string, string>
  known: WeakMap<object, string>
}

/** Hashes of two documents, comparable between the two. */
export interface Hashes {
  before: HashPart
  after: HashPart
}

/**
 * Hashes for the parts of two documents in normal form, without words and with them. The order of keys makes no
 * difference, nor whether a schema is written out or referred to.
 */
export function createHashes(before: OpenApiDocument, after: OpenApiDocument): { meaning: Hashes; words: Hashes } {
  const circular = [before, after].map(findCircular)
  return {
    meaning: hashesOf([before, after], circular, { withWords: false }),
    words: hashesOf([before, after], circular, { withWords: true }),
  }
}

function hashesOf(
  [before, after]: [OpenApiDocument, OpenApiDocument],
  circular: string[][],
  { withWords }: { withWords: boolean },
): Hashes {
  const documents = [before, after]
  let colors = circular.map((refs) => new Map(refs.map((ref) => [ref, 'circular'])))
  let unfolded = new Map<string, string>()
  const contextOf = (index: number): Context => ({
    document: documents[index] ?? before,
    withWords,
    colors: colors[index] ?? new Map(),
    unfolded,
    known: new WeakMap(),
  })
  // Each round tells apart what differs one reference further away, until a round tells no more apart.
  for (let told = 0; circular.some((refs) => refs.length > 0); ) {
    const next = circular.map((refs, index) => {
      const context = contextOf(index)
      return new Map(refs.map((ref) => [ref, hashPart(context, resolve(context.document, { $ref: ref }), 'object')]))
    })
    const count = new Set(next.flatMap((round) => [...round.values()])).size
    if (count === told) {
      unfolded = new Map(next.flatMap((round, i) => [...round].map(([ref, text]) => [text, colors[i]?.get(ref) ?? ''])))
      break
    }
    told = count
    colors = next
  }
  const [ofBefore, ofAfter] = [contextOf(0), contextOf(1)]
  return {
    before: (part, kind = 'object') => hashPart(ofBefore, part, kind),
    after: (part, kind = 'object') => hashPart(ofAfter, part, kind),
  }
}

function hashPart(context: Context, part: unknown, kind: Kind): string {
  if (typeof part !== 'object' || part === null) return JSON.stringify(part) ?? 'undefined'
  const known = context.known.get(part)
  if (known !== undefined) return known
  const whole = isRecord(part) && kind === 'object' ? joinParts(context, readWhole(context, part)) : part
  const text = isRecord(whole) ? hashRecord(context, whole, kind) : hashList(context, whole as unknown[], kind)
  const short = text.length > 80 ? hash('sha1', text, 'base64') : text
  const result = context.unfolded.get(short) ?? short
  context.known.set(part, result)
  return result
}

const hashList = (context: Context, list: unknown[], kind: Kind) =>
  `[${list.map((one) => hashPart(context, one, kind)).join()}]`

function hashRecord(context: Context, record: Record<string, unknown>, kind: Kind): string {
  const { withWords, document, colors } = context
  const isObject = kind === 'object'
  const typed = isObject && isUntypedObject(record) ? { ...record, type: 'object' } : record
  const fields = Object.keys(typed)
    .filter((key) => !(isObject && (key === '$ref' || (!withWords && isWords(key)))) && typed[key] !== undefined)
    .sort()
    .map((key) => {
      const value = typed[key]
      const isUnordered = isObject && unordered.has(key) && Array.isArray(value)
      const below = kindBelow(kind, key, value)
      const text = isUnordered
        ? value
            .map((one) => hashPart(context, one, below))
            .sort()
            .join()
        : hashPart(context, value, below)
      return `${JSON.stringify(key)}:${text}`
    })
  if (!isObject || typeof record.$ref !== 'string') return `{${fields.join()}}`
  const target = colors.get(record.$ref) ?? hashPart(context, resolve(document, { $ref: record.$ref }), kind)
  return fields.length > 0 ? `${target}&{${fields.join()}}` : target
}

/** A reference or null as one schema, where the reference leads back to nothing. */
function readWhole({ document, colors }: Context, schema: Record<string, unknown>): Record<string, unknown> {
  const [reference] = Array.isArray(schema.anyOf) ? schema.anyOf : []
  return colors.has(String(Object(reference).$ref)) ? schema : (readNullable(document, schema) ?? schema)
}

/** The schema with the parts of its `allOf` in it. */
function joinParts(context: Context, schema: Record<string, unknown>): Record<string, unknown> {
  const { allOf, ...joined } = schema
  if (!Array.isArray(allOf)) return schema
  for (const part of allOf) {
    if (!isRecord(part) || context.colors.has(String(part.$ref))) return schema
    const target = joinParts(context, resolve(context.document, part))
    for (const [key, value] of Object.entries(target)) {
      if (!context.withWords && isWords(key)) continue
      joined[key] = key in joined ? merge(key, joined[key], value) : value
    }
  }
  return joined
}

/** What two parts say together under a keyword. */
function merge(keyword: string, one: unknown, other: unknown): unknown {
  if (isWords(keyword)) return isDeepStrictEqual(one, other) ? one : [one, other]
  if (keyword === 'required') return [...new Set([one, other].flat())].sort()
  // One of each list has to hold.
  if (keyword === 'anyOf' || keyword === 'oneOf') return { both: [one, other] }
  if (keyword !== 'properties' || !isRecord(one) || !isRecord(other)) return conjoin(keyword, one, other)
  const both = Object.keys(other).map((name) => [name, name in one ? joinSchemas(one[name], other[name]) : other[name]])
  return { ...one, ...Object.fromEntries(both) }
}

/** What has properties is an object, also where nobody says so; types are made from it all the same. */
const isUntypedObject = (schema: Record<string, unknown>) =>
  schema.type === undefined && (isRecord(schema.properties) || schema.additionalProperties !== undefined)

/** Lists whose order says nothing. */
const unordered = new Set(['allOf', 'anyOf', 'oneOf', 'parameters'])

/** The references that lead into a circle: what is left when, again and again, those go that lead no further. */
function findCircular(document: OpenApiDocument): string[] {
  const left = new Map<string, readonly string[]>()
  const next = listRefs(document)
  for (let ref = next.pop(); ref !== undefined; ref = next.pop()) {
    if (left.has(ref)) continue
    const refs = listRefs(resolve(document, { $ref: ref }))
    left.set(ref, refs)
    next.push(...refs)
  }
  for (let size = -1; size !== left.size; ) {
    size = left.size
    for (const [ref, refs] of left) if (!refs.some((one) => left.has(one))) left.delete(ref)
  }
  return [...left.keys()]
}
