import type { OperationSchema } from '@minimo/api-types/schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { pointerTo } from './spec.ts'

/** The JSON Schemas generated from a spec, whichever it is. */
export interface SpecSchemas {
  /** What the operations' schemas refer to. */
  components: object
  /** By operationId. */
  operations: Readonly<Record<string, Pick<OperationSchema, 'responses'>>>
}

/** Checks answers by a spec's own schemas. */
export function createAnswerSchemas(schemas: SpecSchemas) {
  const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }))
  ajv.addSchema(schemas, 'spec')
  return {
    /** What an answer's body does not keep of what the spec says of this status, in words; empty where it keeps all. */
    violations(operation: string, status: number, body: unknown): string[] {
      const media = schemas.operations[operation]?.responses[status]
      if (!media) return [`${operation}: status ${status} is not documented`]
      const types = Object.keys(media)
      if (types.length === 0) return body === undefined ? [] : [`${operation}: ${status} has no body`]
      const json = types.find((type) => /[/+]json\s*(;|$)/i.test(type))
      // What is no JSON is text or bytes, of which schemas say next to nothing.
      if (json === undefined) return []
      const validate = ajv.getSchema(
        `spec#${pointerTo('operations', operation, 'responses', String(status), json, 'schema')}`,
      )
      if (!validate) throw new Error(`the schema of ${operation}, ${status} was not found`)
      validate(body)
      return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
    },
  }
}
