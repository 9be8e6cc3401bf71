import { type Bump, highestBump } from '../diff/compare/change.ts'
import { runScript } from '../run-script.ts'
import { UserError } from '../user-error.ts'
import type { Changeset } from './changeset-file.ts'
import { isLower, listDemands } from './demands.ts'
import { listSome } from './entries.ts'
import type { SpecDiff } from './spec-diff.ts'

/** A lower bump than the changes demand, and what it was chosen for. */
export interface Override {
  bump: Bump
  reason: string
  /** Whether only changesets written by hand give the reason, and so show it in the changelog themselves. */
  isByHand: boolean
  /** The demands that are not met, as `listDemands` tells them. */
  covers: string[]
}

/** Where overrides are looked for. */
export interface OverrideSearch {
  /** The changesets that tell of the diff. */
  changesets: readonly Changeset[]
  packageName: string
  diff: SpecDiff
}

/**
 * The override among changesets, if they ask for less than is demanded; several are taken for one. Throws `UserError`
 * where one releases nothing, or was given before the changes demanded what they demand now.
 */
export function findOverride({ changesets, packageName, diff }: OverrideSearch): Override | undefined {
  const found = changesets.filter(({ override }) => override !== undefined)
  if (found.length === 0) return undefined
  const bump = highestBump(found.map((one) => ({ bump: bumpOfOverride(one, packageName) })))
  if (!isLower(bump, diff.bump)) return undefined
  const covers = listDemands(diff, bump)
  const generated = found.filter((one) => one.generated)
  const giving = generated.length > 0 ? generated : found
  const reason = [...new Set(giving.map(({ override }) => override))].join('; ')
  refuseOutgrown(changesets, covers, reason)
  return { bump, reason, isByHand: generated.length === 0, covers }
}

function bumpOfOverride({ name, releases }: Changeset, packageName: string): Bump {
  const bump = releases[packageName]
  if (bump !== undefined && bump !== 'none') return bump
  throw new UserError(
    `.changeset/${name}: expected a bump for ${packageName} beside \`Override:\`, at least a patch; found ${bump ?? 'none'}.`,
  )
}

/** A reason that was given for some changes says nothing of those that came later. */
function refuseOutgrown(changesets: readonly Changeset[], covers: readonly string[], reason: string): void {
  const written = changesets.filter(({ covers }) => covers !== undefined)
  if (written.length === 0) return
  const covered = written.flatMap(({ covers = [] }) => covers)
  const added = covers.filter((one) => !covered.includes(one))
  if (added.length === 0) return
  const files = written.map(({ name }) => `.changeset/${name}`).join(', ')
  throw new UserError(
    [
      `The override “${reason}” was given for ${listSome(covered, 5)}. The changes now demand as well:`,
      ...added.slice(0, 20).map((one) => `  ${one}`),
      ...(added.length > 20 ? [`  and ${added.length - 20} more`] : []),
      `If the reason holds for them, too, remove the line with \`covers\` from ${files} and run \`${runScript('spec:changeset')}\`; else remove the override.`,
    ].join('\n'),
  )
}
