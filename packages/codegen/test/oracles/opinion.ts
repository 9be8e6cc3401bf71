import type { OpenApiDocument } from '../../src/document.ts'

/** What a difference demands of the version, the lowest first. */
export const bumps = ['none', 'patch', 'minor', 'major'] as const

/** What a difference demands of the version. */
export type Bump = (typeof bumps)[number]

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

/** The highest bump of some opinions. */
export const highestOf = (opinions: readonly Opinion[] = []): Bump =>
  bumps[Math.max(0, ...opinions.map(({ bump }) => bumps.indexOf(bump)))] ?? 'none'

/** Whether one bump demands less than another. */
export const isLower = (one: Bump, other: Bump) => bumps.indexOf(one) < bumps.indexOf(other)
