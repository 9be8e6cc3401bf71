import type { OpenApiDocument } from '../../src/spec/document.ts'
import { type Edits, onOne, renameKey } from './edit.ts'
import { randomSchema } from './random-schema.ts'

const webhooksOf = ({ webhooks = {} }: OpenApiDocument) => Object.keys(webhooks)

/** Edits of webhooks and of the document itself. */
export const webhookEdits: Edits = {
  'webhook: added': (document, random) => {
    const name = `hook${random.below(99)}`
    if (document.webhooks && name in document.webhooks) return false
    const names = Object.keys(document.components?.schemas ?? {})
    const schema =
      names.length > 0 && random.chance(0.7)
        ? { $ref: `#/components/schemas/${random.pick(names)}` }
        : randomSchema(random)
    const content = { 'application/json': { schema } }
    const post = { operationId: name, requestBody: { content }, responses: { '204': { description: 'Taken.' } } }
    document.webhooks = { ...document.webhooks, [name]: { post } } as OpenApiDocument['webhooks'] & object
    return true
  },
  'webhook: removed': onOne(webhooksOf, (name, _, { webhooks = {} }) => {
    delete webhooks[name]
  }),
  'webhook: renamed': onOne(webhooksOf, (name, _, { webhooks = {} }) => renameKey(webhooks, name, `${name}-renamed`)),
  'x-error-codes': onOne(
    (document) => Object.keys(document['x-error-codes'] ?? {}),
    (status, _, document) => {
      document['x-error-codes'] = { ...document['x-error-codes'], [status]: 'another_code' }
    },
  ),
}
