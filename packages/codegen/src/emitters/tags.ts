import { isToldBy, listInherited, readDiscriminator, type Tag, tagOf } from '../spec/discriminators.ts'
import { type OpenApiDocument, resolve, type Schema } from '../spec/document.ts'
import { findObjects } from '../spec/kinds.ts'
import { schemaNameOf } from '../spec/pointer.ts'

/** What discriminators demand of a value, for which JSON Schema has no keyword. */
export interface Tags {
  /** What they demand of a component schema that is made of others. */
  ofSchema(schema: unknown): readonly Tag[]
  /** What that of a schema demands of one of its alternatives. */
  ofAlternative(schema: unknown, alternative: unknown): readonly Tag[]
}

const none: Tags = { ofSchema: () => [], ofAlternative: () => [] }

/**
 * Reads which values a property may have where a value is one of a schema: those of the mapping that lead to the schema,
 * else its name; nothing where the schema lists others itself, or is what any other value means.
 */
export function createTags(document: OpenApiDocument): Tags {
  if (findObjects(document, ({ discriminator }) => discriminator !== undefined).length === 0) return none
  const schemas = document.components?.schemas ?? {}
  const parents = Object.entries(schemas).flatMap(([name, schema]) => {
    const discriminator = readDiscriminator(schema)
    return discriminator ? [[name, discriminator] as const] : []
  })
  const inherited = Map.groupBy(
    listInherited(schemas, new Map(parents)).filter((tag) => isToldBy(document, schemas[tag.name], tag)),
    ({ name }) => schemas[name],
  )
  return {
    ofSchema: (schema) => inherited.get(schema) ?? [],
    ofAlternative(schema, alternative) {
      const [discriminator, name] = [readDiscriminator(schema), schemaNameOf(alternative)]
      const tag = discriminator && name !== undefined ? tagOf(discriminator, name) : undefined
      return tag && isToldBy(document, resolve(document, alternative as Schema), tag) ? [tag] : []
    },
  }
}
