import type { EmailFailed, EmailMessage, EmailSent, EmailStats } from '@minimo/api-types'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Id, Sent } from './caller.ts'

/** Methods for single e-mails. */
export interface Emails {
  /**
   * Sends one e-mail. Check `status` of the result: an accepted e-mail may still have `failed`, which is no
   * error of the call. Not repeated by itself after a failure, so that nobody gets it twice.
   *
   * Rejects with `ApiError` 403 `forbidden` for a key without the permission TRANSACTIONAL, 400, 422.
   * @see Operation `sendEmail`: POST /public/v1/emails
   */
  send(input: Sent<EmailMessage>, options?: CallOptions): Promise<EmailSent | EmailFailed>
  /**
   * Tells what became of an e-mail: sent, opened, clicked.
   *
   * Rejects with `ApiError` 404 `not_found` for an unknown id.
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
