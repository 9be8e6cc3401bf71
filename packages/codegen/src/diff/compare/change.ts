import type { Direction } from '../../spec/read-write.ts'

/** What a change demands of the version, the highest first. */
export const bumps = ['major', 'minor', 'patch', 'none'] as const

/** What a change demands of the version. `none`: nothing that a package ships has changed its meaning. */
export type Bump = (typeof bumps)[number]

/**
 * One thing that differs between two specs, and what it means for code that calls the API. It is told once, where it
 * was made: `id`, `location` and the operation that holds the location identify it.
 */
export interface Change {
  bump: Exclude<Bump, 'none'>
  /** What kind of change it is, in kebab case, such as `property-removed`. */
  id: string
  /** Whether it concerns what callers send, what they get, or both. */
  direction: Direction | 'both'
  /** What changed and how that breaks whom, in one sentence or two. */
  message: string
  /**
   * What it is about, with dots: `body.phone`, `200.phone` or `path.id` of an operation, or a part that operations
   * share, such as `components.schemas.Contact.phone`; absent for operations as a whole and for the document.
   */
  location?: string
  /**
   * The operations that it reaches, by their names before the change or, where they are new, after it, in the order of
   * the document; empty where it reaches none, or concerns the document as a whole.
   */
  operationIds: readonly string[]
}

/** The highest of the bumps; `none` where there are none. */
export function highestBump(all: readonly { bump: Bump }[]): Bump {
  return bumps.find((bump) => all.some((one) => one.bump === bump)) ?? 'none'
}
