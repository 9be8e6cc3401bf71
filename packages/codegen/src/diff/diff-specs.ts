import type { OpenApiDocument } from '../document.ts'
import { type Bump, type Change, highestBump } from './compare/change.ts'
import { type ComparisonOptions, createComparison } from './compare/comparison.ts'
import { normalizeSpec } from './normal/normalize.ts'
import { tellChanges } from './tell.ts'
import { visitDocuments } from './walk/documents.ts'

/** What differs between two documents. */
export interface SpecChanges {
  /** The highest that any change demands. */
  bump: Bump
  /** What demands most comes first, then the order of the document. */
  changes: Change[]
}

/** What differs between two bundled documents, and the version bump that this demands. */
export function diffSpecs(
  before: OpenApiDocument,
  after: OpenApiDocument,
  options: ComparisonOptions = {},
): SpecChanges {
  const comparison = createComparison(normalizeSpec(before), normalizeSpec(after), options)
  const changes = tellChanges(comparison, visitDocuments(comparison))
  return { bump: highestBump(changes), changes }
}
