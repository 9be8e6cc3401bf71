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
   * Lists the WhatsApp templates; only those with `status: 'APPROVED'` can be sent.
   * @see Operation `listWhatsAppTemplates`: GET /public/v1/templates/whatsapp
   */
  listTemplates(options?: CallOptions): Promise<WhatsAppTemplate[]>
  /**
   * Sends a template to one recipient. Not repeated by itself after a failure, so that nobody gets it twice.
   *
   * Rejects with `ApiError` 422 `template_not_approved` or `invalid_phone_number`.
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
