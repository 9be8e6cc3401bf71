import type { EmailTemplate, EmailTemplateMessage, EmailTemplateSendResult } from '@minimo/api-types'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Id, Sent } from './caller.ts'

/** A stored template to send; its id as text or as a listing gives it. */
export type EmailTemplateInput = Sent<Omit<EmailTemplateMessage, 'templateId'>> & { templateId: Id }

/** Methods for stored e-mail templates. */
export interface EmailTemplates {
  /**
   * Returns the email templates of your company.
   * @see Operation `listEmailTemplates`: GET /api/templates/email
   */
  list(options?: CallOptions): Promise<EmailTemplate[]>
  /**
   * Sends a stored template to one email.
   *
   * - Each custom field you pass fills the placeholder of the same name, `{{name}}`.
   * - Every call sends anew, so do not repeat one whose outcome you do not know.
   *
   * Rejects with `ApiError` 422 `template_not_found` `invalid_recipient` `missing_custom_field` `sender_not_verified`.
   * @see Operation `sendEmailTemplate`: POST /api/templates/email/send
   */
  send(input: EmailTemplateInput, options?: CallOptions): Promise<EmailTemplateSendResult>
}

/** Makes the methods for stored e-mail templates over a client's `call`. */
export function createEmailTemplates(call: Caller<'emailTemplates'>): EmailTemplates {
  return {
    async list(options) {
      const { data } = await call('listEmailTemplates', {}, options)
      return data
    },
    async send(input, options) {
      const { templateId: id } = input
      const body = { ...input, templateId: typeof id === 'number' ? String(id) : id } as EmailTemplateMessage
      const { data } = await call('sendEmailTemplate', { body }, options)
      return data
    },
  }
}
