import { highestBump } from '../src/diff/compare/change.ts'
import type { ApiChange, ReachedOperation, SpecDiff } from '../src/impact/spec-diff.ts'

/** What is told of a change; the rest is made up. */
export type ChangeSketch = Pick<ApiChange, 'bump' | 'message'> & Partial<ApiChange>

/**
 * A diff with these changes of the API `minimo`, or of several. Every operation that they name can be called, at
 * `PUT /<id>`, unless it is among `uncallable`; `updateContactById` has a method in the client.
 */
export function sketchDiff(sketches: readonly ChangeSketch[], uncallable: readonly string[] = []): SpecDiff {
  const changes = sketches.map(
    (sketch): ApiChange => ({ id: 'a-change', direction: 'both', api: 'minimo', operationIds: [], ...sketch }),
  )
  const apis = [...new Set(['minimo', ...changes.map(({ api }) => api)])]
  const operations = apis.flatMap((api) => {
    const ids = new Set(changes.filter((change) => change.api === api).flatMap(({ operationIds }) => operationIds))
    return [...ids].filter((id) => !uncallable.includes(id)).map((id) => sketchOperation(api, id))
  })
  const sources = apis.map((api) => `openapi/${api}.yaml`)
  return { bump: highestBump(changes), base: '@minimo/api-types@1.0.0', sources, operations, changes }
}

function sketchOperation(api: string, id: string): ReachedOperation {
  return { id, api, endpoint: `PUT /${id}`, methods: id === 'updateContactById' ? ['contacts.update'] : [] }
}
