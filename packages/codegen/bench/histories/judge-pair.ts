// Judges one pair of documents in a process of its own: `node judge-pair.ts <before> <after> [<accepted rule>]` prints
// what was found.
import type { Change } from '../../src/diff/compare/change.ts'
import { diffSpecs } from '../../src/diff/diff-specs.ts'
import { loadSpec } from '../../src/spec/load.ts'
import { SpecError } from '../../src/spec/problem.ts'
import type { HistoryPair } from './read-histories.ts'

/** What is said of a pair. */
export interface Verdict {
  bump: HistoryPair['bump']
  /** What is told, or why a document is broken. */
  told: Pick<Change, 'bump' | 'location' | 'message'>[]
}

async function judge(before: string, after: string, rule?: string): Promise<Verdict> {
  const accept = rule === undefined ? [] : [{ rule, reason: 'A person has read them.' }]
  const load = (file: string) => loadSpec(file, 'vendor', { accept })
  try {
    const { bump, changes } = diffSpecs(await load(before), await load(after))
    return { bump, told: changes }
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    return { bump: 'broken', told: error.problems.map(({ message }) => ({ bump: 'major', message })) }
  }
}

const [before = '', after = '', rule] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await judge(before, after, rule)))
