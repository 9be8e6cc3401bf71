import { type Bump, bumps } from '../diff/change.ts'
import { UserError } from '../user-error.ts'
import { writeChangelog } from './changelog.ts'
import { bumpOf, type Changeset, type ChangesetFile, parseChangeset, renderChangeset } from './changeset-file.ts'
import type { Comparison } from './compare-specs.ts'
import { type ChangeGroup, callOf, groupChanges } from './format-comparison.ts'

/** What a changeset is planned from. */
export interface PlanInput {
  comparison: Comparison
  /** The changesets that are there. */
  existing: readonly ChangesetFile[]
  /** The packages that are released together; the first is the one generated from the specs. */
  packages: readonly [string, ...string[]]
  /** Where changelogs find the spec, relative to a package. */
  specLink: string
}

/** What to do with the changeset folder, and what to tell. */
export interface ChangesetPlan {
  /** The one file to write; absent where nothing has changed. */
  write?: ChangesetFile
  /** Names of generated files to remove. */
  remove: string[]
  bump: Bump
  /** Why the bump is lower than the changes demand. */
  override?: string
}

/**
 * Plans the one changeset of a comparison. A file that says `Override: reason` may ask for less than the changes
 * demand. Throws `UserError`, naming the operations, where a file written by hand asks for less without one.
 */
export function planChangeset(input: PlanInput): ChangesetPlan {
  const { comparison, existing, packages, specLink } = input
  const [released] = packages
  const changesets = existing.map(parseChangeset)
  const generated = changesets.filter((one) => one.generated)
  if (comparison.bump === 'none') return { remove: generated.map(({ name }) => name), bump: 'none' }
  const override = findOverride(changesets, released, comparison.bump)
  refuseLower(changesets, released, comparison)
  const bump = override?.bump ?? comparison.bump
  const groups = groupChanges(comparison.changes)
  const name = nameFor(groups)
  const summary = writeChangelog({ groups, demanded: comparison.bump, specLink, override: override?.reason })
  return {
    write: { name, text: renderChangeset({ packages, bump, base: comparison.base, summary }) },
    remove: generated.map((one) => one.name).filter((one) => one !== name),
    bump,
    ...(override && { override: override.reason }),
  }
}

/** What is wrong with the changesets that are there, one line each; `applied` is what the version itself has moved. */
export function findChangesetFaults({ comparison, existing, packages }: PlanInput, applied: Bump): string[] {
  const [released] = packages
  const changesets = existing.map(parseChangeset)
  const asked = higher(bumpOf(changesets, released), applied)
  if (!isLower(asked, comparison.bump) || findOverride(changesets, released, comparison.bump)) return []
  const found = asked === 'none' ? 'there is none' : `the highest asks for ${asked}`
  return [
    `Expected a changeset with a ${comparison.bump} for ${released}, because of the spec's changes since ${comparison.base}; ${found}.`,
    ...demanding(comparison, asked),
    'Run `pnpm spec:changeset` and commit what it writes.',
  ]
}

function refuseLower(changesets: readonly Changeset[], released: string, comparison: Comparison): void {
  const lower = changesets.find(
    ({ generated, releases, override }) =>
      !generated && override === undefined && isLower(releases[released] ?? comparison.bump, comparison.bump),
  )
  if (!lower) return
  const asked = lower.releases[released] ?? 'none'
  throw new UserError(
    [
      `.changeset/${lower.name} asks for a ${asked} of ${released}, but the spec's changes since ${comparison.base} demand a ${comparison.bump}:`,
      ...demanding(comparison, asked),
      `Raise it to ${comparison.bump}, or give the reason in the file in a line that begins with \`Override:\`; it is shown in the changelog.`,
    ].join('\n'),
  )
}

/** The operations that demand more than was asked for, one line each. */
function demanding({ changes }: Comparison, asked: Bump): string[] {
  return groupChanges(changes)
    .filter((group) => isLower(asked, group.bump))
    .map(
      (group) =>
        `  ${group.bump}  ${[group.operationId ?? 'the document as a whole', callOf(group)].filter(Boolean).join(' · ')}: ${group.changes[0]?.message}`,
    )
}

function findOverride(changesets: readonly Changeset[], released: string, demanded: Bump) {
  for (const { override, releases } of changesets) {
    const bump = releases[released]
    if (override !== undefined && bump !== undefined && isLower(bump, demanded)) return { bump, reason: override }
  }
  return undefined
}

const isLower = (a: Bump, b: Bump) => bumps.indexOf(a) > bumps.indexOf(b)

const higher = (a: Bump, b: Bump) => (isLower(a, b) ? b : a)

/** The same changes give the same name, so that a second run replaces the first one's file. */
function nameFor([first, ...others]: readonly ChangeGroup[]): string {
  const kebab = (first?.operationId ?? 'document')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const rest = others.length > 0 ? `-and-${others.length}-more` : ''
  return `spec-${kebab.toLowerCase()}${rest}.md`
}
