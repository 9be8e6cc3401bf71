import { isDeepStrictEqual } from 'node:util'
import type { Change } from '../events/event.ts'
import { isJsonObject, type JsonObject, valueAt } from './merge-custom-fields.ts'
import type { StoredContact } from './stored-contact.ts'

/**
 * The fields that differ between two states of a contact, in order of their names. `null` and a missing field are the
 * same value. Objects are compared field by field, lists as a whole. Where an object takes the place of another kind
 * of value or gives way to it, the field is listed itself, beside the fields below it; not so for `null`, where the
 * fields below tell everything. A field's name has its path with dots; a key that is empty or contains a dot, a
 * bracket, a quote, a backslash or white space is quoted as in JSON: `customFields["a.b"].c`.
 */
export function listChanges(before: StoredContact, after: StoredContact): Change[] {
  return [
    ...compareValues('email', before.email, after.email),
    ...compareValues('phone', before.phone, after.phone),
    ...compareFields('customFields', before.customFields, after.customFields),
    ...compareFields('marketingConsent', before.consent, after.consent),
  ].sort((a, b) => (a.field < b.field ? -1 : 1))
}

/**
 * Whether a field is this one or lies below it: `customFields.address.city` lies below `customFields.address` and
 * `customFields`.
 */
export function isFieldWithin(field: string, ancestor: string): boolean {
  return field === ancestor || field.startsWith(`${ancestor}.`) || field.startsWith(`${ancestor}[`)
}

function compareFields(parent: string, before: JsonObject, after: JsonObject): Change[] {
  const changes: Change[] = []
  for (const key of Object.keys({ ...before, ...after })) {
    const old = valueAt(before, key)
    const now = valueAt(after, key)
    // Most fields stay what they were, and need no name.
    if (old !== now) changes.push(...compareValues(nameField(parent, key), old, now))
  }
  return changes
}

function compareValues(field: string, before: unknown, after: unknown): Change[] {
  if (!isJsonObject(before) && !isJsonObject(after)) {
    return isDeepStrictEqual(before, after) ? [] : [{ field, before, after }]
  }
  if (isJsonObject(before) && isJsonObject(after)) return compareFields(field, before, after)
  const below = compareFields(field, isJsonObject(before) ? before : {}, isJsonObject(after) ? after : {})
  const told = below.length > 0 && (before === null || after === null)
  return told ? below : [{ field, before, after }, ...below]
}

function nameField(parent: string, key: string): string {
  return /^[^\s.[\]"'\\]+$/u.test(key) ? `${parent}.${key}` : `${parent}[${JSON.stringify(key)}]`
}
