import { isDeepStrictEqual } from 'node:util'
import { isFieldWithin } from '../contacts/list-changes.ts'
import type { EventType, SandboxEvent } from '../events/event.ts'
import { splitField, valueAtField } from './field-value.ts'

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

/** What of an event decides on automations. */
type Happening = Pick<SandboxEvent, 'type' | 'company' | 'contact' | 'changes'>

/**
 * The automations that an event sets off. An automation with a `field` wants a change of that field or of one below
 * it; one with a `to` wants a change to that value, of its `field` or one below it if it names one. An object changes
 * with each field in it.
 */
export function matchAutomations(automations: readonly Automation[], event: Happening): Automation[] {
  return automations.filter((automation) => {
    const { when, company = event.company, field, to } = automation
    if (when !== event.type || company !== event.company) return false
    if (field === undefined && to === undefined) return true
    const within = event.changes.filter((change) => field === undefined || isFieldWithin(change.field, field))
    if (to === undefined) return within.length > 0
    const depth = field === undefined ? 1 : splitField(field).length
    return within.some(
      (change) =>
        isDeepStrictEqual(change.after, to) ||
        objectsAround(change.field, depth).some((path) => isDeepStrictEqual(valueAtField(event.contact, path), to)),
    )
  })
}

/** The split names of the fields that a field lies in, from so many parts on. */
function objectsAround(field: string, depth: number): string[][] {
  const parts = splitField(field)
  const count = Math.max(0, parts.length - depth)
  return Array.from({ length: count }, (_, index) => parts.slice(0, depth + index))
}
