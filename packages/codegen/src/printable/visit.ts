import { methods, type OpenApiDocument } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { readAt } from '../spec/pointer.ts'
import type { Direction } from '../spec/read-write.ts'

/** An object of a document, by its keywords or names. */
export type Fields = Record<string, unknown>

/** What stands at a slot, and may be a reference: all but schemas hold schemas in turn. */
export type SlotKind = 'schema' | 'parameter' | 'header' | 'requestBody' | 'response'

/** A place of a document that holds a value of a kind: `holder[key]`. What the API asks, of webhooks and callbacks, is a response. */
export interface Slot {
  holder: Fields
  key: string
  kind: SlotKind
  direction: Direction
}

/** Gives a name a value, also where the name is `__proto__`. */
export function setField(holder: Fields, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

type Visit = (slot: Slot) => void

/**
 * Visits what a document holds, outer values first, down to the schemas that stand in no other schema. A visitor may put
 * another value at the slot: what that holds is visited next.
 */
export function visitDocument(document: OpenApiDocument, visit: Visit): void {
  const { paths, webhooks, components = {} } = document
  for (const item of values(paths)) visitPathItem(item, 'request', visit)
  for (const item of values(webhooks)) visitPathItem(item, 'response', visit)
  for (const item of values(components.pathItems)) visitPathItem(item, 'request', visit)
  for (const callback of values(components.callbacks)) visitCallback(callback, visit)
  visitAll(components.parameters, 'parameter', 'request', visit)
  visitAll(components.requestBodies, 'requestBody', 'request', visit)
  visitAll(components.responses, 'response', 'response', visit)
  visitAll(components.headers, 'header', 'response', visit)
  visitAll(components.schemas, 'schema', 'response', visit)
}

const values = (holder: unknown): unknown[] => (isRecord(holder) ? Object.values(holder) : [])

function visitPathItem(item: unknown, asked: Direction, visit: Visit): void {
  const answered = asked === 'request' ? 'response' : 'request'
  visitList(readAt(item, ['parameters']), asked, visit)
  for (const method of methods) {
    const operation = readAt(item, [method])
    if (!isRecord(operation)) continue
    visitList(operation.parameters, asked, visit)
    if (operation.requestBody)
      visitSlot({ holder: operation, key: 'requestBody', kind: 'requestBody', direction: asked }, visit)
    visitAll(operation.responses, 'response', answered, visit)
    for (const callback of values(operation.callbacks)) visitCallback(callback, visit)
  }
}

function visitCallback(callback: unknown, visit: Visit): void {
  for (const item of values(callback)) visitPathItem(item, 'response', visit)
}

function visitList(list: unknown, direction: Direction, visit: Visit): void {
  if (!Array.isArray(list)) return
  // An array, too, holds its values by their keys.
  for (const key of list.keys()) {
    visitSlot({ holder: list as unknown as Fields, key: String(key), kind: 'parameter', direction }, visit)
  }
}

function visitAll(holder: unknown, kind: SlotKind, direction: Direction, visit: Visit): void {
  if (isRecord(holder)) for (const key of Object.keys(holder)) visitSlot({ holder, key, kind, direction }, visit)
}

function visitSlot(slot: Slot, visit: Visit): void {
  visit(slot)
  const value = slot.holder[slot.key]
  if (!isRecord(value) || slot.kind === 'schema') return
  if ('schema' in value) visit({ holder: value, key: 'schema', kind: 'schema', direction: slot.direction })
  for (const media of values(value.content)) {
    if (isRecord(media) && 'schema' in media) {
      visit({ holder: media, key: 'schema', kind: 'schema', direction: slot.direction })
    }
  }
  if (slot.kind === 'response') visitAll(value.headers, 'header', slot.direction, visit)
}

const single = ['items', 'additionalProperties', 'not'] as const
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'] as const
const maps = ['properties', 'patternProperties', '$defs'] as const

/** Visits the slots of a schema that hold schemas, truth values included. A visitor may put another value there. */
export function visitInner(schema: Fields, visit: (holder: Fields, key: string) => void): void {
  for (const keyword of single) {
    if (schema[keyword] !== undefined && !Array.isArray(schema[keyword])) visit(schema, keyword)
  }
  for (const keyword of lists) if (Array.isArray(schema[keyword])) visitKeys(schema[keyword], visit)
  for (const keyword of maps) if (isRecord(schema[keyword])) visitKeys(schema[keyword], visit)
}

function visitKeys(holder: unknown[] | Fields, visit: (holder: Fields, key: string) => void): void {
  // A list, too, holds its values by their keys.
  for (const key of Object.keys(holder)) visit(holder as Fields, key)
}
