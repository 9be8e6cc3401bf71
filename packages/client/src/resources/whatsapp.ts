import type * as api from '@minimo/api-types'
import type * as camelCase from '@minimo/api-types/camel-case'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Sent } from './caller.ts'
import { camelCaseKeys, mapList } from './casing.ts'

/** A WhatsApp template as read, with all names in camelCase. */
export type WhatsAppTemplate = camelCase.WhatsAppTemplate

/** Methods for WhatsApp. */
export interface WhatsApp {
  /**
   * Returns the templates of your company in every state.
   *
   * - Only those that are `APPROVED` can be sent.
   * @see Operation `listWhatsAppTemplates`: GET /public/v1/templates/whatsapp
   */
  listTemplates(options?: CallOptions): Promise<WhatsAppTemplate[]>
  /**
   * Sends an approved template to one phone.
   *
   * - The parameters take the places of `{{1}}`, `{{2}}` and so on, in the order you list them.
   * - Every call sends a message, so do not repeat one whose outcome you do not know.
   *
   * Rejects with `ApiError` 422 `template_not_approved` `invalid_phone_number`.
   * @see Operation `sendWhatsAppTemplate`: POST /public/v1/templates/whatsapp/send
   */
  sendTemplate(input: Sent<api.WhatsAppTemplateMessage>, options?: CallOptions): Promise<api.WhatsAppSendResult>
}

/** Makes the methods for WhatsApp over a client's `call`. */
export function createWhatsApp(call: Caller<'whatsapp'>): WhatsApp {
  return {
    async listTemplates(options) {
      const { data } = await call('listWhatsAppTemplates', {}, options)
      return mapList(data, camelCaseKeys)
    },
    async sendTemplate(input, options) {
      const { data } = await call('sendWhatsAppTemplate', { body: input as api.WhatsAppTemplateMessage }, options)
      return data
    },
  }
}
