import { expect, test } from 'vitest'
import { loadSide, pairNames, readExpected } from '../../test/corpus/read-pair.ts'
import { type Bump, type Change, highestBump } from './change.ts'
import { diffSpecs } from './diff-specs.ts'
import { normalizeSpec } from './normalize.ts'
import { findOasdiffChanges } from './oasdiff.ts'

test('the corpus holds the pairs', () => {
  expect(pairNames.length).toBeGreaterThanOrEqual(60)
})

test.each(pairNames)('%s', async (name) => {
  const { bump, operations, document = 'none', opinions = [] } = readExpected(name)
  const [before, after] = [await loadSide(name, 'before'), await loadSide(name, 'after')]
  const whole = await diffSpecs(before, after)
  const told = whole.changes.map(tell).join('\n')
  expect({ bump: whole.bump, ...summarize(whole.changes) }, told).toEqual({ bump, operations, document })
  const pair = { before: normalizeSpec(before), after: normalizeSpec(after) }
  const raw = opinions.includes('oasdiff') ? await findOasdiffChanges(pair) : []
  for (const opinion of opinions) {
    // Of what a rename explains, the whole diff leaves out what oasdiff says.
    const own = opinion === 'oasdiff' ? raw : whole.changes.filter((change) => change.opinion === opinion)
    expect(highestBump(own), `the opinion ${opinion} of:\n${told}`).toBe(bump)
  }
  const fast = await diffSpecs(before, after, { fast: true })
  expect({ bump: fast.bump, ...summarize(fast.changes) }, told).toEqual({ bump, operations, document })
})

/** The highest bump of each operation, and of the document as a whole. */
function summarize(changes: Change[]): { operations: Record<string, Bump>; document: Bump } {
  const groups = Map.groupBy(changes, ({ operationId }) => operationId)
  const operations = [...groups].flatMap(([id, own]) => (id === undefined ? [] : [[id, highestBump(own)]]))
  return { operations: Object.fromEntries(operations), document: highestBump(groups.get(undefined) ?? []) }
}

const tell = ({ opinion, bump, id, operationId, location, message }: Change) =>
  [opinion, bump, id, operationId, location, message].join(' · ')
