import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../shape.ts'

/** What keywords for people are called, where not by their own name. */
const labels: ReadonlyMap<string, string> = new Map([
  ['description', 'The description'],
  ['summary', 'The summary'],
  ['title', 'The title'],
  ['example', 'The example'],
  ['examples', 'The examples'],
  ['externalDocs', 'The link to more documentation'],
])

/**
 * How the change of a keyword for people is told; nothing where the values are the same. `subject` is a location such as
 * `body.phone`, or a name with spaces.
 */
export function tellWords(keyword: string, values: [unknown, unknown], subject: string): string[] {
  const [was, is] = values
  if (isDeepStrictEqual(was, is)) return []
  const place = placeOf(subject)
  if (keyword === 'examples' && [was, is].every((one) => one === undefined || isRecord(one))) {
    return tellNamed([was ?? {}, is ?? {}], place)
  }
  const label = `${labels.get(keyword) ?? `\`${keyword}\``} of ${place}`
  return [sentence(label, keyword === 'examples' ? 'are' : 'is', values)]
}

function tellNamed([was, is]: [object, object], place: string): string[] {
  const names = new Set([...Object.keys(was), ...Object.keys(is)])
  return [...names].flatMap((name) => {
    const [old, now]: unknown[] = [was, is].map((examples) => Reflect.get(examples, name))
    if (isDeepStrictEqual(old, now)) return []
    const what = old === undefined ? 'is new' : now === undefined ? 'is gone' : 'is another'
    return [`The example \`${name}\` of ${place} ${what}.`]
  })
}

function sentence(label: string, verb: string, [was, is]: [unknown, unknown]): string {
  if (was === undefined) return `${label} ${verb} new: ${show(is)}.`
  if (is === undefined) return `${label} ${verb} gone: ${show(was)}.`
  return `${label} ${verb === 'are' ? 'are others' : 'is another'}: ${show(was)} → ${show(is)}.`
}

function placeOf(subject: string): string {
  if (subject === 'body') return 'the request'
  return subject.includes(' ') ? subject : `\`${subject}\``
}

const longest = 80

/** A value on one line, shortened. */
function show(value: unknown): string {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ').trim()
  return `“${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}”`
}
