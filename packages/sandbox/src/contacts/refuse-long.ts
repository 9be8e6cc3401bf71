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
