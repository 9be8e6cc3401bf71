import { listOperations, type OpenApiDocument } from '../../src/spec/document.ts'
import { sliceDocument } from './batch.ts'
import type { NamedPair } from './compare.ts'
import { componentEdits } from './component-edits.ts'
import { compositionEdits } from './composition-edits.ts'
import type { Edits } from './edit.ts'
import { messageEdits } from './message-edits.ts'
import { objectEdits } from './object-edits.ts'
import { operationEdits } from './operation-edits.ts'
import type { Random } from './random.ts'
import { valueEdits } from './value-edits.ts'
import { webhookEdits } from './webhook-edits.ts'

/** Every edit by its name. */
export const edits: Edits = {
  ...valueEdits,
  ...objectEdits,
  ...compositionEdits,
  ...componentEdits,
  ...messageEdits,
  ...operationEdits,
  ...webhookEdits,
}
const names = Object.keys(edits)

/** Applies `count` random edits to a document, in place. Returns their names. */
function applyRandom(document: OpenApiDocument, count: number, random: Random): string[] {
  const applied: string[] = []
  for (let tries = 0; applied.length < count && tries < 100; tries++) {
    const name = random.pick(names)
    if (edits[name]?.(document, random)) applied.push(name)
  }
  return applied
}

/**
 * Edits a document at random: first up to three edits make it one that holds more kinds of things, then one edit, or up
 * to four, make the difference. Half of the pairs go backwards, so that each edit is undone as well.
 */
function editAtRandom(document: OpenApiDocument, random: Random): NamedPair {
  // Parts that are one object must not change together.
  const before: OpenApiDocument = JSON.parse(JSON.stringify(document))
  applyRandom(before, random.below(4), random)
  const after = structuredClone(before)
  const count = random.chance(0.6) ? 1 : 2 + random.below(3)
  const applied = applyRandom(after, count, random)
  return random.chance(0.5)
    ? { before, after, edits: applied }
    : { before: after, after: before, edits: applied.map((name) => `undo ${name}`) }
}

/** The largest part of a document that is edited, in characters: comparing takes time, and edits need little. */
const largest = 25_000

/** Takes one or two operations of a document at a time, with all that they reach, and edits them at random. */
export function createPairs(document: OpenApiDocument, count: number, random: Random): NamedPair[] {
  const ids = listOperations(document).map(({ id }) => id)
  const pairs: NamedPair[] = []
  for (let tries = 0; pairs.length < count && tries < 20 * count; tries++) {
    const slice = sliceDocument(document, new Set([random.pick(ids), random.pick(ids)]))
    if (JSON.stringify(slice).length <= largest) pairs.push(editAtRandom(slice, random))
  }
  return pairs
}
