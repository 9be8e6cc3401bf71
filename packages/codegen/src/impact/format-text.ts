import { callOf, type Entry, foldChanges, headings, listSome, placeOf, summarizeDiff } from './entries.ts'
import { brief, type Extent, few, shorten, whole, writeWithin } from './extent.ts'
import type { SpecDiff } from './spec-diff.ts'

/** How many changes are told one by one without being asked to. */
const fewChanges = 20

/** More than this no terminal shows; whoever wants it all takes JSON. */
const maxTextCharacters = 1_000_000

/**
 * A diff for a terminal: what breaks first, a change of what operations share once. Many changes are told in brief,
 * one line each, unless `details` are asked for.
 */
export function formatText(diff: SpecDiff, { details = false } = {}): string {
  const { bump, base, sources, changes, notes = [] } = diff
  const head = [`${sources.join(', ')} against ${base}`, ...notes].join('\n')
  if (changes.length === 0) return `${head}\n\nnone: nothing has changed its meaning.`
  const entries = foldChanges(diff)
  const extent = details ? whole : changes.length > fewChanges ? brief : few
  return writeWithin(maxTextCharacters, [extent, few, brief], (used) =>
    [
      head,
      `${bump}: ${summarizeDiff(diff)}.`,
      ...(['major', 'minor', 'patch'] as const).flatMap((one) =>
        sectionLines(
          headings[one],
          entries.filter((entry) => entry.bump === one),
          used,
        ),
      ),
      ...adviceOn({ used, isCut: used !== extent, number: changes.length }),
    ].join('\n\n'),
  )
}

function sectionLines(heading: string, entries: readonly Entry[], extent: Extent): string[] {
  if (entries.length === 0) return []
  const rest = entries.length - extent.entries
  const lines = entries.slice(0, extent.entries).flatMap((entry) => entryLines(entry, extent))
  return [[heading, ...lines, ...(rest > 0 ? [`  … and ${rest} more like these`] : [])].join('\n')]
}

function entryLines({ api, operation, reached, changes }: Entry, extent: Extent): string[] {
  const name = api === undefined ? '' : `${api}: `
  const sentences = changes.slice(0, extent.changes).map((change) => {
    const place = placeOf(change)
    return `${place ? `${place}: ` : ''}${shorten(change.message, extent.characters)}`
  })
  if (operation === undefined) {
    const ids = reached.map(({ id }) => id)
    const reach =
      ids.length === 0 ? [] : [`    reaches ${countOperations(ids.length)}: ${listSome(ids, extent.operations)}`]
    return [`  ${name}${sentences[0]}`, ...reach]
  }
  const { id, endpoint, methods } = operation
  if (extent === brief) {
    const rest = changes.length > sentences.length ? ` (and ${changes.length - sentences.length} more)` : ''
    return [`  ${name}${[id, ...(methods.length > 0 ? [callOf(operation)] : []), sentences[0]].join(' · ')}${rest}`]
  }
  return [`  ${name}${[id, endpoint, callOf(operation)].join(' · ')}`, ...sentences.map((one) => `    ${one}`)]
}

/** A number of operations, in words. */
const countOperations = (number: number) => `${number} ${number === 1 ? 'operation' : 'operations'}`

/** Where the rest is to be had. */
function adviceOn({ used, isCut, number }: { used: Extent; isCut: boolean; number: number }): string[] {
  const json = `--format json gives all ${number} changes as data`
  if (isCut) return [`This is not everything, which is too long to be read: ${json}.`]
  if (used !== brief) return []
  return [`--details tells them one by one, with every operation that they reach; ${json}.`]
}
