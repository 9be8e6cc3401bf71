import type { Bump } from '../diff/compare/change.ts'
import { findClearest } from './find-clearest.ts'
import type { Override } from './find-override.ts'
import { type ChangeGroup, callOf, summarize } from './format-comparison.ts'

/** What a changelog entry is written from. */
export interface ChangelogInput {
  groups: readonly ChangeGroup[]
  /** What the changes demand. */
  demanded: Bump
  /** Where the spec is found, relative to the changelog. */
  specLink: string
  /** Why a lower bump was chosen. */
  override?: Override | undefined
}

/** How many findings an operation shows; the rest is counted. */
const shown = 8

const headings = { major: 'Breaking', minor: 'Compatible', patch: 'In other words' } as const

/** The text of a changelog entry for partners: what changed, per operation, the breaking ones first. */
export function writeChangelog({ groups, demanded, specLink, override }: ChangelogInput): string {
  const head = `The API's description changed: ${summarize(groups)}.`
  const sections = (['major', 'minor', 'patch'] as const).flatMap((bump) => {
    const own = groups.filter((group) => group.bump === bump)
    return own.length > 0 ? [`**${headings[bump]}**\n\n${describeGroups(own, specLink)}`] : []
  })
  return [head, ...(override ? [describeOverride(override, demanded)] : []), ...sections].join('\n\n')
}

function describeOverride({ isByHand, reason }: Override, demanded: Bump): string {
  const lowered = `Released lower than the ${demanded} that this demands`
  return isByHand ? `${lowered}; another entry gives the reason.` : `${lowered}.\n\nOverride: ${reason}`
}

/** One entry a group, or one for all groups of which the same is told: a host that moves touches every operation. */
function describeGroups(groups: readonly ChangeGroup[], specLink: string): string {
  const byFindings = Map.groupBy(groups, (group) => describeFindings(group).join('\n'))
  const entries = [...byFindings].map(([findings, alike]) => {
    const titles = alike.map((group) => titleOf(group, specLink))
    const [first = ''] = titles
    const title = titles.length === 1 ? first : `${titles.length} operations: ${titles.join('; ')}`
    return findings === '' ? `- ${title}` : `- ${title}\n${findings}`
  })
  return entries.join('\n')
}

function describeFindings({ changes }: ChangeGroup): string[] {
  const findings = findClearest(changes)
  const rest = findings.length - shown
  const lines = findings.slice(0, shown).map(({ message }) => `  - ${message}`)
  return rest > 0 ? [...lines, `  - and ${rest} more`] : lines
}

function titleOf(group: ChangeGroup, specLink: string): string {
  const { operationId, endpoint, docs } = group
  if (operationId === undefined) return `[The API as a whole](${docs ?? specLink})`
  const call = callOf(group)
  return `[\`${operationId}\`](${docs ?? specLink}), ${[call && `\`${call}\``, endpoint].filter(Boolean).join(', ')}`
}
