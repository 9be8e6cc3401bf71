import { type Bump, bumps } from '../../src/diff/compare/change.ts'
import type { OpenApiDocument } from '../../src/spec/document.ts'

/** Two documents to compare, as they are loaded. */
export interface Pair {
  before: OpenApiDocument
  after: OpenApiDocument
}

/** What a judge or an oracle says of one thing that differs. */
export interface Opinion {
  bump: Bump
  /** What kind of difference it is, in the words of whoever speaks. */
  id: string
  /** The operations that it concerns; none where it concerns the document as a whole. */
  operationIds: readonly string[]
  /** What it is about, as text that holds the name of it. */
  about: string
}

/** Somebody who says what differs between two documents. */
export type Oracle = (pair: Pair) => Opinion[] | Promise<Opinion[]>

/** Whether one bump demands less than another. */
export const isLower = (one: Bump, other: Bump) => bumps.indexOf(one) > bumps.indexOf(other)
