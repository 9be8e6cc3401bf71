import type { CustomField, CustomFieldCreate, CustomFieldGroups } from '@minimo/api-types'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Sent } from './caller.ts'

/** Methods for the fields that contacts can carry. */
export interface CustomFields {
  /**
   * Lists all custom fields.
   * @see Operation `listCustomFields`: GET /public/v1/custom-fields
   */
  list(options?: CallOptions): Promise<CustomField[]>
  /**
   * Lists all custom fields in groups; those without a category are under `uncategorized`.
   * @see Operation `listCustomFields`: GET /public/v1/custom-fields?groupBy=category
   */
  listByCategory(options?: CallOptions): Promise<CustomFieldGroups>
  /**
   * Creates a custom field. The API turns its key into upper case. Not repeated by itself after a failure.
   *
   * Rejects with `ApiError` 409 `duplicate_resource` for a key that exists, 422 `validation_error`.
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
