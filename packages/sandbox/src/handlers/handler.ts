import type { OperationId, OperationTypes, WhatsAppTemplate } from '@minimo/api-types'
import type { Automation } from '../automations/match-automations.ts'
import type { Recorded } from '../automations/record-events.ts'
import type { HandlersOf } from '../exchange/handler.ts'
import type { SandboxEmailTemplate } from '../messages/templates.ts'
import type { Database } from '../storage/database.ts'
import type { CreateId } from '../storage/row-ids.ts'

/** What handlers act on, and for whom. */
export interface Context {
  database: Database
  /** The company that the key belongs to; every statement is limited to it. */
  company: number
  /** The sandbox's time, in milliseconds since 1970. */
  now(): number
  createId: CreateId
  automations: readonly Automation[]
  whatsappTemplates: readonly WhatsAppTemplate[]
  emailTemplates: readonly SandboxEmailTemplate[]
  /** Hears of the events and runs that the operation has stored, once they are committed; default: nobody does. */
  onRecorded?: (recorded: Recorded) => void
}

/** The operations that callers reach: the spec's webhooks are none. */
export type Operations = Pick<OperationTypes, OperationId>

/** One handler per operation of the documented API. */
export type Handlers = HandlersOf<Operations, Context>

/** The handlers of some operations, of one tag; each is typed by its name. */
export function defineHandlers<Id extends OperationId>(handlers: Pick<Handlers, Id>): Pick<Handlers, Id> {
  return handlers
}
