import type { components, operations } from '../gen/schema.ts'

/** A request that the sandbox has answered, and what came of it. */
export type JournalEntry = components['schemas']['JournalEntry']

/** Which requests to list. */
export type JournalFilter = NonNullable<operations['listRequests']['parameters']['query']>

/** Requests as an HTTP Archive, version 1.2. */
export type Har = components['schemas']['Har']

/** What is kept of requests. */
export interface JournalOptions {
  /** How many requests are kept: the newest; default 1000. */
  limit?: number
  /** Whether they are listed as they were sent, personal data and all, though never with a key; default false. */
  personalData?: boolean
}
