import { type Bump, type Change, highestBump } from '../../src/diff/compare/change.ts'
import { diffSpecs } from '../../src/diff/diff-specs.ts'
import { listOperations } from '../../src/spec/document.ts'
import { indexIn, joinDocuments } from './batch.ts'
import { askCompiler } from './compiler.ts'
import { askOasdiff } from './oasdiff.ts'
import { isLower, type Opinion, type Oracle, type Pair } from './opinion.ts'

/** Two documents, and how one came out of the other. */
export interface NamedPair extends Pair {
  /** The names of the edits, or where the pair comes from. */
  edits: readonly string[]
}

/** An opinion of an oracle that demands more than all the judge says of the same. */
export interface Disagreement {
  oracle: string
  opinion: Opinion
  /** What the judge demands. */
  ours: Bump
  pair: NamedPair
}

const oracles: Readonly<Record<string, Oracle>> = { oasdiff: askOasdiff, compiler: askCompiler }

/**
 * Where the judge demands less than an oracle, of an operation or of the document as a whole. All pairs are joined into
 * one: a program that starts once per pair would take hours.
 */
export async function findDisagreements(pairs: readonly NamedPair[]): Promise<Disagreement[]> {
  try {
    return await compareJoined(pairs)
  } catch (error) {
    if (pairs.length === 1) throw new Error(`${pairs[0]?.edits.join(' + ')} cannot be compared`, { cause: error })
    const half = pairs.length >> 1
    await findDisagreements(pairs.slice(0, half))
    await findDisagreements(pairs.slice(half))
    throw error
  }
}

async function compareJoined(pairs: readonly NamedPair[]): Promise<Disagreement[]> {
  const joined: Pair = {
    before: joinDocuments(pairs.map(({ before }) => before)),
    after: joinDocuments(pairs.map(({ after }) => after)),
  }
  const known = new Set(listOperations(joined.before).map(({ id }) => id))
  // What an operation is called that is new, or has moved, each may tell in its own way.
  const keyOf = (id: string) => (known.has(id) ? id : `document ${indexIn(id)}`)
  const ours = new Map<string, Change[]>()
  const note = (key: string, change: Change) => ours.set(key, [...(ours.get(key) ?? []), change])
  for (const change of diffSpecs(joined.before, joined.after).changes) {
    for (const key of new Set(change.operationIds.map(keyOf))) note(key, change)
    const places = [`${change.location} ${change.message}`, ...change.operationIds].map(indexIn)
    for (const index of new Set(places)) note(`document ${index}`, change)
  }
  const disagreements: Disagreement[] = []
  for (const [oracle, ask] of Object.entries(oracles)) {
    for (const opinion of await ask(joined)) {
      const keys =
        opinion.operationIds.length > 0 ? opinion.operationIds.map(keyOf) : [`document ${indexIn(opinion.about)}`]
      for (const key of keys) {
        const pair = pairs[indexIn(key) ?? Number(key.split(' ')[1])]
        if (!pair) throw new Error(`${oracle} speaks of what no pair holds: ${opinion.about}`)
        const bump = highestBump(ours.get(key) ?? [])
        if (isLower(bump, opinion.bump)) disagreements.push({ oracle, opinion, ours: bump, pair })
      }
    }
  }
  return disagreements
}
