import { listOperations, type OpenApiDocument } from 'codegen/document'
import type { Case } from './case.ts'
import { examplesOf } from './spec.ts'

/** What is not exercised, one sentence each, with the folder in which cases are added. */
export const formatGaps = (gaps: readonly string[], casesFolder: string) =>
  gaps.map((gap) => `${gap}; add one in ${casesFolder}.`).join('\n')

/** Everything a spec documents that no case exercises, named: operations, request examples, responses and their examples. */
export function findUncovered(spec: OpenApiDocument, cases: readonly Case<string, string>[]): string[] {
  return listOperations(spec).flatMap(({ id, operation }) => {
    const own = cases.filter((one) => one.operation === id)
    if (own.length === 0) return [`${id}: no case`]
    const requests = Object.keys(examplesOf(spec, operation.requestBody))
      .filter((name) => !own.some(({ request }) => request.example === name))
      .map((name) => `${id}: no case sends the request example "${name}"`)
    const responses = Object.entries(operation.responses ?? {}).flatMap(([status, response]) => {
      const answered = own.filter(({ expect }) => String(expect.status) === status)
      if (answered.length === 0) return [`${id}: no case expects response ${status}`]
      return Object.keys(examplesOf(spec, response))
        .filter((name) => !answered.some(({ expect }) => expect.example === name))
        .map((name) => `${id}: no case expects example "${name}" of response ${status}`)
    })
    return [...requests, ...responses]
  })
}
