import type { SpecConfig } from '../config.ts'
import type { Change } from '../diff/compare/change.ts'

/** One API as a base's config lists it, and as it is listed now; at least one of them is there. */
export interface ApiMatch {
  before?: SpecConfig
  after?: SpecConfig
}

/**
 * Finds the APIs of a config in an earlier one: by name, and what has another name now by its source. Without an
 * earlier config each is taken to have been there.
 */
export function matchApis(before: readonly SpecConfig[] | undefined, after: readonly SpecConfig[]): ApiMatch[] {
  if (before === undefined) return after.map((spec) => ({ before: spec, after: spec }))
  const byName = (specs: readonly SpecConfig[], name: string) => specs.find((spec) => spec.name === name)
  const gone = new Set(before.filter(({ name }) => !byName(after, name)))
  const matched = after.map((spec): ApiMatch => {
    const same = byName(before, spec.name) ?? [...gone].find(({ source }) => source === spec.source)
    if (same === undefined) return { after: spec }
    gone.delete(same)
    return { before: same, after: spec }
  })
  return [...matched, ...[...gone].map((spec) => ({ before: spec }))]
}

/** The name that an API has now, or had where it is gone. */
export const apiNameOf = ({ before, after }: ApiMatch): string => after?.name ?? before?.name ?? ''

/** What it means for partners that a config lists an API no more, newly, or by another name. */
export function findApiChanges({ before, after }: ApiMatch, operationIds: readonly string[]): Change[] {
  const change = { direction: 'both', operationIds } as const
  if (!after) {
    const message = `the API \`${before?.name}\` is no longer in the package: what is imported of it is gone`
    return [{ ...change, bump: 'major', id: 'api-removed', message }]
  }
  if (!before) return [{ ...change, bump: 'minor', id: 'api-added', message: `the API \`${after.name}\` is new` }]
  if (before.name === after.name) return []
  const message = `the API \`${before.name}\` is called \`${after.name}\` now: what is imported by the earlier name is gone`
  return [{ ...change, bump: 'major', id: 'api-renamed', message }]
}
