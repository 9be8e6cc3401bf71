import { isDeepStrictEqual } from 'node:util'
import { isFieldWithin } from '../contacts/list-changes.ts'
import type { EventType, SandboxEvent } from '../events/event.ts'

/** When something happens to a contact, tell a webhook. */
export interface Automation {
  /** Unique; runs are recorded under it. */
  name: string
  when: EventType
  /** Only if this field changed, such as `customFields.plan`; default: any. */
  field?: string
  /** Only if the field's new value is this one, compared as JSON; default: any. */
  to?: unknown
  /** The URL that gets a signed POST. */
  webhook: string
  /** The Standard Webhooks secret, `whsec_…`; default: the config's `webhookSecret`. */
  secret?: string
  /** Only for this company; default: all. */
  company?: number
}

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
