import type { OperationId, OperationTypes, WhatsAppTemplate } from '@minimo/api-types'
import type { Automation } from '../automations/match-automations.ts'
import type { SandboxEmailTemplate } from '../messages/templates.ts'
import type { Database } from '../storage/database.ts'

type Parameters<Id extends OperationId, Place extends 'path' | 'query'> = Given<
  NonNullable<OperationTypes[Id]['parameters'][Place]>,
  Record<string, never>
>

type Json<Content> = Given<
  Content extends { content: { 'application/json': infer Body } } ? Body : undefined,
  undefined
>

/** The type itself; the other where the spec has nothing there, which its types call `never`. */
type Given<Type, Otherwise> = [Type] extends [never] ? Otherwise : Type

/** What a handler gets: valid by the spec, decoded and typed by it. */
export interface Input<Id extends OperationId> {
  path: Parameters<Id, 'path'>
  query: Parameters<Id, 'query'>
  body: Json<NonNullable<OperationTypes[Id]['requestBody']>>
}

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206

/** A successful answer that the spec documents for the operation. */
export type Reply<Id extends OperationId> = {
  [Status in keyof OperationTypes[Id]['responses'] & Success]: {
    status: Status
    body: Json<OperationTypes[Id]['responses'][Status]>
  }
}[keyof OperationTypes[Id]['responses'] & Success]

/** What handlers act on, and for whom. */
export interface Context {
  database: Database
  /** The company that the key belongs to; every statement is limited to it. */
  company: number
  /** The sandbox's time, in milliseconds since 1970. */
  now(): number
  automations: readonly Automation[]
  whatsappTemplates: readonly WhatsAppTemplate[]
  emailTemplates: readonly SandboxEmailTemplate[]
}

/** Carries out one operation. Throws a `Refusal` for what the API documents as an error. */
export type Handler<Id extends OperationId> = (input: Input<Id>, context: Context) => Promise<Reply<Id>>

/** One handler per operation of the spec: a missing one does not compile. */
export type Handlers = { readonly [Id in OperationId]: Handler<Id> }

/** The handlers of some operations, of one tag; each is typed by its name. */
export function defineHandlers<Id extends OperationId>(handlers: Pick<Handlers, Id>): Pick<Handlers, Id> {
  return handlers
}
