import type { Fetch } from '@minimo/client/core'

/** A documented answer of an operation: its status and, where it has a body, the name of the example. */
export interface Answer {
  status: number
  example?: string
}

/** Something that serves the API and that cases run against. */
export interface Target {
  name: 'mock' | 'sandbox' | 'sandbox-behind-prism' | 'live'
  /** How a client reaches it: a base URL for all of the spec's servers, or a `fetch` of this process. */
  connection: { baseUrl?: string; fetch?: Fetch }
  /** A key that may do everything. */
  apiKey: string
  /** A valid key without any of the spec's roles, where the target has one. */
  limitedKey?: string
  /** Whether it answers with the spec's examples, whatever was sent, or remembers what was sent. */
  remembers: boolean
  /** Headers that make the target give this answer, where it can be told. */
  ask?(answer: Answer): Record<string, string>
  /** Forgets everything, where that is possible. */
  reset?(): Promise<void>
  /** Stops it and frees its port. */
  close(): Promise<void>
}
