// @generated from openapi/minimo.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { components } from './schema.ts'

/** A contact of your company. */
export interface Contact {
  /** The id to use with updateContactById and deleteContact. */
  id: components['schemas']['Contact']['id']
  /** The email, if the contact has one. */
  email: components['schemas']['Contact']['email']
  /** The phone in E.164 form, if the contact has one. */
  phone: components['schemas']['Contact']['phone']
  /** The state of the contact, such as `active`. */
  status: components['schemas']['Contact']['status']
  /** Where the contact came from, such as `API`. */
  source: components['schemas']['Contact']['source']
  /** The custom fields of the contact. Requests spell this `customFields`. */
  customFields: components['schemas']['Contact']['custom_fields']
  /** The id of the company the contact belongs to. */
  company: components['schemas']['Contact']['company']
  /** Whether the contact is marked as deleted. */
  deleted: components['schemas']['Contact']['deleted']
  /** The id of the contact in another system, if it has one. */
  externalId: components['schemas']['Contact']['external_id']
  /** The id of the connection to that other system, if there is one. */
  externalConnectionId: components['schemas']['Contact']['external_connection_id']
}

/** A WhatsApp template of your company. */
export interface WhatsAppTemplate {
  /** The id of the template. */
  id: components['schemas']['WhatsAppTemplate']['id']
  /** The name to send the template by. */
  name: components['schemas']['WhatsAppTemplate']['name']
  /** The language of the template. */
  language: components['schemas']['WhatsAppTemplate']['language']
  /** The state of the template. Only `APPROVED` ones can be sent. */
  status: components['schemas']['WhatsAppTemplate']['status']
  /** What the template is meant for. */
  category: components['schemas']['WhatsAppTemplate']['category']
  /** When the template was created. */
  createdAt: components['schemas']['WhatsAppTemplate']['created_at']
  /** When the template was last changed. */
  modifiedAt: components['schemas']['WhatsAppTemplate']['modified_at']
  /** Why the template was rejected, if it was. */
  rejectedReason: components['schemas']['WhatsAppTemplate']['rejected_reason']
  /** The quality rating of a WhatsApp template. */
  qualityScore: components['schemas']['WhatsAppTemplate']['quality_score']
  /** The parts the template is made of. */
  components: components['schemas']['WhatsAppTemplate']['components']
}

/** The contact after the change, with its consent. */
export interface EventContact {
  /** The id to use with updateContactById and deleteContact. */
  id: components['schemas']['EventContact']['id']
  /** The email, if the contact has one. */
  email: components['schemas']['EventContact']['email']
  /** The phone in E.164 form, if the contact has one. */
  phone: components['schemas']['EventContact']['phone']
  /** The state of the contact, such as `active`. */
  status: components['schemas']['EventContact']['status']
  /** Where the contact came from, such as `API`. */
  source: components['schemas']['EventContact']['source']
  /** The custom fields of the contact. Requests spell this `customFields`. */
  customFields: components['schemas']['EventContact']['custom_fields']
  /** The id of the company the contact belongs to. */
  company: components['schemas']['EventContact']['company']
  /** Whether the contact is marked as deleted. */
  deleted: components['schemas']['EventContact']['deleted']
  /** The id of the contact in another system, if it has one. */
  externalId: components['schemas']['EventContact']['external_id']
  /** The id of the connection to that other system, if there is one. */
  externalConnectionId: components['schemas']['EventContact']['external_connection_id']
  /** Whether the contact agrees to marketing, per channel. Requests spell this `marketingConsent`. */
  marketingConsent: components['schemas']['EventContact']['marketing_consent']
}
