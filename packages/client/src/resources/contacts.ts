import type * as api from '@minimo/api-types'
import type * as camelCase from '@minimo/api-types/camel-case'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Sent } from './caller.ts'
import { camelCaseKeys } from './casing.ts'

/** Custom fields by key, when a client is not told more about them. */
export type AnyCustomFields = Record<string, unknown>

type WithCustomFields<T, CustomFields> = T extends unknown
  ? { [Key in keyof T]: Key extends 'customFields' ? Partial<CustomFields> | Extract<T[Key], undefined> : T[Key] }
  : never

/** A contact as read, with all names in camelCase. Custom fields are partial: a contact need not have each. */
export type Contact<CustomFields = AnyCustomFields> = WithCustomFields<camelCase.Contact, CustomFields>

/** A contact to create or update; needs an email, a phone or both. */
export type ContactUpsert<CustomFields = AnyCustomFields> =
  | WithGiven<'email', CustomFields>
  | WithGiven<'phone', CustomFields>

/** Picks what is given, since a property that is written here has no words of the spec. */
type WithGiven<Key extends keyof api.ContactUpdate, CustomFields> = ContactUpdate<CustomFields> &
  Required<Pick<api.ContactUpdate, Key>>

/** What to change on a contact. */
export type ContactUpdate<CustomFields = AnyCustomFields> = WithCustomFields<Sent<api.ContactUpdate>, CustomFields>

/** Methods for contacts. */
export interface Contacts<CustomFields = AnyCustomFields> {
  /**
   * Creates a contact, or updates the one with this email, else the one with this phone. What is left out
   * stays; custom fields are merged in depth; a deleted contact comes back.
   *
   * Rejects with `ApiError` 422 `validation_error` or `invalid_phone_number`.
   * @see Operation `upsertContact`: POST /public/v1/contacts
   */
  upsert(input: WithGiven<'email', CustomFields>, options?: CallOptions): Promise<api.ContactIdResponse>
  // Editors show the words of the spec at an email or phone only where the type of the argument is no union.
  /**
   * Creates a contact, or updates the one with this phone. What is left out stays; custom fields are merged in depth; a
   * deleted contact comes back.
   *
   * Rejects with `ApiError` 422 `validation_error` or `invalid_phone_number`.
   * @see Operation `upsertContact`: POST /public/v1/contacts
   */
  upsert(input: WithGiven<'phone', CustomFields>, options?: CallOptions): Promise<api.ContactIdResponse>
  /**
   * Creates a contact, or updates the one with this email or phone, whichever is given; the email comes first.
   *
   * Rejects with `ApiError` 422 `validation_error` or `invalid_phone_number`.
   * @see Operation `upsertContact`: POST /public/v1/contacts
   */
  upsert(input: ContactUpsert<CustomFields>, options?: CallOptions): Promise<api.ContactIdResponse>
  /**
   * Finds a contact by its email.
   *
   * Rejects with `ApiError` 404 `not_found` when there is none, or it is deleted; 400 `bad_request` for what is no email.
   * @see Operation `getContactByEmail`: GET /public/v1/contacts/by-email/{email}
   */
  getByEmail(email: string, options?: CallOptions): Promise<Contact<CustomFields>>
  /**
   * Changes the contact with this id: the way to change an email. What is left out stays; custom fields are
   * merged in depth; a deleted contact comes back. Never creates one.
   *
   * Rejects with `ApiError` 404 `not_found` for an unknown id, 422 `validation_error`.
   * @see Operation `updateContactById`: PUT /public/v1/contacts/{id}
   */
  update(id: number, changes: ContactUpdate<CustomFields>, options?: CallOptions): Promise<api.ContactIdResponse>
  /**
   * Marks a contact as deleted. `upsert` and `update` bring it back.
   *
   * Rejects with `ApiError` 404 `not_found` for an unknown id.
   * @see Operation `deleteContact`: DELETE /public/v1/contacts/{id}
   */
  delete(id: number, options?: CallOptions): Promise<void>
}

/**
 * Makes the methods for contacts over a client's `call`. The casts give custom fields the caller's type: the API
 * keeps whatever fields it is given, so only the caller can know them.
 */
export function createContacts<CustomFields = AnyCustomFields>(call: Caller<'contacts'>): Contacts<CustomFields> {
  return {
    async upsert(input: ContactUpsert<CustomFields>, options?: CallOptions) {
      const { data } = await call('upsertContact', { body: input as api.ContactUpsert }, options)
      return data
    },
    async getByEmail(email, options) {
      const { data } = await call('getContactByEmail', { path: { email } }, options)
      return camelCaseKeys(data) as Contact<CustomFields>
    },
    async update(id, changes, options) {
      const { data } = await call('updateContactById', { path: { id }, body: changes as api.ContactUpdate }, options)
      return data
    },
    async delete(id, options) {
      await call('deleteContact', { path: { id } }, options)
    },
  }
}
