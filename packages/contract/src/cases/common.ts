import { listOperations, listParameters, type OpenApiDocument, type OperationEntry } from 'codegen/document'
import type { Case } from '../case.ts'
import { examplesOf } from '../spec.ts'

/** What every operation of a spec documents: the answers to a wrong key and to too many requests. */
export function createCommonCases(spec: OpenApiDocument): Case<string, never>[] {
  return listOperations(spec).flatMap((entry) => {
    const { id: operation } = entry
    const request = requestOf(spec, entry)
    const failed = (status: number) => {
      const [example = ''] = Object.keys(examplesOf(spec, entry.operation.responses?.[status]))
      const code = spec['x-error-codes']?.[status]
      return { status, example, ...(code !== undefined && { code }) }
    }
    return [
      { operation, name: 'refuses a wrong key', key: 'wrong', request, expect: failed(401) },
      { operation, name: 'limits the rate', request, expect: failed(429), asked: true },
    ]
  })
}

/** A request that an operation accepts: the examples of its required parameters, and its first request example. */
function requestOf(spec: OpenApiDocument, entry: OperationEntry): Case<string>['request'] {
  const parameters = listParameters(spec, entry).filter(({ required }) => required)
  const valuesIn = <Value>(place: string, read: (example: unknown) => Value) =>
    Object.fromEntries(parameters.flatMap(({ in: at, name, example }) => (at === place ? [[name, read(example)]] : [])))
  const [example] = Object.keys(examplesOf(spec, entry.operation.requestBody))
  return {
    path: valuesIn('path', (value) => (typeof value === 'number' ? value : String(value))),
    query: valuesIn('query', String),
    ...(example !== undefined && { example }),
  }
}
