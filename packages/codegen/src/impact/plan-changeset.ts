import type { Bump } from '../diff/compare/change.ts'
import { UserError } from '../user-error.ts'
import { writeChangelog } from './changelog.ts'
import { bumpOf, type Changeset, type ChangesetFile, parseChangeset, renderChangeset } from './changeset-file.ts'
import { describeDemands, isLower } from './demands.ts'
import { foldChanges } from './entries.ts'
import { findOverride } from './find-override.ts'
import type { SpecDiff } from './spec-diff.ts'

/** The changesets of a workspace, and how they stand to what is compared. */
export interface Pending {
  /** All that are there. */
  files: readonly ChangesetFile[]
  /** Those that the base has, as it has them: they tell of earlier changes. */
  earlier: readonly ChangesetFile[]
  /** Names of those that main has, and that are left alone for that. */
  merged: readonly string[]
}

/** What a changeset is planned from. */
export interface PlanInput {
  diff: SpecDiff
  pending: Pending
  /** The packages that are released together; the first is the one generated from the specs. */
  packages: readonly [string, ...string[]]
  /** Where changelogs find the description of each API, by its name. */
  descriptions: ReadonlyMap<string, string>
  /** Whether main has all that is compared: then it needs no telling any more, as long as enough is asked for. */
  isMerged: boolean
}

/** What to do with the changeset folder, and what to tell. */
export interface ChangesetPlan {
  /** The one file to write; absent where there is nothing to tell. */
  write?: ChangesetFile
  /** Names of generated files to remove. */
  remove: string[]
  bump: Bump
  /** Why the bump is lower than the changes demand. */
  override?: string
}

/**
 * Plans the one changeset of a diff. What main has stays, for it tells of earlier changes. A file that says
 * `Override: reason` may ask for less than the changes demand, for as long as they are those it was given for. Throws
 * `UserError`, naming the operations, where a file written by hand asks for less without one.
 */
export function planChangeset(input: PlanInput): ChangesetPlan {
  const { diff, pending, packages, descriptions, isMerged } = input
  const [packageName] = packages
  const own = ownChangesets(pending)
  const replaceable = own
    .filter(({ generated, name }) => generated && !pending.merged.includes(name))
    .map((one) => one.name)
  if (diff.bump === 'none') return { remove: replaceable, bump: 'none' }
  const override = findOverride({ changesets: own, packageName, diff })
  refuseLower(own, packageName, diff)
  const bump = override?.bump ?? diff.bump
  const reason = override && { override: override.reason }
  const isAsked = !isLower(bumpOf(pending.files.map(parseChangeset), packageName), bump)
  if (isMerged && isAsked) return { remove: [], bump, ...reason }
  const name = nameFor(diff, [...pending.merged, ...pending.earlier.map((one) => one.name)])
  const summary = writeChangelog({ diff, descriptions, override })
  const text = renderChangeset({ packages, bump, summary, covers: override?.covers ?? [] })
  return { write: { name, text }, remove: replaceable.filter((one) => one !== name), bump, ...reason }
}

/** The changesets that tell of what is compared. */
export function ownChangesets({ files, earlier }: Pending): Changeset[] {
  return files.filter(({ name }) => !earlier.some((one) => one.name === name)).map(parseChangeset)
}

function refuseLower(own: readonly Changeset[], packageName: string, diff: SpecDiff): void {
  const byHand = own.filter(({ generated }) => !generated)
  const lower = byHand.find(
    ({ releases, override }) => override === undefined && isLower(releases[packageName] ?? diff.bump, diff.bump),
  )
  if (!lower || !isLower(bumpOf(byHand, packageName), diff.bump)) return
  const asked = lower.releases[packageName] ?? 'none'
  throw new UserError(
    [
      `.changeset/${lower.name} asks for a ${asked} of ${packageName}, but the spec's changes since ${diff.base} demand a ${diff.bump}:`,
      ...describeDemands(diff, asked),
      `Raise it to ${diff.bump}, or give the reason in the file in a line that begins with \`Override:\`; it is shown in the changelog.`,
    ].join('\n'),
  )
}

/** The same changes give the same name, so that a second run replaces the first one's file, and no other. */
function nameFor(diff: SpecDiff, taken: readonly string[]): string {
  const [first, ...others] = foldChanges(diff)
  const place = first?.operation?.id ?? first?.changes[0].location?.replace(/^components\.[^.]+\./, '') ?? 'document'
  const kebab = [first?.api, place]
    .filter((part) => part !== undefined)
    .join('-')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
  const stem = `spec-${kebab}${others.length > 0 ? `-and-${others.length}-more` : ''}`
  const names = [`${stem}.md`, ...taken.map((_, index) => `${stem}-${index + 2}.md`)]
  return names.find((name) => !taken.includes(name)) ?? `${stem}.md`
}
