import { type Content, resolve } from '../../spec/document.ts'
import type { Direction } from '../../spec/read-write.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { BodyPair, Header, HeaderPair, MediaType, MediaTypePair, ResponsePair, Spot } from '../compare/rule.ts'
import { isSuccess } from '../compare/status.ts'
import { bodyRules } from '../rules/body.ts'
import { contentRules } from '../rules/content.ts'
import { headerRules, responseRules } from '../rules/response.ts'
import { extend, type SchemaWalk } from './schemas.ts'
import { applyRules, closeVisit, compareWords, createVisit, type Visit } from './visit.ts'

/** A walk through what one operation sends and answers. */
export interface MessageWalk {
  comparison: Comparison
  schemas: SchemaWalk
  /** Of what the request holds. */
  direction: Direction
  /** Where the operation is written. */
  operation: Spot
}

type Both<T> = [before: T | undefined, after: T | undefined]

/** Visits the bodies of two requests. */
export function visitBody(walk: MessageWalk, bodies: Both<Content>): Visit[] {
  const { comparison, direction, operation } = walk
  const [before, after] = resolveBoth(comparison, bodies)
  if (!before && !after) return []
  const spot = spotBetween(walk, [before, after]) ?? extend(operation, 'body')
  const pair: BodyPair = { before, after, direction, spot }
  return visitPart(walk, pair, (visit) => {
    applyRules(visit, pair, { rules: bodyRules, comparison })
    if (before && after)
      visit.below.push(...visitContent(walk, { contents: [before.content, after.content], direction, spot }))
  })
}

function resolveBoth({ before, after }: Comparison, [was, is]: Both<Content>): Both<Content> {
  return [was && resolve(before.document, was), is && resolve(after.document, is)]
}

/** Where two parts are written, if that is one place. */
export function spotBetween({ comparison }: MessageWalk, [before, after]: Both<object>): Spot | undefined {
  if (before && after) return comparison.areAligned(before, after) ? { side: 'before', part: before } : undefined
  return undefined
}

/** Visits a part that both documents have and say otherwise, or only one of them has. */
export function visitPart(
  { comparison: { before: was, after: is } }: MessageWalk,
  pair: { before: object | undefined; after: object | undefined; direction: Direction; spot: Spot },
  compare: (visit: Visit) => void,
): Visit[] {
  const { before, after } = pair
  if (before && after && was.words(before) === is.words(after)) return []
  const visit = createVisit(pair, was.meaning(before) === is.meaning(after))
  compare(visit)
  if (before && after) compareWords(visit, before, after)
  closeVisit(visit)
  return [visit]
}

interface ContentPlace {
  contents: Both<Readonly<Record<string, MediaType>>>
  direction: Direction
  spot: Spot
  isRequired?: boolean | undefined
}

/** Visits what a body or parameter is in each media type. */
function visitContent(
  walk: MessageWalk,
  { contents: [was = {}, is = {}], direction, spot, isRequired }: ContentPlace,
): Visit[] {
  const { comparison, schemas } = walk
  const types = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()
  return types.flatMap((type) => {
    const pair: MediaTypePair = { type, before: was[type], after: is[type], direction, spot }
    return visitPart(walk, pair, (visit) => {
      applyRules(visit, pair, { rules: contentRules, comparison })
      const { before, after } = pair
      if (!before || !after) return
      const place = { before: before.schema ?? true, after: after.schema ?? true, direction, spot, isRequired }
      visit.below.push(...some(schemas.visit(place)))
    })
  })
}

const some = <T>(one: T | undefined): T[] => (one === undefined ? [] : [one])

interface ValuePlace {
  before: Header
  after: Header
  direction: Direction
  spot: Spot
  isRequired?: boolean | undefined
}

/** Visits what a parameter or header holds, as a schema or by media type. */
export function visitValue(walk: MessageWalk, { before, after, ...place }: ValuePlace): Visit[] {
  if (before.content && after.content)
    return visitContent(walk, { contents: [before.content, after.content], ...place })
  if (before.content || after.content) return []
  return some(walk.schemas.visit({ before: before.schema ?? true, after: after.schema ?? true, ...place }))
}

/** Visits the answers of an operation: statuses, bodies and headers. */
export function visitResponses(walk: MessageWalk, [was = {}, is = {}]: Both<Record<string, Content>>): Visit[] {
  const { comparison, operation } = walk
  const statuses = Object.keys(was)
  return [...new Set([...statuses, ...Object.keys(is)])].sort().flatMap((status) => {
    const [before, after] = resolveBoth(comparison, [was[status], is[status]])
    const direction = walk.direction === 'request' ? 'response' : 'request'
    const spot = spotBetween(walk, [before, after]) ?? extend(operation, status)
    const isGood = isSuccess(status, statuses)
    const isKnown = before !== undefined || (after !== undefined && isKnownAnswer(walk, after, goodAnswers(walk, was)))
    const pair: ResponsePair = { before, after, direction, spot, isSuccess: isGood, isKnown }
    return visitPart(walk, pair, (visit) => {
      applyRules(visit, pair, { rules: responseRules, comparison })
      if (!before || !after) return
      visit.below.push(...visitContent(walk, { contents: [before.content, after.content], direction, spot }))
      visit.below.push(...visitHeaders(walk, { before, after, direction, spot, isSure: isGood }))
    })
  })
}

const goodAnswers = ({ comparison }: MessageWalk, responses: Record<string, Content>): Content[] =>
  Object.entries(responses)
    .filter(([status]) => isSuccess(status, Object.keys(responses)))
    .map(([, response]) => resolve(comparison.before.document, response))

/** Whether code that takes the answer of any success finds in a new one what it found in another. */
function isKnownAnswer({ schemas }: MessageWalk, answer: Content, known: readonly Content[]): boolean {
  const bodies = ({ content }: Content) => Object.values(content ?? {}).map(({ schema }) => schema ?? true)
  const found = bodies(answer)
  if (known.length === 0) return true
  if (found.length === 0) return known.some((one) => bodies(one).length === 0)
  return found.every((body) => known.flatMap(bodies).some((one) => schemas.fits(one, body, 'response')))
}

interface ResponsePlace {
  before: Content
  after: Content
  direction: Direction
  spot: Spot
  isSure: boolean
}

function visitHeaders(walk: MessageWalk, { before, after, direction, spot, isSure }: ResponsePlace): Visit[] {
  const { comparison } = walk
  const [was, is] = [before.headers ?? {}, after.headers ?? {}]
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((name) => {
    const [had, has] = resolveBoth(comparison, [was[name], is[name]]) as Both<Header>
    const at = spotBetween(walk, [had, has]) ?? extend(spot, `headers.${name}`)
    const pair: HeaderPair = { before: had, after: has, direction, spot: at, isSure }
    return visitPart(walk, pair, (visit) => {
      applyRules(visit, pair, { rules: headerRules, comparison })
      if (had && has && isSure) visit.below.push(...visitValue(walk, { before: had, after: has, direction, spot: at }))
    })
  })
}
