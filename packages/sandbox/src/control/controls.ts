import type { Run, RunFilter } from '../automations/runs.ts'
import type { ContactFilter } from '../contacts/contact-rows.ts'
import type { SeedOptions } from '../contacts/seed.ts'
import type { EventContact, SandboxEvent } from '../events/event.ts'
import type { EventFilter } from '../events/event-log.ts'
import type { Faults } from '../faults/fault.ts'
import type { Har, JournalEntry, JournalFilter } from '../journal/journal-entry.ts'
import type { OutboxFilter, OutboxMessage } from '../messages/message.ts'
import type { Snapshot } from '../storage/snapshot-tables.ts'
import type { Scenario } from './play.ts'

/**
 * What a test or the control API can do to a sandbox from outside the documented API. Rejects with a `Refusal` that
 * names the argument where one is unknown or not valid.
 */
export interface Controls {
  /** What is in it; rejects where the database cannot be reached. */
  health(): Promise<{ status: 'ok'; time: string; contacts: number; events: number }>
  /**
   * Forgets everything: contacts, fields, messages, events, runs, the journal, and faults added since the start. Puts
   * the clock back to where it would be had it never been advanced.
   */
  reset(): Promise<void>
  /** Adds demo contacts, without events. */
  seed(options?: SeedOptions): Promise<{ contacts: number }>
  /** Everything in it, at one moment. */
  snapshot(): Promise<Snapshot>
  /**
   * Replaces everything with what a snapshot holds, or the bytes of its JSON; throws a `Refusal` and changes nothing where
   * it is no snapshot.
   */
  restore(snapshot: Snapshot | Uint8Array): Promise<void>
  /**
   * Does what a scenario says, one step after the other, or only the step of this name. Throws a `Refusal` and does
   * nothing where anything in it is not valid.
   */
  play(scenario: Scenario, step?: string): Promise<void>
  /** Contacts as events show them, oldest first: also deleted ones, and those that were seeded. */
  contacts(filter?: ContactFilter): Promise<EventContact[]>
  /** Events in the order they happened. */
  events(filter?: EventFilter): Promise<SandboxEvent[]>
  /** Events as they happen, after those that already have; ends with the signal or the sandbox. */
  followEvents(filter: Omit<EventFilter, 'limit'>, signal: AbortSignal): AsyncIterable<SandboxEvent>
  /** Runs of automations, oldest first: at most 1000 unless the filter says otherwise. */
  runs(filter?: RunFilter): Promise<Run[]>
  /** Messages, oldest first: at most 1000 unless the filter says otherwise. */
  outbox(filter?: OutboxFilter): Promise<OutboxMessage[]>
  /** Records that a message was opened or clicked (a click opens it too); false where there is no such message. */
  engage(id: string, what: 'open' | 'click'): Promise<boolean>
  /**
   * Requests to the documented API that this process has answered, in that order: at most 1000 unless the filter says
   * otherwise. Without personal data, as the spec marks it, unless the sandbox was told to show it. Rejects with a
   * `Refusal` where it was told to keep none.
   */
  requests(filter?: JournalFilter): Promise<JournalEntry[]>
  /** The same as an HTTP Archive 1.2, which developer tools of browsers open. */
  har(filter?: JournalFilter): Promise<Har>
  clock: {
    /** The sandbox's time, in milliseconds since 1970. */
    now(): number
    /** Moves time forward by so many milliseconds, then delivers what has fallen due. */
    advance(milliseconds: number): Promise<void>
  }
  faults: Faults
  /** Resolves when no delivery is due or under way, or when the sandbox closes. */
  idle(): Promise<void>
}
