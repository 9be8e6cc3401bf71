import { runScript } from '../run-script.ts'
import { callOf, type Entry, foldChanges, headings, listSome, placeOf, summarizeDiff } from './entries.ts'
import { brief, type Extent, few, shorten, whole, writeWithin } from './extent.ts'
import type { SpecDiff } from './spec-diff.ts'

/** What GitHub takes as the text of a pull request or comment is 65,536 characters; whoever posts it may add to it. */
const maxMarkdownCharacters = 60_000

/** From the most to the least that is told, until it is short enough. */
const extents: [Extent, ...Extent[]] = [
  whole,
  { ...few, changes: 10, characters: 500 },
  { ...brief, entries: 100 },
  brief,
  { ...brief, entries: 20, characters: 120 },
]

/** A diff for a pull request: what breaks is open, all else is folded, and it is never more than GitHub takes. */
export function formatMarkdown(diff: SpecDiff): string {
  const { bump, base, sources, changes, notes = [] } = diff
  const head = `## Spec diff: ${bump}\n\n${sources.map(code).join(', ')} against ${code(base)}`
  const asides = notes.map((note) => escapeHtml(note))
  if (changes.length === 0) return [`${head}: nothing has changed its meaning.`, ...asides].join('\n\n')
  const entries = foldChanges(diff)
  return writeWithin(maxMarkdownCharacters, extents, (extent) =>
    [
      `${head}: ${summarizeDiff(diff)}.`,
      ...asides,
      ...(['major', 'minor', 'patch'] as const).flatMap((one) =>
        markdownSection(
          entries.filter((entry) => entry.bump === one),
          { bump: one, extent },
        ),
      ),
    ].join('\n\n'),
  )
}

interface Section {
  bump: keyof typeof headings
  extent: Extent
}

function markdownSection(entries: readonly Entry[], { bump, extent }: Section): string[] {
  if (entries.length === 0) return []
  const rest = entries.length - extent.entries
  const more = rest > 0 ? [`- … and ${rest} more like these, which \`${runScript('spec:diff --details')}\` tells`] : []
  const list = [...entries.slice(0, extent.entries).map((entry) => markdownEntry(entry, extent)), ...more].join('\n')
  return [
    bump === 'major' ? `### ${headings[bump]}\n\n${list}` : foldAway(`${headings[bump]} (${entries.length})`, list),
  ]
}

function markdownEntry({ api, operation, reached, changes }: Entry, extent: Extent): string {
  const name = api === undefined ? '' : `${code(api)}: `
  const sentences = changes.slice(0, extent.changes).map((change) => {
    const place = placeOf(change)
    return `${place ? `${code(place)}: ` : ''}${escapeHtml(shorten(change.message, extent.characters))}`
  })
  if (operation === undefined) return `- ${name}${sentences[0]}${writeReach(reached, extent)}`
  const title = [`**${code(operation.id)}**`, code(operation.endpoint), code(callOf(operation))].join(' · ')
  const rest = changes.length - sentences.length
  const lines = [...sentences, ...(rest > 0 ? [`and ${rest} more`] : [])].map((line) => `  - ${line}`)
  return [`- ${name}${title}`, ...lines].join('\n')
}

function writeReach(reached: Entry['reached'], { operations }: Extent): string {
  if (reached.length === 0) return ''
  const ids = reached.map(({ id }) => id)
  const title = `reaches ${ids.length} ${ids.length === 1 ? 'operation' : 'operations'}`
  const isFolded = ids.length > few.operations && operations >= ids.length
  if (!isFolded) return `\n  - ${title}: ${listSome(ids.map(code), operations)}`
  return `\n  - <details><summary>${title}</summary>${ids.map(htmlCode).join(', ')}</details>`
}

const foldAway = (summary: string, text: string) => `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`

/** Text of which nothing is taken for a tag, outside of code. */
const escapeHtml = (text: string) =>
  text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith('`') ? part : part.replaceAll('<', '&lt;')))
    .join('')

const code = (text: string) => `\`${text.replaceAll('`', "'")}\``

/** In a line that begins with a tag, Markdown is not read. */
const htmlCode = (text: string) => `<code>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code>`
