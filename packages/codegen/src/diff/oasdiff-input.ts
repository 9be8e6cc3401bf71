import { type OpenApiDocument, resolve } from '../document.ts'
import type { Pair } from './change.ts'
import { createHashes } from './hash-parts.ts'
import { pairSchemas, type Side } from './pair-schemas.ts'
import { viewSchema } from './schema-view.ts'
import { isRecord, isWords, type Kind, kindBelow } from './shape.ts'

type Fields = Record<string, unknown>

interface Context {
  before: Side
  after: Side
  /** References that were written out beside each other already; schemas lead to each other in circles. */
  writtenOut: Set<string>
}

/**
 * Two documents in normal form as oasdiff is to see them: without words, and written so that it does not misread what
 * it compares. It takes alternatives without a name for others when anything in them changed, a list of values that
 * goes for each of its values going, a format for a type, and a note on what a text holds for a rule. What is taken
 * away here, our own checks report.
 */
export function prepareForOasdiff({ before, after }: Pair): { before: object; after: object } {
  const hashes = createHashes({ before, after }, false)
  const context = {
    before: { document: before, part: hashes.before },
    after: { document: after, part: hashes.after },
    writtenOut: new Set<string>(),
  }
  const [old, now] = [before, after].map((document) => withInfo(withoutWords(document, 'object') as OpenApiDocument))
  if (old && now) align(context, [old, now], 'object')
  return { before: old ?? {}, after: now ?? {} }
}

const withInfo = (document: OpenApiDocument) => ({ ...document, info: { title: '', version: '' } })

