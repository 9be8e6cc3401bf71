import { type Bump, bumps } from '../diff/compare/change.ts'
import { UserError } from '../user-error.ts'
import { type Changeset, formatDemand } from './changeset-file.ts'
import type { ChangeGroup } from './format-comparison.ts'

/** A lower bump than the changes demand, and what it was chosen for. */
export interface Override {
  bump: Bump
  reason: string
  /** Whether a changeset written by hand gives the reason, and so shows it in the changelog itself. */
  isByHand: boolean
  /** What demands more, as `major updateContactById`. */
  covers: string[]
}

/** Where overrides are looked for. */
export interface OverrideSearch {
  changesets: readonly Changeset[]
  /** The package that is generated from the specs. */
  released: string
  demanded: Bump
  groups: readonly ChangeGroup[]
}

/**
 * The override among changesets, if one asks for less than is demanded. Throws `UserError` where one releases nothing,
 * or was given before the changes demanded what they demand now.
 */
export function findOverride({ changesets, released, demanded, groups }: OverrideSearch): Override | undefined {
  const [found] = changesets.filter((one) => one.override !== undefined)
  if (found?.override === undefined) return undefined
  const bump = found.releases[released]
  if (bump === undefined || bump === 'none') {
    throw new UserError(
      `.changeset/${found.name}: expected a bump for ${released} beside \`Override:\`, at least a patch; found ${bump ?? 'none'}.`,
    )
  }
  if (bumps.indexOf(bump) <= bumps.indexOf(demanded)) return undefined
  const covers = groups.filter((group) => bumps.indexOf(group.bump) < bumps.indexOf(bump)).map(formatDemand)
  refuseOutgrown(changesets, covers, found.override)
  return { bump, reason: found.override, isByHand: !found.generated, covers }
}

/** A reason that was given for some changes says nothing of those that came later. */
function refuseOutgrown(changesets: readonly Changeset[], covers: readonly string[], reason: string): void {
  const written = changesets.find(({ covers }) => covers !== undefined)
  if (written?.covers === undefined) return
  const added = covers.filter((one) => !written.covers?.includes(one))
  if (added.length === 0) return
  throw new UserError(
    [
      `The override “${reason}” was given for ${written.covers.join(', ')}. The changes now demand as well:`,
      ...added.map((one) => `  ${one}`),
      `If the reason holds for them, too, remove the line with \`covers\` from .changeset/${written.name} and run \`pnpm spec:changeset\`; else remove the override.`,
    ].join('\n'),
  )
}
