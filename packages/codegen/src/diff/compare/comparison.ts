import {
  listCallbacks,
  listOperations,
  listWebhooks,
  type OpenApiDocument,
  type OperationEntry,
} from '../../spec/document.ts'
import type { Direction } from '../../spec/read-write.ts'
import { createHashes, type HashPart } from '../normal/hash-parts.ts'
import { createPlaceOf, type PlaceOf } from '../normal/places.ts'
import { createReach, listRefs, targetSchemaOf } from '../normal/reach.ts'
import { type SchemaView, viewSchema } from '../normal/schema-view.ts'
import { casingOf, type Matched, matchByKeys } from './names.ts'
import { matchOperations } from './operations.ts'

/** One of the two compared documents, in normal form, and what is read from it once. */
export interface Side {
  document: OpenApiDocument
  /** Hashes a part without words; equal hashes of either document mean the same. */
  meaning: HashPart
  /** Hashes a part with words. */
  words: HashPart
  /** Tells where a part is written. */
  placeOf: PlaceOf
  /** Reads a schema; the same view for the same schema. */
  view: (schema: unknown) => SchemaView
  /** The operations, in the order of the document. */
  operationIds: readonly string[]
  /** The component schemas, in the order of the document. */
  schemas: readonly NamedSchema[]
  /** Where component schemas are used, by their names; absent for those that are not. */
  uses: () => ReadonlyMap<string, readonly Use[]>
  /** The component schemas that something refers to otherwise than as a part of an `allOf`, by name. */
  whole: () => ReadonlySet<string>
}

/** Who uses a component schema. */
export interface Use {
  direction: Direction
  /** Absent for webhooks. */
  operationId?: string
}

/** A component schema. */
export interface NamedSchema {
  name: string
  schema: object
  /** Its hash without words. */
  meaning: string
}

/** Two documents that are compared, and what of them belongs together. */
export interface Comparison {
  before: Side
  after: Side
  operations: Matched<OperationEntry>
  webhooks: Matched<OperationEntry>
  /** By name, else by a name in another casing, else by what they mean. */
  schemas: Matched<NamedSchema>
  /** The operationId that an operation is told by: the one before the change, where it had one. */
  nameOf: (side: 'before' | 'after', operationId: string) => string
  /** Whether two parts are written at one place: in one operation, or in one component. */
  areAligned: (before: object, after: object) => boolean
  /** Whether a client has the first tags of operations as its namespaces. */
  hasNamespaces: boolean
}

/** What a comparison depends on besides its documents. */
export interface ComparisonOptions {
  /** Whether a client has the first tags of operations as its namespaces. Default false. */
  hasNamespaces?: boolean
}

/** Compares two documents in normal form as far as names go. */
export function createComparison(
  before: OpenApiDocument,
  after: OpenApiDocument,
  { hasNamespaces = false }: ComparisonOptions = {},
): Comparison {
  const { meaning, words } = createHashes(before, after)
  const was = createSide(before, { meaning: meaning.before, words: words.before })
  const is = createSide(after, { meaning: meaning.after, words: words.after })
  const endpoint = ({ method, path }: OperationEntry) => `${method} ${path}`
  const schemas = matchByKeys(was.schemas, is.schemas, [
    ({ name }) => name,
    ({ name }) => casingOf(name),
    ({ meaning }) => meaning,
  ])
  const namesNow = new Map(schemas.pairs.map((pair) => [homeOfSchema(pair.before.name), homeOfSchema(pair.after.name)]))
  const operations = matchOperations(before, after)
  const idsBefore = new Map(operations.pairs.map((pair) => [pair.after.id, pair.before.id]))
  return {
    before: was,
    after: is,
    operations,
    nameOf: (side, id) => (side === 'after' ? (idsBefore.get(id) ?? id) : id),
    webhooks: matchByKeys(listWebhooks(before), listWebhooks(after), [endpoint]),
    schemas,
    areAligned: (part, partNow) => {
      const [home, homeNow] = [homeOf(was, part), homeOf(is, partNow)]
      return home !== undefined && (namesNow.get(home) ?? home) === homeNow
    },
    hasNamespaces,
  }
}

function createSide(document: OpenApiDocument, hashes: Pick<Side, 'meaning' | 'words'>): Side {
  const views = new Map<unknown, SchemaView>()
  const places = memo(() => createPlaceOf(document))
  return {
    document,
    ...hashes,
    placeOf: (part) => places()(part),
    view: (schema) => {
      const view = views.get(schema) ?? viewSchema(document, schema)
      views.set(schema, view)
      return view
    },
    operationIds: listOperations(document).map(({ id }) => id),
    schemas: Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({
      name,
      schema: Object(schema),
      meaning: hashes.meaning(schema),
    })),
    uses: memo(() => findUses(document)),
    whole: memo(() => findWhole(document)),
  }
}

const homeOfSchema = (name: string) => `components.schemas.${name}`

/** What a part is written in: a component, a webhook, or an operation, of which there is only one to compare with. */
function homeOf({ placeOf }: Side, part: object): string | undefined {
  const place = placeOf(part)
  if (!place) return undefined
  return place.shared ?? 'operation'
}

function memo<T>(read: () => T): () => T {
  let known: { value: T } | undefined
  return () => {
    known ??= { value: read() }
    return known.value
  }
}

function findUses(document: OpenApiDocument): ReadonlyMap<string, readonly Use[]> {
  const reach = createReach(document)
  const uses = new Map<string, Use[]>()
  const note = (part: unknown, use: Use) => {
    const names = new Set([...reach(part)].map(targetSchemaOf))
    for (const name of names) if (name !== undefined) uses.set(name, [...(uses.get(name) ?? []), use])
  }
  const read = ({ operation }: OperationEntry, [asked, answered]: [Use, Use]) => {
    note([operation.parameters, operation.requestBody], asked)
    note(operation.responses, answered)
  }
  for (const entry of listOperations(document)) {
    const { id: operationId } = entry
    const uses: [Use, Use] = [
      { direction: 'request', operationId },
      { direction: 'response', operationId },
    ]
    read(entry, uses)
    for (const callback of listCallbacks(document, entry.operation)) read(callback, uses.toReversed() as [Use, Use])
  }
  for (const webhook of listWebhooks(document)) read(webhook, [{ direction: 'response' }, { direction: 'request' }])
  return uses
}

function findWhole({ paths, webhooks, components }: OpenApiDocument): ReadonlySet<string> {
  const names = listRefs({ paths, webhooks, components }, { withParts: false }).map(targetSchemaOf)
  return new Set(names.filter((name) => name !== undefined))
}
