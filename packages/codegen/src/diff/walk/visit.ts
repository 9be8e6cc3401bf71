import type { Comparison } from '../compare/comparison.ts'
import type { Finding, Pair, Rule } from '../compare/rule.ts'
import { changeWords, wordsId } from '../rules/words.ts'

/** What was found in a pair itself, and in the pairs below it. */
export interface Visit {
  pair: Pair<unknown>
  findings: Required<Finding>[]
  below: Visit[]
  /** Whether the two mean something else, which some finding has to tell. */
  differs: boolean
}

/** Starts a visit of a pair. `isSame` tells whether both parts mean the same; a part that is alone never does. */
export const createVisit = (pair: Pair<unknown>, isSame: boolean): Visit => ({
  pair,
  findings: [],
  below: [],
  differs: !isSame || pair.before === undefined || pair.after === undefined,
})

/** Applies rules to a pair, which is that of the visit or one within it. */
export function applyRules<P extends Pair<unknown>>(
  visit: Visit,
  pair: P,
  { rules, comparison }: { rules: readonly Rule<P>[]; comparison: Comparison },
): void {
  for (const rule of rules) rule(pair, comparison, reportOf(visit, pair))
}

/** Takes findings for a visit, by default at the place and in the direction of a pair. */
export const reportOf =
  ({ findings }: Visit, { direction, spot }: Pick<Pair<unknown>, 'direction' | 'spot'>) =>
  (finding: Finding): void => {
    findings.push({ direction, spot, ...finding })
  }

/** Reports what two parts say otherwise to people, at the place of a visit. */
export function compareWords(visit: Visit, before: object, after: object): void {
  const { direction, spot } = visit.pair
  changeWords({ before, after, direction, spot }, reportOf(visit, visit.pair))
}

/** Adds what a visit must tell: a difference that no rule knows, or words at no place of their own. */
export function closeVisit(visit: Visit): void {
  const { findings, below, differs, pair } = visit
  if (!pair.before || !pair.after) return
  const isTold = findings.some(({ id }) => id !== wordsId)
  if (differs && !isTold && !below.some((one) => one.differs)) {
    const message = 'It differs in a way that no rule knows, so it counts as breaking.'
    reportOf(visit, pair)({ bump: 'major', id: 'unknown', message })
  } else if (!differs && findings.length + below.length === 0) {
    const message = 'Only words changed: descriptions, examples, or marks for people.'
    reportOf(visit, pair)({ bump: 'patch', id: wordsId, message })
  }
}
