import type { WhatsAppTemplate } from '@minimo/api-types'
import type { Automation } from '../automations/match-automations.ts'
import type { FaultRule } from '../faults/fault.ts'
import type { SandboxKey } from '../handlers/authenticate.ts'
import type { JournalOptions } from '../journal/journal-entry.ts'
import type { SandboxEmailTemplate } from '../messages/templates.ts'
import type { RateLimit } from '../rate-limit/rate-limit.ts'
import type { Retention } from '../storage/retention.ts'

/** What a sandbox can be told in a file as well as in code. Everything has a default. */
export interface SandboxConfig {
  /** Default: `demoKey` for company 1, with every permission. */
  keys?: readonly SandboxKey[]
  /** Default: none. */
  automations?: readonly Automation[]
  /** Signs webhooks of automations without a secret of their own; default: a documented demo secret. */
  webhookSecret?: string
  /** How long after each failed delivery the next one is tried, in milliseconds; then the run has failed. */
  retryDelays?: readonly number[]
  /** Default: a few in each state. */
  whatsappTemplates?: readonly WhatsAppTemplate[]
  /** Default: `tmpl_42` and a few more. */
  emailTemplates?: readonly SandboxEmailTemplate[]
  /** Faults from the start; default: none. */
  faults?: readonly FaultRule[]
  /** How many requests each key may send, in the sandbox's time and to this process; default: any number. */
  rateLimit?: RateLimit
  /**
   * Whether a body key or query name that the spec does not know is refused, naming the nearest that it knows. The API
   * drops them, and so does the sandbox without this, but tells of them in the header `sandbox-warning`. Default: true
   * with `createSandbox`, false for the server.
   */
  strict?: boolean
  /**
   * Makes the sandbox repeatable: with the same seed and calls, at the same times, it gives the same ids and demo
   * contacts. An integer from 0 to 2^32 - 1; default: random ids, and demo contacts of the seed 1. On PostgreSQL, which
   * sandboxes may share, ids are always random.
   */
  seed?: number
  /**
   * How many events, runs and messages are kept, and for how long; default: the newest 1,000,000 of each. Runs that
   * are pending stay, and so do their events.
   */
  retention?: Retention
  /** What is kept of requests; `false`: nothing. Default: the newest 1000, shown without personal data. */
  journal?: JournalOptions | false
}

/** How to create a sandbox. Everything has a default. */
export interface SandboxOptions extends SandboxConfig {
  /** `:memory:` (default), the path of a SQLite file, or a `postgres://` URL. */
  database?: string
  /** The time that the sandbox starts from and follows, in milliseconds since 1970; default `Date.now`. */
  now?: () => number
  /** Delivers webhooks; default the global `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Who may use the control API over a port: requests from this machine (default) or all. */
  control?: 'local' | 'all'
}
