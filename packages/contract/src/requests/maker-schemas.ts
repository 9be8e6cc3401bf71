import type { JsonSchema } from '@minimo/api-types/schemas'
import type { generateSync } from 'json-schema-faker'
import type { ApiSchemas } from './make-input.ts'

/** A schema as the maker of values takes it. */
export type MakerSchema = Exclude<Parameters<typeof generateSync>[0], boolean>

/** What stands under a name of its own, and is referred to. */
interface Place {
  name: string
  value: unknown
  isFurther: boolean
  /** What it refers to itself. */
  refs: readonly string[]
}

/**
 * Makes what gives a schema as the maker of values understands it, with all that it refers to, and no more: the maker
 * reads all that it is given. Callers send nothing that is only read, a reference is not encoded as in a URL, and no text
 * or list is much longer than it has to be, which says nothing more and takes long.
 */
export function createMakerSchemas({ components, further = {} }: ApiSchemas): (schema: JsonSchema) => MakerSchema {
  const given = new Map([
    ...listPlaces('#/components/schemas', components.schemas),
    ...listPlaces('#/further', further),
  ])
  const isReadOnly = (one: unknown, hops = 0): boolean => {
    const { readOnly, $ref } = Object(one)
    return readOnly === true || (typeof $ref === 'string' && hops < 20 && isReadOnly(refTo($ref), hops + 1))
  }
  const refTo = (ref: string) => given.get(decodeURIComponent(ref))?.value
  const places = new Map<string, Place>(
    [...given].map(([ref, place]) => {
      const value = forMaker(place.value, isReadOnly)
      return [ref, { ...place, value, refs: listRefs(value), isFurther: ref.startsWith('#/further/') }]
    }),
  )
  return (given) => {
    let schema = Object(forMaker(given, isReadOnly))
    // Beside a reference the maker would take what is referred to for a part of the value.
    for (let hops = 0; typeof schema.$ref === 'string' && hops < 20; hops++) {
      schema = places.get(schema.$ref)?.value ?? {}
    }
    const reached = new Set(listRefs(schema))
    for (const ref of reached) for (const next of places.get(ref)?.refs ?? []) reached.add(next)
    const found = [...reached].flatMap((ref) => places.get(ref) ?? [])
    const pick = (isFurther: boolean) =>
      Object.fromEntries(found.flatMap((one) => (one.isFurther === isFurther ? [[one.name, one.value]] : [])))
    return found.length === 0 ? schema : { ...schema, components: { schemas: pick(false) }, further: pick(true) }
  }
}

const listPlaces = (above: string, values: object): [ref: string, place: { name: string; value: unknown }][] =>
  Object.entries(values).map(([name, value]) => [
    `${above}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    { name, value },
  ])

function listRefs(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const ref: unknown = Reflect.get(node, '$ref')
  return [...(typeof ref === 'string' ? [ref] : []), ...Object.values(node).flatMap(listRefs)]
}

type IsReadOnly = (schema: unknown) => boolean

function forMaker(node: unknown, isReadOnly: IsReadOnly): unknown {
  if (Array.isArray(node)) return node.map((one) => forMaker(one, isReadOnly))
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    // What it says of a number, the maker takes for what it says of a text.
    if (key === 'format' && /^u?int\d+$/.test(String(value))) return []
    if (key === '$ref' && typeof value === 'string') return [[key, decodeURIComponent(value)]]
    if (key === 'properties') return [[key, forProperties(value, isReadOnly)]]
    // No number beyond can be told from its neighbours.
    if (key === 'maximum' && Number(value) > Number.MAX_SAFE_INTEGER) return [[key, Number.MAX_SAFE_INTEGER]]
    if (key === 'minimum' && Number(value) < Number.MIN_SAFE_INTEGER) return [[key, Number.MIN_SAFE_INTEGER]]
    return [[key, closeLimit(node, key, value) ?? forMaker(value, isReadOnly)]]
  })
  // Without an end of its own a range ends where the maker likes, which may be before it begins.
  const minimum: unknown = Reflect.get(node, 'minimum')
  if (typeof minimum === 'number' && !('maximum' in node)) entries.push(['maximum', minimum + 1000])
  // What has properties is an object, where it does not say so.
  if (typeof Reflect.get(node, 'properties') === 'object' && !('type' in node)) entries.push(['type', 'object'])
  return Object.fromEntries(entries)
}

/** Properties by their names, which may be those of keywords. */
const forProperties = (properties: object, isReadOnly: IsReadOnly) =>
  Object.fromEntries(
    Object.entries(Object(properties)).flatMap(([name, one]) =>
      isReadOnly(one) ? [] : [[name, forMaker(one, isReadOnly)]],
    ),
  )

/** An upper limit of a length, brought near to the lower one. */
function closeLimit(node: object, key: string, value: unknown): unknown {
  if (key === 'pattern' && typeof value === 'string') return value.replace(/\{(\d+),(\d+)\}/g, shorter)
  const isBound = ['pattern', 'enum', 'const', 'format'].some((keyword) => keyword in node)
  if (typeof value !== 'number' || !(key === 'maxItems' || (key === 'maxLength' && !isBound))) return undefined
  return closer(value, Number(Reflect.get(node, key.replace('max', 'min')) ?? 0))
}

const shorter = (_: string, least: string, most: string) => `{${least},${closer(Number(most), Number(least))}}`

const closer = (most: number, least: number) => Math.min(most, least + 8)
