import { type OpenApiDocument, resolve, type Schema } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { fits, type Hints, makeText, typeOf } from './plain-value.ts'

/** Stands for a file: what a schema calls `binary`. */
export const file: unique symbol = Symbol('file')

/** A value that was made, or found. */
export interface Made {
  value: unknown
}

/** A schema with the keywords that say what a value is like. */
type Told = Schema & Hints

/** Makes a small value that a schema allows: what it gives as an example, else what it demands. */
export type MakeValue = (schema: Schema | undefined, name: string) => Made | undefined

/** How many schemas a value may be in. */
const deepest = 20

/**
 * Makes what finds values for schemas of a document. The same schema gives the same value; `undefined` where none was
 * found, such as for a pattern that no usual text keeps.
 */
export function createValueMaker(document: OpenApiDocument): MakeValue {
  return (schema, name) => make(schema ?? {}, name, [])

  function make(given: Schema | boolean, name: string, above: readonly Schema[]): Made | undefined {
    if (typeof given === 'boolean') return given ? { value: name } : undefined
    const schema: Told = resolve(document, given)
    if (above.includes(schema) || above.length > deepest) return undefined
    const told = findTold(schema)
    if (told) return told
    for (const whole of listWholes(schema, [])) {
      const made = findTold(whole) ?? build(whole, name, [...above, schema])
      if (made) return made
    }
    return undefined
  }

  function build(schema: Told, name: string, above: readonly Schema[]): Made | undefined {
    const type = typeOf(schema)
    if (type === 'object') return buildObject(schema, above)
    if (type === 'array') return buildArray(schema, name, above)
    if (type === 'boolean') return { value: true }
    if (type === 'null') return { value: null }
    if (type === 'integer' || type === 'number') return { value: makeNumber(schema, type) }
    if (schema.format === 'binary') return { value: file }
    return makeText(schema, name)
  }

  function buildObject({ properties = {}, required = [] }: Told, above: readonly Schema[]): Made | undefined {
    const isSent = (name: string) => resolve(document, Object(properties[name]) as Schema).readOnly !== true
    const needed = required.filter((name) => Object.hasOwn(properties, name) && isSent(name))
    const fields = needed.map((name) => [name, make(properties[name] ?? {}, name, above)] as const)
    if (fields.some(([, made]) => made === undefined)) return undefined
    if (fields.length > 0 || above.length > 1) return { value: toObject(fields) }
    // Nothing is demanded: one property says more than none.
    for (const name of Object.keys(properties).filter(isSent)) {
      const made = make(properties[name] ?? {}, name, above)
      if (made) return { value: toObject([[name, made]]) }
    }
    return { value: {} }
  }

  function buildArray({ items, minItems = 1, uniqueItems }: Told, name: string, above: readonly Schema[]) {
    if (!items) return { value: Array.from({ length: minItems }, () => name) }
    const choices = resolve(document, items).enum
    const made = make(items, name, above)
    if (!made) return minItems > 0 && above.length < 2 ? undefined : { value: [] }
    const length = Math.max(1, minItems)
    if (uniqueItems && length > 1) return choices && { value: choices.slice(0, length) }
    return { value: Array.from({ length }, () => made.value) }
  }

  /** A schema without compositions: one for each alternative, all of its parts joined. */
  function listWholes(given: Schema, above: readonly Schema[]): Told[] {
    const { allOf = [], anyOf, oneOf, ...own }: Told = resolve(document, given)
    if (above.includes(given) || above.length > deepest) return []
    const below = [...above, given]
    const isWrapper = allOf.length === 1 && own.properties === undefined
    const parts = allOf
      .flatMap((part) => listWholes(part, below).slice(0, 1))
      .map((part) => (isWrapper ? part : bare(part)))
    const base = [...parts, own].reduce(join, {})
    const alternatives = [oneOf ?? [], anyOf ?? []].find((list) => list.length > 0)
    if (!alternatives) return [base]
    return alternatives
      .filter((one) => typeOf(resolve(document, one)) !== 'null')
      .flatMap((one) => listWholes(one, below).map((whole) => withTag(own, one, join(base, whole))))
  }
}

const toObject = (fields: readonly (readonly [string, Made | undefined])[]) =>
  Object.fromEntries(fields.map(([name, made]) => [name, made?.value]))

/** The value that a schema names itself. */
function findTold(schema: Told): Made | undefined {
  const { example, examples, const: only, default: usual, enum: choices = [] } = schema
  const told = [only, example, ...(Array.isArray(examples) ? examples : []), usual, ...choices]
  const value = told.find((one) => one !== undefined && one !== null && fits(schema, one))
  return value === undefined ? undefined : { value }
}

/** A part of several says nothing of the whole value. */
const bare = ({ example: _, examples: __, default: ___, ...part }: Told): Told => part

function join(one: Told, other: Told): Told {
  const properties = { ...one.properties }
  for (const [name, schema] of Object.entries(other.properties ?? {})) {
    const same = properties[name]
    properties[name] = same && same !== schema ? { allOf: [same, schema] } : schema
  }
  const required = [...new Set([...(one.required ?? []), ...(other.required ?? [])])]
  return {
    ...one,
    ...other,
    ...(one.properties || other.properties ? { properties } : {}),
    ...(required.length > 0 && { required }),
  }
}

/** A discriminator tells by a name which of the alternatives a value is. */
function withTag({ discriminator }: Told, { $ref = '' }: Schema, whole: Told): Told {
  if (!discriminator || $ref === '') return whole
  const { propertyName, mapping = {} } = discriminator
  const last = $ref.split('/').at(-1) ?? ''
  const [tag = last] = Object.entries(mapping).find(([, target]) => target === $ref || target === last) ?? []
  const property = whole.properties?.[propertyName]
  if (property && isRecord(property) && Object.keys(property).some((key) => key === 'const' || key === 'enum'))
    return whole
  return join(whole, { properties: { [propertyName]: { const: tag } as Told }, required: [propertyName] })
}

function makeNumber({ minimum, exclusiveMinimum, maximum, multipleOf = 1 }: Told, type: string): number {
  const isAbove = typeof exclusiveMinimum === 'number'
  const least = isAbove ? exclusiveMinimum : minimum
  const usual = least === undefined ? Math.min(1, maximum ?? 1) : Math.max(1, least)
  if (type === 'number' && multipleOf === 1 && !isAbove) return usual
  const steps = Math.ceil(usual / multipleOf) * multipleOf
  const isTaken = (isAbove || exclusiveMinimum === true) && steps === least
  return isTaken ? steps + multipleOf : steps
}
