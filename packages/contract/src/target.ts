/** A documented answer of an operation: its status and, where it has a body, the name of the example. */
export interface Answer {
  status: number
  example?: string
}

/** Something that serves the API and that cases run against. */
export interface Target {
  name: string
  /** Base URL for all of the spec's servers. */
  url: string
  apiKey: string
  /** Headers that make the target give this answer. */
  ask(answer: Answer): Record<string, string>
  /** Stops it and frees its port. */
  close(): Promise<void>
}
