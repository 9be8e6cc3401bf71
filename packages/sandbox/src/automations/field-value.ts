import type { EventContact } from '../events/event.ts'

/** The parts of a field's name: `customFields["a.b"].c` has three, the quoted one with its brackets. */
export const splitField = (field: string): string[] => field.match(/\["(?:[^"\\]|\\.)*"\]|[^.[\]]+/g) ?? []

/** A contact's value at a field that an event names, by the parts of its name; `undefined` where there is none. */
export function valueAtField(contact: EventContact, [top = '', ...parts]: readonly string[]): unknown {
  const { email, phone, custom_fields: customFields, marketing_consent: marketingConsent } = contact
  let value = ownValue({ email, phone, customFields, marketingConsent }, top)
  for (const part of parts) value = ownValue(value, part.startsWith('[') ? String(JSON.parse(part.slice(1, -1))) : part)
  return value
}

function ownValue(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
}
