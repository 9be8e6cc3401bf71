import type { OpenApiDocument } from '../../src/spec/document.ts'
import { type Edits, onOne, onSchema, recase, renameKey } from './edit.ts'
import { randomSchema } from './random-schema.ts'
import { type Fields, isFields, listReferences, listSchemas, targetOf } from './sites.ts'

const place = '#/components/schemas/'
const isReference = (schema: Fields) => typeof schema.$ref === 'string' && schema.$ref.startsWith(place)
const schemasOf = (document: OpenApiDocument): Fields => {
  document.components ??= {}
  document.components.schemas ??= {}
  return document.components.schemas
}
const namesOf = (document: OpenApiDocument) => Object.keys(schemasOf(document))

function renameSchema(document: OpenApiDocument, from: string, to: string): boolean {
  if (!renameKey(schemasOf(document), from, to)) return false
  for (const reference of listReferences(document)) if (reference.$ref === place + from) reference.$ref = place + to
  for (const { schema } of listSchemas(document)) {
    const mapping = isFields(schema.discriminator) ? schema.discriminator.mapping : undefined
    if (!isFields(mapping)) continue
    for (const [key, target] of Object.entries(mapping)) if (target === place + from) mapping[key] = place + to
  }
  return true
}

/** Whether a schema leads to itself: it cannot be written out everywhere. */
function isCircular(document: OpenApiDocument, name: string): boolean {
  const seen = new Set<string>()
  const next = [place + name]
  for (let ref = next.pop(); ref !== undefined; ref = next.pop()) {
    for (const { $ref } of listReferences(targetOf(document, { $ref: ref }))) {
      if ($ref === place + name) return true
      if (!seen.has($ref)) next.push($ref)
      seen.add($ref)
    }
  }
  return false
}

/** Whether a mapping of a discriminator names a schema. */
const isMapped = (document: OpenApiDocument, name: string) =>
  JSON.stringify(document).includes(`"${place}${name}"`) &&
  listReferences(document).every(({ $ref }) => $ref !== place + name)

/** Edits of references and of what they name. */
export const componentEdits: Edits = {
  'ref: written out': onSchema(isReference, (schema, _, { replace }, document) =>
    replace(structuredClone(targetOf(document, schema))),
  ),
  'ref: extracted': onSchema(
    (schema) => !('$ref' in schema),
    (schema, random, { replace }, document) => {
      const name = `Extracted${random.below(100)}`
      if (name in schemasOf(document)) return false
      schemasOf(document)[name] = schema
      replace({ $ref: place + name })
      return true
    },
  ),
  'ref: to another': onSchema(isReference, (schema, random, { replace }, document) => {
    const others = namesOf(document).filter((name) => place + name !== schema.$ref)
    if (others.length === 0) return false
    replace({ $ref: place + random.pick(others) })
    return true
  }),
  'ref: to a copy': onSchema(isReference, (schema, random, { replace }, document) => {
    const name = `Copy${random.below(100)}`
    if (name in schemasOf(document)) return false
    schemasOf(document)[name] = structuredClone(targetOf(document, schema))
    replace({ $ref: place + name })
    return true
  }),
  'ref: with words': onSchema(isReference, (schema) => {
    schema.description = 'Described where it is used.'
  }),
  'ref: to itself inside': onOne(namesOf, (name, random, document) => {
    const schema = schemasOf(document)[name]
    if (!isFields(schema) || schema.type !== 'object') return false
    const properties = isFields(schema.properties) ? schema.properties : {}
    schema.properties = { ...properties, [`self${random.below(9)}`]: { $ref: place + name } }
    return true
  }),
  'schema: renamed': onOne(namesOf, (name, _, document) => renameSchema(document, name, `${name}Renamed`)),
  'schema: recased': onOne(namesOf, (name, _, document) => renameSchema(document, name, recase(name))),
  'schema: removed, written out': onOne(namesOf, (name, _, document) => {
    if (isCircular(document, name) || isMapped(document, name)) return false
    const target = schemasOf(document)[name]
    for (const { schema, replace } of listSchemas(document)) {
      if (schema.$ref === place + name && isFields(target)) replace(structuredClone(target))
    }
    if (listReferences(document).some(({ $ref }) => $ref.startsWith(place + name))) return false
    delete schemasOf(document)[name]
    return true
  }),
  'schema: two traded': onOne(namesOf, (name, random, document) => {
    const schemas = schemasOf(document)
    const other = random.pick(namesOf(document))
    if (other === name) return false
    ;[schemas[name], schemas[other]] = [schemas[other], schemas[name]]
    return true
  }),
  'schema: added, unused': (document, random) => {
    schemasOf(document)[`Unused${random.below(100)}`] = randomSchema(random)
    return true
  },
  'schema: unused one changed': (document, random) => {
    const schemas = schemasOf(document)
    const unused = Object.keys(schemas).filter((name) => /^Unused\d+$/.test(name))
    if (unused.length === 0) return false
    schemas[random.pick(unused)] = randomSchema(random)
    return true
  },
}
