import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../spec/kinds.ts'
import type { Comparison, Side } from '../compare/comparison.ts'
import type { Finding, Pair, Report, Rule, SchemaPair } from '../compare/rule.ts'
import { isWords } from '../normal/shape.ts'

/** What keywords for people are called, where not by their own name. */
const labels: ReadonlyMap<string, string> = new Map([
  ['description', 'The description'],
  ['summary', 'The summary'],
  ['title', 'The title'],
  ['example', 'The example'],
  ['examples', 'The examples'],
  ['externalDocs', 'The link to more documentation'],
  ['x-when-to-use', 'The advice on when to use it'],
])

/** The id of a change that only people notice. */
export const wordsId = 'words-changed'

/** Fields of operations and documents that rules of their own read. */
const judgedElsewhere = new Set(['x-retry', 'x-unwrap', 'x-error-codes'])

/** Two parts that say something to people. */
export interface WordsPair extends Pick<Pair<object>, 'direction' | 'spot'> {
  before: object
  after: object
  /** How what they are about begins, such as `The tag \`a\``. Default: none. */
  subject?: string
}

/** Reports what two parts of a document say otherwise to people, and how clients mark what is sent; not what their own parts say. */
export function changeWords({ before, after, direction, spot, subject }: WordsPair, report: Report): void {
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const values: [unknown, unknown] = [Reflect.get(before, keyword), Reflect.get(after, keyword)]
    if (!isWords(keyword) || judgedElsewhere.has(keyword) || isDeepStrictEqual(...values)) continue
    const judge = direction === 'request' ? marks.get(keyword) : undefined
    if (judge) report({ ...judge(...values), spot })
    for (const message of judge ? [] : tellWords(keyword, values)) {
      const text = subject === undefined ? message : `${subject}: ${message[0]?.toLowerCase()}${message.slice(1)}`
      report({ bump: 'patch', id: wordsId, message: text, spot })
    }
  }
}

function tellWords(keyword: string, values: [unknown, unknown]): string[] {
  const [was, is] = values
  if (keyword === 'examples' && [was, is].every((one) => one === undefined || isRecord(one))) {
    return tellNamed([was ?? {}, is ?? {}])
  }
  const label = labels.get(keyword) ?? `\`${keyword}\``
  return [sentence(label, keyword === 'examples' ? 'are' : 'is', values)]
}

function tellNamed([was, is]: [object, object]): string[] {
  const names = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...names].flatMap((name) => {
    const [old, now]: unknown[] = [was, is].map((examples) => Reflect.get(examples, name))
    if (isDeepStrictEqual(old, now)) return []
    const what = old === undefined ? 'is new' : now === undefined ? 'is gone' : 'is another'
    return [`The example \`${name}\` ${what}.`]
  })
}

function sentence(label: string, verb: string, [was, is]: [unknown, unknown]): string {
  const isList = [was, is].some((value) => typeof value === 'object' && value !== null)
  const tell = (text: string) => (isList ? '' : `: ${text}`)
  if (was === undefined) return `${label} ${verb} new${tell(show(is))}.`
  if (is === undefined) return `${label} ${verb} gone${tell(show(was))}.`
  return `${label} ${verb === 'are' ? 'are others' : 'is another'}${tell(`${show(was)} → ${show(is)}`)}.`
}

const longest = 80

/** A value on one line, shortened. */
function show(value: unknown): string {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ').trim()
  return `“${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}”`
}

/** Marks that clients read where callers send a value, and mere words where they get it. */
const marks: ReadonlyMap<string, (was: unknown, is: unknown) => Omit<Finding, 'spot'>> = new Map([
  ['x-pii', changePersonalData],
  ['x-error-code', changeErrorCode],
])

function changePersonalData(_: unknown, is: unknown): Omit<Finding, 'spot'> {
  const message =
    is === true
      ? 'It counts as personal data now: clients keep it out of logs.'
      : 'It no longer counts as personal data: clients may log it.'
  return { bump: 'patch', id: 'personal-data-changed', message }
}

function changeErrorCode(was: unknown, is: unknown): Omit<Finding, 'spot'> {
  if (was === undefined) {
    const message = `Where it is not valid, the error has the code \`${is}\` now.`
    return { bump: 'minor', id: 'error-code-added', message }
  }
  const id = is === undefined ? 'error-code-removed' : 'error-code-changed'
  const rest = is === undefined ? 'has none of its own now' : `has \`${is}\` now`
  const message = `Where it is not valid, the error had the code \`${was}\` and ${rest}: code that branches on \`${was}\` takes another way.`
  return { bump: 'major', id, message }
}

/** What the schemas say that two schemas are joined from: those that are written at the same place belong together. */
const saysOtherwise: Rule<SchemaPair> = (pair, comparison, report) => {
  for (const { before, after } of pairSources(pair, comparison)) {
    changeWords({ before, after, direction: pair.direction, spot: { side: 'before', part: before } }, report)
  }
}

function pairSources({ before, after }: SchemaPair, comparison: Comparison): { before: object; after: object }[] {
  const [[first, ...parts], [firstNow, ...partsNow]] = [before.sources, after.sources]
  const own = first && firstNow ? [{ before: first, after: firstNow }] : []
  const locationOf = ({ placeOf }: Side, part: object) => placeOf(part)?.location
  const byLocation = Map.groupBy(partsNow, (part) => locationOf(comparison.after, part))
  const pairs = parts.flatMap((part) => {
    const other = byLocation.get(locationOf(comparison.before, part))?.shift()
    return other ? [{ before: part, after: other }] : []
  })
  return [...own, ...pairs]
}

/** What a schema says to people, and which marks it has. */
export const wordsRules: readonly Rule<SchemaPair>[] = [saysOtherwise]
