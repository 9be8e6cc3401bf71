import type { EmailFailed, EmailMessage, EmailSent, EmailStats } from '@minimo/api-types'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Id, Sent } from './caller.ts'

/** Methods for single e-mails. */
export interface Emails {
  /**
   * Sends one email with the content you pass.
   *
   * - The key needs the permission `TRANSACTIONAL`.
   * - A 200 does not mean the email left: look at `status`, which is `failed` with a reason when it did not.
   * - Every call sends anew, so do not repeat one whose outcome you do not know.
   *
   * Rejects with `ApiError` 400 `bad_request`, 403 `forbidden`, 422 `validation_error`.
   * @see Operation `sendEmail`: POST /public/v1/emails
   */
  send(input: Sent<EmailMessage>, options?: CallOptions): Promise<EmailSent | EmailFailed>
  /**
   * Tells whether an email passed to `emails.send` went out, was opened, and how often it was clicked.
   *
   * Rejects with `ApiError` 404 `not_found`.
   * @see Operation `getEmailStats`: GET /public/v1/emails/{id}/stats
   */
  stats(id: Id, options?: CallOptions): Promise<EmailStats>
}

/** Makes the methods for single e-mails over a client's `call`; a path takes a number as well as its text. */
export function createEmails(call: Caller<'emails'>): Emails {
  return {
    async send(input, options) {
      const { data } = await call('sendEmail', { body: input as EmailMessage }, options)
      return data
    },
    async stats(id, options) {
      const { data } = await call('getEmailStats', { path: { id: id as string } }, options)
      return data
    },
  }
}