function withoutWords(node: unknown, kind: Kind): unknown {
  if (kind === 'data' || typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map((child) => withoutWords(child, kind))
  const entries = Object.entries(node).filter(([key]) => kind === 'map' || !isWords(key))
  const copy = entries.map(([key, value]) => [key, withoutWords(value, kindBelow(kind, key, value))])
  return Object.fromEntries(copy)
}

/** Walks two copies side by side, and changes both. */
function align(context: Context, [old, now]: [unknown, unknown], kind: Kind): void {
  if (kind === 'data' || !isRecord(old) || !isRecord(now)) return
  if (kind === 'object') alignSchemas(context, old, now)
  for (const [key, value] of Object.entries(old)) {
    if (kind === 'object' && compositions.includes(key)) continue
    const other = now[key]
    if (Array.isArray(value) && Array.isArray(other)) {
      const isNamed = key === 'parameters'
      const pairs = isNamed
        ? pairByName(context, value, other)
        : value.map((one, index) => [one, other[index]] as const)
      for (const [one, two] of pairs) align(context, [one, two], 'object')
    } else align(context, [value, other], kindBelow(kind, key, value))
  }
}

/** Parameters of two lists that are the same one. */
function pairByName({ before, after }: Context, old: unknown[], now: unknown[]): (readonly [unknown, unknown])[] {
  const nameOf = ({ document }: Side, one: unknown) => {
    const { in: place, name }: Fields = resolve(document, isRecord(one) ? one : {})
    return `${place} ${name}`
  }
  const others = new Map(now.map((one) => [nameOf(after, one), one]))
  return old.map((one) => [one, others.get(nameOf(before, one))] as const)
}

function alignSchemas(context: Context, old: Fields, now: Fields): void {
  joinParts(context, old, now)
  if (old.$ref !== now.$ref && !writeOut(context, old, now)) return
  if (old.$ref !== undefined) return
  if (old.format !== now.format) removeFrom(old, now, 'format')
  if (old.contentMediaType === undefined) removeFrom(old, now, 'contentMediaType')
  if (old.enum !== undefined && now.enum === undefined) removeFrom(old, now, 'enum')
  if (!(isComposed(old) && isComposed(now)) && isMisread(old.type, now.type)) removeFrom(old, now, 'type')
  if (Array.isArray(old.oneOf) && Array.isArray(now.anyOf)) rename(now, 'anyOf', 'oneOf')
  else if (Array.isArray(old.anyOf) && Array.isArray(now.oneOf)) rename(old, 'anyOf', 'oneOf')
  for (const keyword of compositions) {
    const [was, is] = [old[keyword], now[keyword]]
    if (!Array.isArray(was) || !Array.isArray(is)) continue
    const { pairs, lost, gained } = alignLists(context, was, is)
    old[keyword] = [...pairs.map(([one]) => one), ...lost]
    now[keyword] = [...pairs.map(([, one]) => one), ...gained]
    for (const [one, two] of pairs) align(context, [one, two], 'object')
  }
}

/** Puts in the place of other references what they lead to. Tells whether it did. */
function writeOut({ before, after, writtenOut }: Context, old: Fields, now: Fields): boolean {
  const key = `${old.$ref} ${now.$ref}`
  if (old.$ref !== undefined && now.$ref !== undefined && writtenOut.has(key)) return false
  writtenOut.add(key)
  for (const [{ document }, fields] of [
    [before, old],
    [after, now],
  ] as const) {
    if (fields.$ref === undefined) continue
    const target = withoutWords(resolve(document, fields), 'object') as Fields
    delete fields.$ref
    Object.assign(fields, target)
  }
  return true
}

/** A type that is not told, null alone, and lists of several oasdiff takes for quite other types. */
function isMisread(old: unknown, now: unknown): boolean {
  const isOne = (type: unknown) => [type].flat().filter((one) => one !== 'null' && one !== undefined).length === 1
  return old !== now && !(isOne(old) && isOne(now))
}

/** Joins the parts of `allOf` where the two sides do not have the same: else each part would be one added or removed. */
function joinParts(context: Context, old: Fields, now: Fields): void {
  const { before, after } = context
  const [was, is] = [partsOf(before.document, old), partsOf(after.document, now)]
  if (was.length + is.length === 0) return
  const { lost, gained } = pairSchemas({ side: before, schemas: was }, { side: after, schemas: is })
  if (lost.length + gained.length === 0) return
  for (const [side, fields] of [
    [before, old],
    [after, now],
  ] as const) {
    const { keywords, properties, required, alternatives } = viewSchema(side.document, fields)
    const { title } = fields
    for (const keyword of Object.keys(fields)) delete fields[keyword]
    const joined = {
      ...keywords,
      ...(properties.size > 0 && { properties: Object.fromEntries(properties) }),
      ...(required.size > 0 && { required: [...required] }),
      ...(alternatives && { anyOf: alternatives }),
    }
    Object.assign(fields, withoutWords(joined, 'object'), title !== undefined && { title })
  }
}

const partsOf = (document: OpenApiDocument, fields: Fields): unknown[] => {
  const { allOf }: Fields = resolve(document, fields)
  return Array.isArray(allOf) ? allOf : []
}

const compositions = ['allOf', 'anyOf', 'oneOf']
const isComposed = (schema: Fields) => compositions.some((keyword) => keyword in schema)

function removeFrom(old: Fields, now: Fields, keyword: string): void {
  delete old[keyword]
  delete now[keyword]
}

function rename(fields: Fields, from: string, to: string): void {
  fields[to] = fields[from]
  delete fields[from]
}

interface AlignedLists {
  pairs: (readonly [old: unknown, now: unknown])[]
  lost: unknown[]
  gained: unknown[]
}

/** Gives what belongs together one title, and what means the same one form. */
function alignLists({ before, after }: Context, old: unknown[], now: unknown[]): AlignedLists {
  const { pairs, lost, gained } = pairSchemas({ side: before, schemas: old }, { side: after, schemas: now })
  const aligned = pairs.map(({ before: was, after: is }, index) => {
    const title = `alternative ${index + 1}`
    if (before.part(was) === after.part(is)) return [{ title }, { title }] as const
    if (isRecord(was) && isRecord(is) && was.$ref !== undefined && was.$ref === is.$ref) return [was, is] as const
    return [titled(before.document, was, title), titled(after.document, is, title)] as const
  })
  return { pairs: aligned, lost, gained }
}

const titled = (document: OpenApiDocument, schema: unknown, title: string): unknown =>
  isRecord(schema) ? { ...(withoutWords(resolve(document, schema), 'object') as Fields), title } : schema
