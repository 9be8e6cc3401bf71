import { bumps } from '../diff/change.ts'
import type { ReportedChange } from './report-changes.ts'

/** Which opinion tells partners most about what they will meet. */
const clearness: readonly ReportedChange['opinion'][] = ['facts', 'typescript', 'oasdiff']

/**
 * Of what the opinions say of one operation, one finding a place: what demands most, in the clearest words, in the
 * order that they were found.
 */
export function findClearest(changes: readonly ReportedChange[]): ReportedChange[] {
  const clearest = new Map<string, ReportedChange>()
  for (const change of changes.filter((one) => !changes.some((other) => tellsMore(other, one)))) {
    const place = change.location === undefined ? change.message : `${change.direction} ${change.location}`
    const earlier = clearest.get(place)
    if (!earlier || compare(change, earlier) < 0) clearest.set(place, change)
  }
  return changes.filter((change) => [...clearest.values()].includes(change))
}

/** Without a place both are about the whole operation, so the same bump is the same change, told in clearer words. */
const tellsMore = (other: ReportedChange, change: ReportedChange): boolean =>
  change.location === undefined &&
  other.location === undefined &&
  other.bump === change.bump &&
  clearness.indexOf(other.opinion) < clearness.indexOf(change.opinion)

const compare = (a: ReportedChange, b: ReportedChange) =>
  bumps.indexOf(a.bump) - bumps.indexOf(b.bump) || clearness.indexOf(a.opinion) - clearness.indexOf(b.opinion)
