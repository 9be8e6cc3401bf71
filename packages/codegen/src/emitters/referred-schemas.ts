import { lookUp, type OpenApiDocument, resolve, type Schema } from '../spec/document.ts'
import { escapeToken, referenceTo, tokensOf } from '../spec/pointer.ts'
import { createReadWrite, type Direction } from '../spec/read-write.ts'
import { toJsonSchema } from './json-schema.ts'
import { createTags } from './tags.ts'

/** Makes JSON Schemas of a document's schemas, and remembers what they refer to. */
export interface Schemas {
  /** A schema as bodies of one direction have it, never a truth value; what it refers to is emitted, too. */
  convert(direction: Direction, schema: unknown): Record<string, unknown>
  /** What was referred to and is no component as answers have it, by the name that references give it. */
  listFurther(): [name: string, schema: unknown][]
}

/** Something that is referred to, and stands under a name of its own in what is emitted. */
interface Further {
  direction: Direction
  schema: Schema
}

/**
 * Makes what converts the schemas of a document. Components are where the document has them; whatever else is referred
 * to gets a place among the further ones, since only schemas are emitted, and not the document around them.
 */
export function createSchemas(document: OpenApiDocument): Schemas {
  const readWrite = createReadWrite(document)
  const tags = createTags(document)
  const further = new Map<string, Further>()

  const pointTo = (direction: Direction) => (ref: string) => {
    const tokens = tokensOf(ref)
    const schema = lookUp(document, ref) as Schema
    const isComponent = tokens.length === 3 && tokens[0] === 'components' && tokens[1] === 'schemas'
    const isOwn = direction === 'request' && readWrite.differs(schema)
    if (isComponent && !isOwn) return referenceTo(tokens)
    const place = isComponent ? (tokens[2] ?? '') : tokens.map(escapeToken).join('/')
    const name = isOwn ? `request ${place}` : place
    if (!further.has(name)) further.set(name, { direction, schema })
    return referenceTo(['further', name])
  }

  const contextOf = (direction: Direction) => ({
    pointTo: pointTo(direction),
    notDemanded: (schema: object) => readWrite.notDemanded(direction, schema),
    furtherParts: (schema: unknown, whole?: object) => {
      const found = whole ? tags.ofAlternative(whole, schema) : tags.ofSchema(schema)
      return found.map(({ property, values }) => {
        const isDemanded = !readWrite.notDemanded(direction, resolve(document, schema as Schema)).has(property)
        return {
          ...(isDemanded && { required: [property] }),
          properties: Object.fromEntries([[property, { enum: values }]]),
        }
      })
    },
  })
  const contexts = { request: contextOf('request'), response: contextOf('response') }
  const convert: Schemas['convert'] = (direction, schema) => {
    const converted = toJsonSchema(schema, contexts[direction])
    return typeof converted === 'boolean' ? (converted ? {} : { not: {} }) : converted
  }

  return {
    convert,
    listFurther() {
      const list: [string, unknown][] = []
      // What is converted may refer to more, which then comes last.
      for (const [name, { direction, schema }] of further) list.push([name, convert(direction, schema)])
      return list
    },
  }
}
