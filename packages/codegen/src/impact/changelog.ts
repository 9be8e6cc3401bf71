import type { Bump } from '../diff/compare/change.ts'
import { callOf, type Entry, foldChanges, headings, listSome, placeOf, summarizeDiff } from './entries.ts'
import { type Extent, shorten } from './extent.ts'
import type { Override } from './find-override.ts'
import type { ReachedOperation, SpecDiff } from './spec-diff.ts'

/** What a changelog entry is written from. */
export interface ChangelogInput {
  diff: SpecDiff
  /** Where each API's description is found, relative to the changelog, by the API's name. */
  descriptions: ReadonlyMap<string, string>
  /** Why a lower bump was chosen. */
  override?: Override | undefined
}

/** A changelog is read for years; whoever needs more has the description. */
const extent: Extent = { entries: 50, changes: 8, operations: 8, characters: 1000 }

/** The text of a changelog entry for partners: what changed in each API, the breaking changes first. */
export function writeChangelog({ diff, descriptions, override }: ChangelogInput): string {
  const apis = [...new Set(diff.changes.map(({ api }) => api))].map((api) => {
    const own = { ...diff, changes: diff.changes.filter((change) => change.api === api) }
    const title = diff.sources.length > 1 ? `The description of the API \`${api}\`` : "The API's description"
    return [`${title} changed: ${summarizeDiff(own)}.`, ...changelogSections(own, descriptions.get(api))].join('\n\n')
  })
  return [...apis, ...(override ? [describeOverride(override, diff.bump)] : [])].join('\n\n')
}

function describeOverride({ isByHand, reason }: Override, demanded: Bump): string {
  const lowered = `Released lower than the ${demanded} that this demands`
  return isByHand ? `${lowered}; another entry gives the reason.` : `${lowered}.\n\nOverride: ${reason}`
}

function changelogSections(diff: SpecDiff, description: string | undefined): string[] {
  const entries = foldChanges(diff)
  return (['major', 'minor', 'patch'] as const).flatMap((bump) => {
    const own = entries.filter((entry) => entry.bump === bump)
    if (own.length === 0) return []
    const rest = own.length - extent.entries
    const lines = own.slice(0, extent.entries).map((entry) => changelogEntry(entry, description))
    const more = rest > 0 ? [`- and ${rest} more`] : []
    return [`**${headings[bump]}**\n\n${[...lines, ...more].join('\n')}`]
  })
}

function changelogEntry({ operation, reached, changes }: Entry, description: string | undefined): string {
  const sentences = changes.slice(0, extent.changes).map((change) => {
    const place = placeOf(change)
    return `${place && `\`${place}\`: `}${shorten(change.message, extent.characters)}`
  })
  const link = (operation: ReachedOperation) => linkTo(`\`${operation.id}\``, operation.docs ?? description)
  if (operation !== undefined) {
    const rest = changes.length - sentences.length
    const lines = [...sentences, ...(rest > 0 ? [`and ${rest} more`] : [])].map((line) => `  - ${line}`)
    return [`- ${link(operation)}, \`${callOf(operation)}\`, ${operation.endpoint}`, ...lines].join('\n')
  }
  if (reached.length === 0) {
    const isOfAll = changes[0].location === undefined
    return `- ${isOfAll ? `${linkTo('The API as a whole', description)}: ` : ''}${sentences[0]}`
  }
  const number = `${reached.length} ${reached.length === 1 ? 'operation' : 'operations'}`
  const named = reached.map((one) => (one.methods.length > 0 ? `${link(one)} (\`${callOf(one)}\`)` : link(one)))
  return `- ${sentences[0]}\n  - reaches ${number}: ${listSome(named, extent.operations)}`
}

const linkTo = (text: string, address: string | undefined) => (address === undefined ? text : `[${text}](${address})`)
