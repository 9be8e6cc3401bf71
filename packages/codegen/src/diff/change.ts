import type { OpenApiDocument } from '../document.ts'

/** What a change demands of the version, the highest first. */
export const bumps = ['major', 'minor', 'patch', 'none'] as const

/** What a change demands of the version. `none`: nothing that a package ships has changed its meaning. */
export type Bump = (typeof bumps)[number]

/** Who found a change: oasdiff, our own checks of facts it does not report, or the TypeScript compiler. */
export type Opinion = 'oasdiff' | 'facts' | 'typescript'

/** One thing that differs between two specs, and what it means for code that calls the API. */
export interface Change {
  bump: Exclude<Bump, 'none'>
  /** What kind of change it is, in kebab case: oasdiff's own id, or one of ours such as `server-changed`. */
  id: string
  /** The operation, by its name before the change or, where it is new, after it; absent for the document as a whole. */
  operationId?: string
  /** Whether it concerns what callers send, what they get, or both. */
  direction: 'request' | 'response' | 'both'
  opinion: Opinion
  /** What changed and how that breaks whom, in one sentence or two. */
  message: string
  /** What it is about, with dots, such as `body.customFields`, `200.phone` or `path.id`; absent for the whole operation. */
  location?: string
}

/** Two documents to compare: bundled, linted, and in normal form. */
export interface Pair {
  before: OpenApiDocument
  after: OpenApiDocument
}

/** Lists what differs between two documents. Pure but for the programs that it may start. */
export type FindChanges = (pair: Pair) => Change[] | Promise<Change[]>

/** The highest of the bumps; `none` where there are none. */
export function highestBump(all: readonly { bump: Bump }[]): Bump {
  return bumps.find((bump) => all.some((one) => one.bump === bump)) ?? 'none'
}
