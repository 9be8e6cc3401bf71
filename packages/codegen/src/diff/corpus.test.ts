import { expect, test } from 'vitest'
import { loadSide, pairNames, readExpected } from '../../test/corpus/read-pair.ts'
import { type Bump, type Change, highestBump } from './compare/change.ts'
import { diffSpecs } from './diff-specs.ts'

test('the corpus holds its pairs', () => {
  expect(pairNames.length).toBe(250)
})

test.each(pairNames)('%s', async (name) => {
  const { bump, operations, document = 'none' } = readExpected(name)
  const [before, after] = [await loadSide(name, 'before'), await loadSide(name, 'after')]
  const found = diffSpecs(before, after, { hasNamespaces: true })
  const told = found.changes.map(tell).join('\n')
  expect({ bump: found.bump, ...summarize(found.changes) }, told).toEqual({ bump, operations, document })
})

/** The highest bump of each operation, and of what concerns none. */
function summarize(changes: readonly Change[]): { operations: Record<string, Bump>; document: Bump } {
  const ids = [...new Set(changes.flatMap(({ operationIds }) => operationIds))]
  const ofOperation = (id: string) => highestBump(changes.filter(({ operationIds }) => operationIds.includes(id)))
  return {
    operations: Object.fromEntries(ids.map((id) => [id, ofOperation(id)])),
    document: highestBump(changes.filter(({ operationIds }) => operationIds.length === 0)),
  }
}

const tell = ({ bump, id, direction, location, operationIds, message }: Change) =>
  [bump, id, direction, location, operationIds.join(), message].join(' · ')
