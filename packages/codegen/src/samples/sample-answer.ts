import { type OpenApiDocument, type OperationEntry, resolve } from '../spec/document.ts'
import { canonicalMediaType } from '../spec/wire-names.ts'

/** What a successful answer is read as. */
export type SampleAnswer = 'json' | 'text' | 'bytes' | 'events' | 'none'

/** What the first success that is documented holds; without one, whatever else is documented. */
export function readAnswer(document: OpenApiDocument, { operation, method }: OperationEntry): SampleAnswer {
  const { responses = {} } = operation
  const statuses = Object.keys(responses)
  const status = statuses.find((one) => /^2/.test(one)) ?? statuses.find((one) => one === 'default')
  const response = status === undefined ? undefined : responses[status]
  const types = Object.keys((response && resolve(document, response).content) ?? {}).map(canonicalMediaType)
  if (method === 'head' || types.length === 0) return 'none'
  if (types[0]?.startsWith('text/event-stream')) return 'events'
  if (types.some((type) => /[/+]json(;|$)/.test(type))) return 'json'
  return types.every((type) => /^(image|audio|video|font)\/|octet-stream|pdf|zip|gzip|^application\/vnd\./.test(type))
    ? 'bytes'
    : 'text'
}
