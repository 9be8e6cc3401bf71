import type { CustomField, CustomFieldCreate, CustomFieldGroups } from '@minimo/api-types'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Sent } from './caller.ts'

/** Methods for the fields that contacts can carry. */
export interface CustomFields {
  /**
   * Returns every custom field as one list or, with `groupBy=category`, sorted into groups.
   *
   * - Fields that have no category are then found in the group `uncategorized`.
   *
   * Rejects with `ApiError` 400 `invalid_group_by`.
   * @see Operation `listCustomFields`: GET /public/v1/custom-fields
   */
  list(options?: CallOptions): Promise<CustomField[]>
  /**
   * Returns every custom field as one list or, with `groupBy=category`, sorted into groups.
   *
   * - Fields that have no category are then found in the group `uncategorized`.
   *
   * Rejects with `ApiError` 400 `invalid_group_by`.
   * @see Operation `listCustomFields`: GET /public/v1/custom-fields?groupBy=category
   */
  listByCategory(options?: CallOptions): Promise<CustomFieldGroups>
  /**
   * Adds a field to the contacts of your company.
   *
   * - The key is stored in upper case and must be new.
   *
   * Rejects with `ApiError` 409 `duplicate_resource`, 422 `validation_error`.
   * @see Operation `createCustomField`: POST /public/v1/custom-fields
   */
  create(input: Sent<CustomFieldCreate>, options?: CallOptions): Promise<CustomField>
}

/**
 * Makes the methods for custom fields over a client's `call`. The casts choose between the two forms of one
 * operation: the API groups the fields only when it is asked to.
 */
export function createCustomFields(call: Caller<'customFields'>): CustomFields {
  return {
    async list(options) {
      const { data } = await call('listCustomFields', {}, options)
      return data as CustomField[]
    },
    async listByCategory(options) {
      const { data } = await call('listCustomFields', { query: { groupBy: 'category' } }, options)
      return data as CustomFieldGroups
    },
    async create(input, options) {
      const { data } = await call('createCustomField', { body: input as CustomFieldCreate }, options)
      return data
    },
  }
}
