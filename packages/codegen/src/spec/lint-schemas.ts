import type { Oas3Rule, Oas3Visitor } from '@redocly/openapi-core'
import { methods } from './document.ts'

type Context = Parameters<Extract<NonNullable<Oas3Visitor['Schema']>, (...args: never) => unknown>>[1]
type Resolve = Context['resolve']

/** A schema as the linter has it, and the file it stands in. */
interface Place {
  schema: unknown
  file: string
}

/** Refuses a schema that is a part of itself through `allOf` and references, or that is nothing but itself. */
export const noSelfInAllOf: Oas3Rule = () => {
  const sound = new Set<unknown>()
  return {
    Schema(schema, { report, resolve, location }) {
      const start = { schema, file: location.source.absoluteRef }
      const isPart = schema.allOf !== undefined && holdsItself(start, resolve, sound)
      const keyword = isPart ? 'allOf' : loneKeyword(schema)
      if (!keyword || !(isPart || isItself(start, resolve))) return
      report({
        message: `Expected the parts of \`${keyword}\` to be other schemas; found one that leads back to this schema.`,
        location: location.child([keyword]),
      })
    },
  }
}

/** The keyword of a schema that says nothing but what the one schema below it says. */
function loneKeyword(schema: unknown): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  const [keyword, ...others] = Object.keys(schema).filter((key) => !saysNothing(key, Reflect.get(schema, key)))
  const parts: unknown = keyword && Reflect.get(schema, keyword)
  const isLone = Array.isArray(parts) && parts.length === 1 && /^(allOf|anyOf|oneOf)$/.test(keyword ?? '')
  return isLone && others.length === 0 ? keyword : undefined
}

/** Whether what stands under a keyword leaves the values of its schema as they are. */
const saysNothing = (keyword: string, value: unknown) =>
  value === false
    ? keyword !== 'not'
    : /^(x-.*|\$.*[^f]|discriminator|title|description|examples?|default)$/.test(keyword)

/** Whether a schema stands for another one, that for the next, and so on until itself. */
function isItself(start: Place, resolve: Resolve): boolean {
  const seen = new Set<unknown>()
  let place: Place | undefined = start
  while (place && !seen.has(place.schema)) {
    seen.add(place.schema)
    const keyword = loneKeyword(place.schema)
    const [part]: unknown[] = keyword ? Reflect.get(Object(place.schema), keyword) : []
    place = keyword ? { schema: part, file: place.file } : referredBy(place, resolve)
  }
  return place?.schema === start.schema
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
  const target = referredBy({ schema, file }, resolve)
  return target ? [...below, target] : below
}

/** What a schema refers to. */
function referredBy({ schema, file }: Place, resolve: Resolve): Place | undefined {
  const { $ref } = Object(schema) as { $ref?: unknown }
  if (typeof $ref !== 'string') return undefined
  const { node, location } = resolve({ $ref }, file)
  return node === undefined || !location ? undefined : { schema: node, file: location.source.absoluteRef }
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
