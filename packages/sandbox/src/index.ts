export type { Automation, SandboxConfig, SandboxEmailTemplate, SandboxKey } from './config.ts'
export { demoKey, demoWebhookSecret } from './config.ts'
export type {
  ContactFilter,
  Controls,
  EventFilter,
  OutboxFilter,
  OutboxMessage,
  Run,
  SeedOptions,
  Snapshot,
} from './controls.ts'
export type { Change, EventContact, EventType, SandboxEvent } from './events.ts'
export { eventTypes } from './events.ts'
export type { ActiveFaultRule, Fault, FaultRule, Faults } from './faults/fault.ts'
export type { Listening, Sandbox, SandboxOptions } from './options.ts'
export { createSandbox } from './sandbox.ts'
