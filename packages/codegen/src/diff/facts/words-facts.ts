import { type OpenApiDocument, resolve } from '../../document.ts'
import type { Pair } from '../change.ts'
import { isRecord, isWords, type Kind, kindBelow } from '../shape.ts'
import type { Finding } from './finding.ts'
import { tellWords } from './words-text.ts'

/** What only people notice: what it is called, and where. */
export type WordsFinding = Pick<Finding, 'bump' | 'id' | 'message' | 'location'>

interface Place {
  kind: Kind
  /** The keyword that it stands under, or in a list or map of. */
  keyword: string
  location: string | undefined
}

/** How many findings of one operation are told one by one. */
const most = 5

/** What two pieces are, for people who read of their words. */
export interface WordsSubject {
  /** What words at no place are about. Default `the operation`. */
  name?: string
  /** Where the pieces are. Default: nowhere in particular. */
  location?: string
}

/** Lists where the words of two pieces that mean the same differ, at most a handful one by one. */
export function findWords(
  pair: Pair,
  [before, after]: readonly [unknown, unknown],
  { name = 'the operation', location }: WordsSubject = {},
): WordsFinding[] {
  const found: WordsFinding[] = []
  const report: Walk['report'] = (keyword, values, at) => {
    for (const message of tellWords(keyword, values, at ?? name)) {
      found.push({ bump: 'patch', id: 'words-changed', message, ...(at !== undefined && { location: at }) })
    }
  }
  walk({ ...pair, seen: new Map(), report }, [before, after], { kind: 'object', keyword: '', location })
  const left = found.length - most
  return left > 1
    ? [
        ...found.slice(0, most),
        wordsFinding(`${left} more descriptions, examples or marks differ, besides those that are told.`),
      ]
    : found
}

/** A finding on words at no place in particular. */
export const wordsFinding = (message: string): WordsFinding => ({ bump: 'patch', id: 'words-changed', message })

interface Walk extends Pair {
  seen: Map<unknown, Set<unknown>>
  report: (keyword: string, values: [unknown, unknown], location: string | undefined) => void
}

function walk(context: Walk, [one, other]: [unknown, unknown], place: Place): void {
  const { kind, keyword, location } = place
  if (Array.isArray(one) && Array.isArray(other)) {
    for (const [was, is, name] of pairLists(context, [one, other])) {
      const at = keyword === 'parameters' ? name : location
      walk(context, [was, is], { ...place, location: at })
    }
    return
  }
  if (kind === 'data' || !isRecord(one) || !isRecord(other)) return
  const [was, is] = [follow(context.before, one), follow(context.after, other)]
  const others = context.seen.get(was) ?? new Set()
  context.seen.set(was, others)
  if (others.has(is)) return
  others.add(is)
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    const values: [unknown, unknown] = [was[key], is[key]]
    if (kind !== 'map' && isWords(key)) context.report(key, values, location)
    else {
      const below = kindBelow(kind, key, was[key])
      walk(context, values, { kind: below, keyword: kind === 'map' ? keyword : key, location: locate(place, key) })
    }
  }
}

/** What a reference leads to, and the words beside it. */
function follow(document: OpenApiDocument, piece: Record<string, unknown>): Record<string, unknown> {
  if (typeof piece.$ref !== 'string') return piece
  const { $ref, ...own } = piece
  const target: Record<string, unknown> = resolve(document, piece)
  return Object.keys(own).length > 0 ? { ...target, ...own } : target
}

function locate({ kind, keyword, location }: Place, key: string): string | undefined {
  const below = (name: string) => (location === undefined ? name : `${location}.${name}`)
  if (kind === 'map') {
    if (keyword === 'responses') return key
    if (keyword === 'properties') return below(key)
    return keyword === 'headers' ? below(`headers.${key}`) : location
  }
  if (key === 'requestBody') return 'body'
  return key === 'items' || key === 'additionalProperties' ? below('*') : location
}

/** Parameters belong together by name, all others by their place. */
function pairLists(
  { before, after }: Pair,
  [old, now]: [unknown[], unknown[]],
): [unknown, unknown, string | undefined][] {
  const nameOf = (document: OpenApiDocument, one: unknown) => {
    const { in: place, name } = isRecord(one) ? follow(document, one) : {}
    return place && name ? `${place}.${name}` : undefined
  }
  const byName = new Map(now.map((one) => [nameOf(after, one), one]))
  return old.map((one, index) => {
    const name = nameOf(before, one)
    return [one, name === undefined ? now[index] : byName.get(name), name]
  })
}
