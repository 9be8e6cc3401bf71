import { type Bump, bumps } from '../diff/compare/change.ts'
import { UserError } from '../user-error.ts'
import { writeChangelog } from './changelog.ts'
import {
  bumpOf,
  type Changeset,
  type ChangesetFile,
  formatDemand,
  parseChangeset,
  renderChangeset,
} from './changeset-file.ts'
import type { Comparison } from './compare-specs.ts'
import { findOverride } from './find-override.ts'
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
 * demand, for as long as they are those it was given for. Throws `UserError`, naming the operations, where a file
 * written by hand asks for less without one.
 */
export function planChangeset({ comparison, existing, packages, specLink }: PlanInput): ChangesetPlan {
  const [released] = packages
  const changesets = existing.map(parseChangeset)
  const generated = changesets.filter((one) => one.generated).map((one) => one.name)
  if (comparison.bump === 'none') return { remove: generated, bump: 'none' }
  const groups = groupChanges(comparison.changes)
  const override = findOverride({ changesets, released, demanded: comparison.bump, groups })
  refuseLower(changesets, released, comparison)
  const bump = override?.bump ?? comparison.bump
  const name = nameFor(groups)
  const summary = writeChangelog({ groups, demanded: comparison.bump, specLink, override })
  const text = renderChangeset({ packages, bump, summary, covers: override?.covers ?? [] })
  const remove = generated.filter((one) => one !== name)
  return { write: { name, text }, remove, bump, ...(override && { override: override.reason }) }
}

/**
 * What is wrong with the changesets that are there, one line each; `applied` is what the version itself has moved.
 * Throws `UserError` where they contradict the changes.
 */
export function findChangesetFaults(input: PlanInput, applied: Bump): string[] {
  const { comparison, existing, packages } = input
  const [released] = packages
  const changesets = existing.map(parseChangeset)
  const generated = existing.filter((_, index) => changesets[index]?.generated)
  const planned = planChangeset(input)
  const asked = higher(bumpOf(changesets, released), applied)
  const demanded = generated.length > 0 ? planned.bump : comparison.bump
  const advice = 'Run `pnpm spec:changeset` and commit what it writes.'
  if (isLower(asked, demanded)) {
    const found = asked === 'none' ? 'there is none' : `the highest asks for ${asked}`
    return [
      `Expected a changeset with a ${demanded} for ${released}, because of the spec's changes since ${comparison.base}; ${found}.`,
      ...demanding(comparison, asked),
      advice,
    ]
  }
  // Where a branch left main moves with main, and tells nothing of what was there before it.
  const isSinceRelease = comparison.base.startsWith(`${released}@`)
  const isStale = planned.remove.length > 0 || generated.some(({ text }) => text !== planned.write?.text)
  if (!isSinceRelease || !isStale) return []
  const names = generated.map(({ name }) => `.changeset/${name}`).join(', ')
  return [`${names} does not tell of the spec's changes since ${comparison.base} as they are now.`, advice]
}

function refuseLower(changesets: readonly Changeset[], released: string, comparison: Comparison): void {
  const byHand = changesets.filter(({ generated }) => !generated)
  const lower = byHand.find(
    ({ releases, override }) =>
      override === undefined && isLower(releases[released] ?? comparison.bump, comparison.bump),
  )
  if (!lower || !isLower(bumpOf(byHand, released), comparison.bump)) return
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
      (group) => `  ${[formatDemand(group), callOf(group)].filter(Boolean).join(' · ')}: ${group.changes[0]?.message}`,
    )
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
