import type { Oas3Rule, Oas3Visitor } from '@redocly/openapi-core'
import { methods } from './document.ts'

type Context = Parameters<Extract<NonNullable<Oas3Visitor['Schema']>, (...args: never) => unknown>>[1]
type Resolve = Context['resolve']

/** A schema as the linter has it, and the file it stands in. */
interface Place {
  schema: unknown
  file: string
}

/** Refuses a schema that is a part of itself through `allOf` and references: no value could be checked by it. */
export const noSelfInAllOf: Oas3Rule = () => {
  const sound = new Set<unknown>()
  return {
    Schema(schema, { report, resolve, location }) {
      if (!schema.allOf || !holdsItself({ schema, file: location.source.absoluteRef }, resolve, sound)) return
      report({
        message: 'Expected the parts of `allOf` to be other schemas; found one that leads back to this schema.',
        location: location.child(['allOf']),
      })
    },
  }
}

/** Whether the way through parts and references leads back to where it starts; `sound` are schemas it does not leave. */
function holdsItself(start: Place, resolve: Resolve, sound: Set<unknown>): boolean {
  const seen = new Set<unknown>()
  const open = partsOf(start, resolve)
  for (let place = open.pop(); place; place = open.pop()) {
    if (place.schema === start.schema) return true
    if (seen.has(place.schema) || sound.has(place.schema)) continue
    seen.add(place.schema)
    open.push(...partsOf(place, resolve))
  }
  sound.add(start.schema)
  return false
}

/** What a schema holds in full: the parts of its `allOf`, and what it refers to. */
function partsOf({ schema, file }: Place, resolve: Resolve): Place[] {
  if (typeof schema !== 'object' || schema === null) return []
  const parts: unknown = Reflect.get(schema, 'allOf')
  const below = Array.isArray(parts) ? parts.map((part): Place => ({ schema: part, file })) : []
  const { $ref } = schema as { $ref?: unknown }
  if (typeof $ref !== 'string') return below
  const { node, location } = resolve({ $ref }, file)
  return node === undefined || !location ? below : [...below, { schema: node, file: location.source.absoluteRef }]
}

/** Refuses an `enum` of other values beside `type: object`: nothing is both, and no type says what was meant. */
export const objectEnums: Oas3Rule = () => ({
  Schema({ type, enum: values }, { report, location }) {
    if (type !== 'object' || !Array.isArray(values)) return
    const wrong = values.find((value) => typeof value !== 'object')
    if (wrong === undefined) return
    report({
      message: `Expected only objects in the \`enum\` of \`type: object\`; found ${JSON.stringify(wrong)}.`,
      location: location.child(['enum']),
    })
  },
})

/** Demands that an operation whose query can be refused says how: mocks and sandboxes answer only what is documented. */
export const refusedQueries: Oas3Rule = () => ({
  Paths: {
    PathItem(pathItem, { report, resolve, location }) {
      for (const method of methods) {
        const operation = pathItem[method]
        if (!operation) continue
        const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])]
        const hasQuery = parameters.some((parameter) => resolve(parameter).node?.in === 'query')
        const { responses = {} } = operation
        if (!hasQuery || '400' in responses || '422' in responses) continue
        report({
          message:
            'Expected a response 400 or 422: the query can be wrong, and nothing is answered but what is documented.',
          location: location.child([method, 'responses']).key(),
        })
      }
    },
  },
})
