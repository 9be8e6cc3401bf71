import type { Bump } from '../diff/compare/change.ts'
import { runScript } from '../run-script.ts'
import { bumpOf, parseChangeset } from './changeset-file.ts'
import { describeDemands, higher, isLower } from './demands.ts'
import { ownChangesets, type PlanInput, planChangeset } from './plan-changeset.ts'

/** What changesets are held to. */
export interface CheckInput extends PlanInput {
  /** What the version itself has moved since the base: changesets that were applied are gone, but count. */
  applied: Bump
  /** Whether the base is a release. A branch's base moves with main, and tells nothing of what was there before it. */
  isSinceRelease: boolean
}

/**
 * What is wrong with the changesets that are there, one line each. Throws `UserError` where they contradict the
 * changes.
 */
export function findChangesetFaults(input: CheckInput): string[] {
  const planned = planChangeset(input)
  const { diff, pending, packages, applied } = input
  const [packageName] = packages
  const hasGenerated = ownChangesets(pending).some(({ generated }) => generated)
  // What asks for less by an override takes effect only once the changelog tells so.
  const demanded = hasGenerated || planned.write === undefined ? planned.bump : diff.bump
  const asked = higher(bumpOf(pending.files.map(parseChangeset), packageName), applied)
  const advice = `Run \`${runScript('spec:changeset')}\` and commit what it writes.`
  if (isLower(asked, demanded)) {
    const found = asked === 'none' ? 'there is none' : `the highest asks for ${asked}`
    return [
      `Expected a changeset with a ${demanded} for ${packageName}, because of the spec's changes since ${diff.base}; ${found}.`,
      ...describeDemands(diff, asked),
      advice,
    ]
  }
  return [...findLost(input, asked), ...(input.isSinceRelease ? findStale(input, planned.write?.text, advice) : [])]
}

/** Earlier changes, of which the diff says nothing, demand what their changesets ask for until it is released. */
function findLost({ diff, pending, packages: [packageName] }: CheckInput, asked: Bump): string[] {
  const lost = pending.earlier.map(parseChangeset).filter((one) => isLower(asked, one.releases[packageName] ?? 'none'))
  return lost.map(({ name, releases }) => {
    const isThere = pending.files.some((file) => file.name === name)
    const found = isThere ? 'it asks for less now' : 'it is gone'
    return `Expected .changeset/${name} to ask for a ${releases[packageName]} of ${packageName}, as it does in ${diff.base}; ${found}. Bring it back with \`git checkout ${commitOf(diff.base)} -- .changeset/${name}\`.`
  })
}

/** Labels of commits begin with what git knows them by. */
const commitOf = (base: string) => base.split(',')[0]

function findStale(input: CheckInput, planned: string | undefined, advice: string): string[] {
  const generated = ownChangesets(input.pending).filter((one) => one.generated)
  const texts = input.pending.files
    .filter(({ name }) => generated.some((one) => one.name === name))
    .map(({ text }) => text)
  if (texts.length === 0 || (texts.length === 1 && texts[0] === planned)) return []
  const names = generated.map(({ name }) => `.changeset/${name}`).join(', ')
  return [`${names} does not tell of the spec's changes since ${input.diff.base} as they are now.`, advice]
}
