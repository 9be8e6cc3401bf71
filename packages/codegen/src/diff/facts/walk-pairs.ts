import { pairSchemas, type Side } from '../pair-schemas.ts'
import { type SchemaView, viewSchema } from '../schema-view.ts'

/** Two documents, and who looks at the schemas in them that belong together. */
export interface PairWalk {
  before: Side
  after: Side
  /** Takes each pair once, at the first place it is met, as it is written and as it is read. */
  visit: (pair: WalkedPair) => void
}

/** Two schemas at one place. */
export interface WalkedPair {
  /** As they are written, references included. */
  schemas: readonly [before: unknown, after: unknown]
  /** As they are read. */
  views: readonly [before: SchemaView, after: SchemaView]
  /** Where they are, such as `body.phone`. */
  location: string
}

/** Walks two schemas side by side, also where they mean the same. */
export function walkPairs({ before, after, visit }: PairWalk, schemas: WalkedPair['schemas'], location: string): void {
  const seen = new Map<unknown, Set<unknown>>()
  const next: [schemas: WalkedPair['schemas'], location: string][] = [[schemas, location]]
  for (let one = next.shift(); one; one = next.shift()) {
    const [[old, now], place] = one
    if (typeof old !== 'object' || typeof now !== 'object') continue
    const [was, is] = [viewSchema(before.document, old), viewSchema(after.document, now)]
    visit({ schemas: [old, now], views: [was, is], location: place })
    const others = seen.get(was.sources[0]) ?? new Set()
    seen.set(was.sources[0], others)
    if (others.has(is.sources[0])) continue
    others.add(is.sources[0])
    for (const [name, property] of was.properties) next.push([[property, is.properties.get(name)], `${place}.${name}`])
    for (const keyword of ['items', 'additionalProperties']) {
      next.push([[was.keywords[keyword], is.keywords[keyword]], `${place}.*`])
    }
    if (!was.alternatives && !is.alternatives) continue
    const { pairs } = pairSchemas(
      { side: before, schemas: was.alternatives ?? [old] },
      { side: after, schemas: is.alternatives ?? [now] },
    )
    for (const pair of pairs) next.push([[pair.before, pair.after], place])
  }
}
