import type { Bump } from '../diff/change.ts'
import { type ChangeGroup, callOf, summarize } from './format-comparison.ts'
import type { ReportedChange } from './report-changes.ts'

/** What a changelog entry is written from. */
export interface ChangelogInput {
  groups: readonly ChangeGroup[]
  /** What the changes demand. */
  demanded: Bump
  /** Where the spec is found, relative to the changelog. */
  specLink: string
  /** Why a lower bump was chosen. */
  override?: string | undefined
}

/** How many findings an operation shows; the rest is counted. */
const shown = 8

const headings: Record<Bump, string> = { major: 'Breaking', minor: 'Compatible', patch: 'In other words', none: '' }

/** The text of a changelog entry for partners: what changed, per operation, the breaking ones first. */
export function writeChangelog({ groups, demanded, specLink, override }: ChangelogInput): string {
  const head = `The API's description changed: ${summarize(groups)}.`
  const lowered =
    override === undefined ? [] : [`Released lower than the ${demanded} that this demands.\n\nOverride: ${override}`]
  const sections = (['major', 'minor', 'patch'] as const).flatMap((bump) => {
    const own = groups.filter((group) => group.bump === bump)
    return own.length > 0
      ? [`**${headings[bump]}**\n\n${own.map((group) => describeGroup(group, specLink)).join('\n')}`]
      : []
  })
  return [head, ...lowered, ...sections].join('\n\n')
}

function describeGroup(group: ChangeGroup, specLink: string): string {
  const title = titleOf(group, specLink)
  if (group.bump === 'patch') return `- ${title}`
  const findings = clearest(group.changes.filter(({ bump }) => bump !== 'patch'))
  const rest = findings.length - shown
  const lines = findings.slice(0, shown).map(({ message }) => `  - ${message}`)
  return [`- ${title}`, ...lines, ...(rest > 0 ? [`  - and ${rest} more`] : [])].join('\n')
}

function titleOf(group: ChangeGroup, specLink: string): string {
  const { operationId, endpoint, docs } = group
  if (operationId === undefined) return `[The API as a whole](${docs ?? specLink})`
  const call = callOf(group)
  return `[\`${operationId}\`](${docs ?? specLink}), ${[call && `\`${call}\``, endpoint].filter(Boolean).join(', ')}`
}

/** Which opinion tells partners most about what they will meet. */
const clearness = ['facts', 'typescript', 'oasdiff']

/**
 * One finding a place: where several opinions speak of it, the one that demands most, in the clearest words. Of what
 * oasdiff says without a place, our own checks say the same with more advice.
 */
function clearest(changes: readonly ReportedChange[]): ReportedChange[] {
  const isCovered = ({ opinion, location, bump }: ReportedChange) =>
    opinion === 'oasdiff' &&
    location === undefined &&
    changes.some((other) => other.opinion !== 'oasdiff' && other.location === undefined && other.bump === bump)
  const byPlace = new Map<string, ReportedChange>()
  const told = changes.filter((change) => !isCovered(change))
  const sorted = told.toSorted((a, b) => clearness.indexOf(a.opinion) - clearness.indexOf(b.opinion))
  for (const change of sorted) {
    const place = change.location === undefined ? change.message : `${change.direction} ${change.location}`
    const earlier = byPlace.get(place)
    if (!earlier || (earlier.bump !== 'major' && change.bump === 'major')) byPlace.set(place, change)
  }
  return changes.filter((change) => [...byPlace.values()].includes(change))
}
