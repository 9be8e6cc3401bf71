import type { ContactUpdate } from '@minimo/api-types'
import { violation } from '../validation/problem.ts'

/** How many characters an e-mail address has at most: no mail server takes more. */
export const maxEmailLength = 320

/**
 * Throws a `Refusal` with status 422 where an email is longer than 320 characters. The limit is the sandbox's own, the
 * same on every database: PostgreSQL's index takes no more than some 2,700 bytes.
 */
export function refuseLongEmail({ email }: ContactUpdate): void {
  if (!email || email.length <= maxEmailLength) return
  const message = `expected at most ${maxEmailLength} characters, a limit of the sandbox; found ${email.length}`
  throw violation(422, [{ field: 'email', message }])
}

/** How large the JSON of a contact's custom fields may become, in bytes: as large as the body of one request. */
export const maxCustomFieldsBytes = 1024 * 1024

/**
 * Throws a `Refusal` with status 422 where the JSON of a contact's custom fields is larger than 1 MiB. The limit is the
 * sandbox's own: merging in depth would let them grow for ever.
 */
export function refuseLongCustomFields(json: string): void {
  const bytes = Buffer.byteLength(json)
  if (bytes <= maxCustomFieldsBytes) return
  const message = `expected at most ${maxCustomFieldsBytes} bytes of JSON together with what is stored, a limit of the sandbox; found ${bytes}. Nothing was changed; set fields that are not needed to null`
  throw violation(422, [{ field: 'customFields', message }])
}
