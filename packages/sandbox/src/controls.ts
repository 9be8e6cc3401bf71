import type { EventContact, EventType, SandboxEvent } from './events.ts'
import type { Faults } from './faults/fault.ts'

/** Which contacts to list. */
export interface ContactFilter {
  /** Default: all companies. */
  company?: number
  /** Compared without regard to case. */
  email?: string
  /** In E.164 form. */
  phone?: string
  /** The id of one contact. */
  id?: number
  /** Only deleted contacts, or only those that are not; default: both. */
  deleted?: boolean
  /** Only those after this id. */
  after?: number
  /** At most so many, the oldest first; default 1000. */
  limit?: number
}

/** Which events to list. */
export interface EventFilter {
  /** Only those after this sequence number. */
  after?: number
  type?: EventType
  company?: number
  /** At most so many, the oldest first; default 1000. */
  limit?: number
}

/** An automation that an event set off, and what became of telling its webhook. */
export interface Run {
  /** Unique; sent as `webhook-id`, the same at every attempt. */
  id: string
  /** The automation's name. */
  automation: string
  /** The event that set it off. */
  event: string
  company: number
  webhook: string
  /** `pending` until the webhook has answered with a 2xx; `failed` when the last attempt has failed. */
  status: 'pending' | 'delivered' | 'failed'
  /** How often the webhook was tried. */
  attempts: number
  /** When it is tried next, ISO 8601; `null` when it is not. */
  nextAt: string | null
  /** What went wrong at the last attempt; `null` when nothing did. */
  lastError: string | null
}

/** A message that was sent, as a test reads it back. */
export interface OutboxMessage {
  id: string
  /** `email`: sendEmail; `email-template`: sendEmailTemplate; `whatsapp`: sendWhatsAppTemplate. */
  channel: 'email' | 'email-template' | 'whatsapp'
  company: number
  /** The e-mail address or phone it went to. */
  to: string
  /** The template's `tmpl_` id or name; `null` for a single e-mail. */
  template: string | null
  /** `null` for WhatsApp. */
  subject: string | null
  /** With placeholders filled; `null` for WhatsApp. */
  html: string | null
  /** The text, with placeholders filled; `null` where there is none. */
  text: string | null
  status: 'sent' | 'failed'
  failureReason: string | null
  /** ISO 8601. */
  createdAt: string
  /** ISO 8601; `null` when it was not sent. */
  sentAt: string | null
  /** ISO 8601; `null` until it was opened. */
  firstOpenAt: string | null
  clickCount: number
  /** ISO 8601; `null` until it was clicked. */
  firstClickAt: string | null
}

/** Which messages to list. */
export interface OutboxFilter {
  channel?: OutboxMessage['channel']
  /** Only those to this e-mail address or phone. */
  to?: string
  company?: number
}

/** Everything a sandbox remembers, as plain data: every table's rows. */
export interface Snapshot {
  /** The format; a sandbox refuses one it does not know. */
  version: 1
  tables: Record<string, Record<string, string | number | null>[]>
}

/** Reproducible demo data. */
export interface SeedOptions {
  /** How many contacts to add; default 100. */
  contacts?: number
  /** The same seed gives the same contacts; default 1. */
  seed?: number
  /** Default: the company of the first key. */
  company?: number
}

/**
 * What a test or the control API can do to a sandbox from outside the documented API. Rejects with a `Refusal` that
 * names the argument where one is unknown or not valid.
 */
export interface Controls {
  /** What is in it; rejects where the database cannot be reached. */
  health(): Promise<{ status: 'ok'; time: string; contacts: number; events: number }>
  /**
   * Forgets everything: contacts, fields, messages, events, runs, and faults added since the start. Puts the clock back
   * to where it would be had it never been advanced.
   */
  reset(): Promise<void>
  /** Adds demo contacts, without events. */
  seed(options?: SeedOptions): Promise<{ contacts: number }>
  /** Everything in it, at one moment. */
  snapshot(): Promise<Snapshot>
  /** Replaces everything with what a snapshot holds; throws a `Refusal` and changes nothing where it is no snapshot. */
  restore(snapshot: Snapshot): Promise<void>
  /** Contacts as events show them, oldest first: also deleted ones, and those that were seeded. */
  contacts(filter?: ContactFilter): Promise<EventContact[]>
  /** Events in the order they happened. */
  events(filter?: EventFilter): Promise<SandboxEvent[]>
  /** Events as they happen, after those that already have; ends with the signal or the sandbox. */
  followEvents(filter: Omit<EventFilter, 'limit'>, signal: AbortSignal): AsyncIterable<SandboxEvent>
  /** Runs of automations, oldest first. */
  runs(filter?: { status?: Run['status']; company?: number }): Promise<Run[]>
  /** Messages, oldest first. */
  outbox(filter?: OutboxFilter): Promise<OutboxMessage[]>
  /** Records that a message was opened or clicked (a click opens it too); false where there is no such message. */
  engage(id: string, what: 'open' | 'click'): Promise<boolean>
  clock: {
    /** The sandbox's time, in milliseconds since 1970. */
    now(): number
    /** Moves time forward by so many milliseconds, then delivers what has fallen due. */
    advance(milliseconds: number): Promise<void>
  }
  faults: Faults
  /** Resolves when no delivery is due or under way. */
  idle(): Promise<void>
}
