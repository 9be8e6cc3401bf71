import { isDeepStrictEqual } from 'node:util'
import type { Automation } from '../config.ts'
import { isFieldWithin } from '../contacts/list-changes.ts'
import type { SandboxEvent } from '../events.ts'

/**
 * The automations that an event sets off. An automation with a `field` wants a change of that field or of one below
 * it; one with a `to` wants a change to that value, of its `field` if it names one.
 */
export function matchAutomations(
  automations: readonly Automation[],
  event: Pick<SandboxEvent, 'type' | 'company' | 'changes'>,
): Automation[] {
  return automations.filter((automation) => {
    const { when, company = event.company, field, to } = automation
    if (when !== event.type || company !== event.company) return false
    if (field === undefined && to === undefined) return true
    return event.changes.some(
      (change) =>
        (field === undefined || isFieldWithin(change.field, field)) &&
        (to === undefined || isDeepStrictEqual(change.after, to)),
    )
  })
}
