import { bumps } from '../diff/compare/change.ts'
import type { ReportedChange } from './report-changes.ts'

/** Of what is told of one operation, one change a place: what demands most, in the order that they were found. */
export function findClearest(changes: readonly ReportedChange[]): ReportedChange[] {
  const clearest = new Map<string, ReportedChange>()
  for (const change of changes) {
    const place = change.location === undefined ? change.message : `${change.direction} ${change.location}`
    const earlier = clearest.get(place)
    if (!earlier || bumps.indexOf(change.bump) < bumps.indexOf(earlier.bump)) clearest.set(place, change)
  }
  return changes.filter((change) => [...clearest.values()].includes(change))
}
