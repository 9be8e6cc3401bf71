import type { OpenApiDocument } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { readAt, referenceTo, schemaNameOf } from '../spec/pointer.ts'
import { type Direction, isOnlyInOther } from '../spec/read-write.ts'
import { type Fields, setField, visitDocument, visitInner } from './visit.ts'

/**
 * Gives the schemas that mean one thing in a request and another in an answer a form for each: a request need not and
 * cannot have what is `readOnly`, an answer has nothing that is `writeOnly`, and the values of further properties are
 * written beside the known ones. Where both are used, that of requests is a component called `<name>Request`. Changes the
 * document, in which every reference to a schema is one to a component.
 */
export function splitDirections(document: OpenApiDocument): void {
  const schemas = (document.components?.schemas ?? {}) as Fields
  const split = findSplit(document, schemas)
  const roots = { request: [] as Place[], response: [] as Place[] }
  visitDocument(document, ({ holder, key, kind, direction }) => {
    if (kind === 'schema' && holder !== schemas) roots[direction].push({ holder, key })
  })
  const isAnyTwofold = [...roots.request, ...roots.response].some(({ holder, key }) =>
    hasTwofold(document, holder[key]),
  )
  if (split.size === 0 && !isAnyTwofold) return
  const twins = nameTwins(
    schemas,
    reach(schemas, roots.request).filter((name) => split.has(name)),
  )
  for (const [name, twin] of twins) setField(schemas, twin, structuredClone(schemas[name]))
  const requests = [...roots.request, ...[...twins.values()].map((key) => ({ holder: schemas, key }))]
  const written = new Set(twins.values())
  const others = Object.keys(schemas).filter((name) => !written.has(name))
  for (const { holder, key } of requests) shape(document, { root: holder[key], direction: 'request', twins })
  const responses = [...roots.response, ...others.map((key) => ({ holder: schemas, key }))]
  for (const { holder, key } of responses) shape(document, { root: holder[key], direction: 'response', twins })
}

interface Place {
  holder: Fields
  key: string
}

/** The components that differ by direction, by themselves or through what they refer to. */
function findSplit(document: OpenApiDocument, schemas: Fields): ReadonlySet<string> {
  const users = new Map<string, string[]>()
  const split = new Set<string>()
  for (const [name, schema] of Object.entries(schemas)) {
    walk(schema, (one) => {
      const target = schemaNameOf(one)
      if (target === undefined) return
      const known = users.get(target)
      if (known) known.push(name)
      else users.set(target, [name])
    })
    if (hasTwofold(document, schema)) split.add(name)
  }
  // A set visits what is added to it meanwhile.
  for (const name of split) for (const user of users.get(name) ?? []) split.add(user)
  return split
}

function walk(value: unknown, visit: (schema: Fields) => void): void {
  if (!isRecord(value)) return
  visit(value)
  visitInner(value, (holder, key) => walk(holder[key], visit))
}

function hasTwofold(document: OpenApiDocument, schema: unknown): boolean {
  let found = false
  walk(schema, (one) => {
    found ||= isTwofold(document, one)
  })
  return found
}

const isTwofold = (document: OpenApiDocument, schema: Fields) =>
  listProperties(schema).some(
    ([, value]) => isHidden(document, 'request', value) || isHidden(document, 'response', value),
  ) || isMixed(schema)

const isHidden = (document: OpenApiDocument, direction: Direction, property: unknown) =>
  isRecord(property) && isOnlyInOther(document, direction, property)

const listProperties = ({ properties }: Fields) => (isRecord(properties) ? Object.entries(properties) : [])

/** Whether further properties have another type than the known ones. */
const isMixed = (schema: Fields) => {
  const { additionalProperties: extra } = schema
  return isRecord(extra) && Object.keys(extra).length > 0 && listProperties(schema).length > 0
}

/** The names of the components that are used from some places. */
function reach(schemas: Fields, places: readonly Place[]): string[] {
  const names = new Set<string>()
  const collect = (schema: Fields) => {
    const name = schemaNameOf(schema)
    if (name !== undefined) names.add(name)
  }
  for (const { holder, key } of places) walk(holder[key], collect)
  for (const name of names) walk(readAt(schemas, [name]), collect)
  return [...names]
}

function nameTwins(schemas: Fields, names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(Object.keys(schemas))
  return new Map(
    names.map((name) => {
      let twin = `${name}Request`
      while (taken.has(twin)) twin += '_'
      taken.add(twin)
      return [name, twin]
    }),
  )
}

/** What form a schema gets. */
interface Form {
  root: unknown
  direction: Direction
  /** The names of requests' components, by those of the others. */
  twins: ReadonlyMap<string, string>
}

/** Gives a schema the form of a direction. */
function shape(document: OpenApiDocument, { root, direction, twins }: Form): void {
  walk(root, (schema) => {
    const twin = direction === 'request' && twins.get(schemaNameOf(schema) ?? '')
    if (twin) schema.$ref = referenceTo(['components', 'schemas', twin])
    const left = listProperties(schema).filter(([, value]) => isHidden(document, direction, value))
    if (left.length > 0) leaveOut(schema, new Set(left.map(([name]) => name)))
    if (direction === 'request' && isMixed(schema)) {
      const known = listProperties(schema).map(([, value]) => structuredClone(value))
      schema.additionalProperties = { anyOf: [schema.additionalProperties, ...known] }
    }
  })
}

function leaveOut(schema: Fields, names: ReadonlySet<string>): void {
  schema.properties = Object.fromEntries(listProperties(schema).filter(([name]) => !names.has(name)))
  if (Array.isArray(schema.required)) schema.required = schema.required.filter((name) => !names.has(name))
  if (listProperties(schema).length > 0 || schema.additionalProperties !== undefined) return
  // Of what is left nothing is said, and as a part it must not forbid the other parts.
  delete schema.type
  delete schema.properties
}
