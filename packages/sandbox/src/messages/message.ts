import type { components, operations } from '../gen/schema.ts'

/** A message that was sent, as a test reads it back. */
export type OutboxMessage = components['schemas']['OutboxMessage']

/** Which messages to list. */
export type OutboxFilter = NonNullable<operations['listOutbox']['parameters']['query']>
