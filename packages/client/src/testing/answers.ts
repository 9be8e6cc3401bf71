import { type OperationId, operations } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import type { Operation, OperationRow } from '../core/call.ts'
import { ClientError } from '../core/errors.ts'

/** The operations of the API, in the order of its description. */
export const all: readonly Operation[] = Object.entries(operations as object as Record<string, OperationRow>).map(
  ([id, row]) => ({ ...row, id }),
)

/** The answer of an operation: by status, by the name of an example, or its first success. Throws `ClientError` where there is none. */
export function findExample(id: OperationId, answer: number | string | undefined): Answer {
  const found = findAnswer(id, answer)
  if (found) return found
  const known = listAnswers(id)
    .map(({ status, name }) => (name ? `${status} (${name})` : status))
    .join(', ')
  throw new ClientError(
    `${id} has no answer ${JSON.stringify(answer)}; the API description has ${known || 'no such operation'}`,
  )
}

/** The same, or `undefined` where the description has no such answer. */
export const findAnswer = (id: string, answer: number | string | undefined): Answer | undefined =>
  listAnswers(id).find(({ status, name }) =>
    answer === undefined ? status < 300 : answer === status || answer === name,
  )

/** One of the answers that an operation is documented to give. */
export interface Answer {
  status: number
  /** Of the example; `undefined` where the answer has none. */
  name: string | undefined
  body: unknown
}

/** What an operation is documented to answer, in the order of the document; empty for what is no operation. */
export function listAnswers(id: string): Answer[] {
  const operation = Object.hasOwn(schemas.operations, id) ? schemas.operations[id as OperationId] : undefined
  return Object.entries(operation?.responses ?? {}).flatMap(([code, types]) => {
    const [content] = Object.values(types)
    const examples = Object.entries(content?.examples ?? {})
    return (examples.length ? examples : [[undefined, undefined] as const]).map(([name, body]) => ({
      status: Number(code),
      name,
      body,
    }))
  })
}
