import type { OperationId } from '@minimo/api-types'
import { createRandom } from '../runtime/random.ts'
import type { ActiveFaultRule, FaultRule, Faults } from './fault.ts'
import { parseFaultRule } from './parse-fault.ts'

/** The rules in force, which can go back to how they were at the start. */
export interface ResettableFaults extends Faults {
  /** Leaves the initial rules in force, with nothing seen yet; ids begin at 1 again. */
  reset(): void
}

interface CountedRule {
  active: ActiveFaultRule
  random: () => number
}

/**
 * The rules in force, at first the initial ones. Every rule counts the calls of its operation, also those that another
 * rule befalls. Throws a `Refusal` with status 422 where an initial rule is not valid.
 */
export function createFaults(initial: readonly FaultRule[]): ResettableFaults {
  const initialRules = initial.map(parseFaultRule)
  let rules: CountedRule[] = []
  let lastId = 0

  function activate(rule: FaultRule): CountedRule {
    const counted = { active: { ...rule, id: ++lastId, seen: 0, hit: 0 }, random: createRandom(rule.seed ?? 1) }
    rules.push(counted)
    return counted
  }

  function reset(): void {
    rules = []
    lastId = 0
    initialRules.forEach(activate)
  }

  reset()
  return {
    reset,
    add: (rule) => structuredClone(activate(parseFaultRule(rule)).active),
    list: () => rules.map(({ active }) => structuredClone(active)),
    remove(id) {
      const kept = id === undefined ? [] : rules.filter(({ active }) => active.id !== id)
      const removed = kept.length < rules.length
      rules = kept
      return removed
    },
    next(operation) {
      // Not `find`: each rule has to count the call.
      const [first] = rules.filter((rule) => befalls(rule, operation))
      if (first) first.active.hit++
      return first?.active.fault
    },
  }
}

/** Whether the rule's conditions choose this call; counts it. */
function befalls({ active, random }: CountedRule, operation: OperationId): boolean {
  if (active.operation !== undefined && active.operation !== operation) return false
  active.seen++
  // Drawn for every call that is seen, so that the other condition does not change which calls are chosen.
  const chosen = active.probability === undefined || random() < active.probability
  return chosen && (active.nth === undefined || [active.nth].flat().includes(active.seen))
}
