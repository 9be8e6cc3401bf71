import type { JsonSchema, OperationSchema } from '@minimo/api-types/schemas'

/** An API as it is generated from its description. */
export interface Description<Id extends string = string> {
  /** The table of its operations. */
  operations: Readonly<Record<Id, { method: string; path: string }>>
  /** The whole document as JSON Schemas. */
  schemas: {
    readonly components: { readonly schemas: { readonly [name: string]: JsonSchema } }
    readonly operations: { readonly [Operation in Id]: OperationSchema }
  }
}
