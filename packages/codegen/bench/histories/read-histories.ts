import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Bump } from '../../src/diff/compare/change.ts'
import type { PackedDocument } from '../fetch-packed.ts'

/** Two consecutive versions of a public description, and what a person who read both says that it demands. */
export interface HistoryPair {
  /** The API and the versions, such as `Figma 0.10.0 → 0.11.0`. */
  name: string
  before: PackedDocument
  after: PackedDocument
  /** What it demands; `broken` where one of the documents is none that can be used. */
  bump: Bump | 'broken'
  /** Why, in one sentence. */
  reason: string
}

/** One API in `histories.yaml`: where its document lies, and the pairs of it that were read. */
interface History {
  api: string
  package: string
  file: string
  pairs: { from: string; to: string; bump: HistoryPair['bump']; reason: string }[]
}

/** The pairs that were read, in the order of `histories.yaml`. */
export function readHistories(): HistoryPair[] {
  const source = fileURLToPath(new URL('histories.yaml', import.meta.url))
  const histories: History[] = parse(readFileSync(source, 'utf8'))
  return histories.flatMap(({ api, package: name, file, pairs }) =>
    pairs.map(({ from, to, bump, reason }) => ({
      name: `${api} ${from} → ${to}`,
      before: { packed: `${name}@${from}`, file },
      after: { packed: `${name}@${to}`, file },
      bump,
      reason,
    })),
  )
}
