import { diffSpecs } from '../../src/diff/diff-specs.ts'
import type { Oracle } from './opinion.ts'

/** The judge that is to be tested, as the oracles speak. */
export const askJudge: Oracle = async ({ before, after }) => {
  const { changes } = await diffSpecs(before, after)
  return changes.map((change) => ({
    bump: change.bump,
    id: change.id,
    operationIds: operationIdsOf(change),
    about: `${change.location ?? ''} ${change.message}`,
  }))
}

/** A change names one operation, or all that it reaches. */
function operationIdsOf(change: { operationId?: string; operationIds?: readonly string[] }): readonly string[] {
  return change.operationIds ?? (change.operationId === undefined ? [] : [change.operationId])
}
