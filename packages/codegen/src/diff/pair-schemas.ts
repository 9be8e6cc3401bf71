import type { OpenApiDocument } from '../document.ts'
import type { Fingerprint } from './fingerprint.ts'
import { typesOf, valuesOf, viewSchema } from './schema-view.ts'
import { isRecord } from './shape.ts'

/** A document of a pair, and the hashes of its parts. */
export interface Side {
  document: OpenApiDocument
  part: Fingerprint['part']
}

/** Which schemas of two lists without an order belong together. */
export interface PairedSchemas {
  pairs: { before: unknown; after: unknown }[]
  /** Those that only the first list holds. */
  lost: unknown[]
  /** Those that only the second list holds. */
  gained: unknown[]
}

interface Features {
  schema: unknown
  hash: string
  ref: unknown
  types: string
  properties: ReadonlySet<string>
  required: string
  /** Properties that allow one value only, with that value: they tell alternatives apart. */
  tags: ReadonlyMap<string, string>
}

/**
 * Pairs the alternatives of two schemas, the best matches first: those that mean the same, those of one name, those
 * that say the same of themselves or share properties.
 */
export function pairSchemas(
  before: { side: Side; schemas: readonly unknown[] },
  after: { side: Side; schemas: readonly unknown[] },
): PairedSchemas {
  const read = ({ side, schemas }: typeof before) => schemas.map((schema) => readFeatures(side, schema))
  const [left, right] = [read(before), read(after)]
  const isOnlyPair = left.length === 1 && right.length === 1
  const matches = left
    .flatMap((was) => right.map((is) => ({ was, is, score: scoreOf(was, is) })))
    .filter(({ score }) => score > 0 || (isOnlyPair && score === 0))
    .sort((a, b) => b.score - a.score)
  const taken = new Set<Features>()
  const pairs = matches.flatMap(({ was, is }) => {
    if (taken.has(was) || taken.has(is)) return []
    taken.add(was).add(is)
    return [{ before: was.schema, after: is.schema }]
  })
  const rest = (all: Features[]) => all.filter((one) => !taken.has(one)).map(({ schema }) => schema)
  return { pairs, lost: rest(left), gained: rest(right) }
}

function readFeatures({ document, part }: Side, schema: unknown): Features {
  const view = viewSchema(document, schema)
  const values = [...view.properties].map(([name, property]) => {
    const allowed = valuesOf(viewSchema(document, property))
    return [name, allowed?.size === 1 ? [...allowed].join() : ''] as const
  })
  return {
    schema,
    hash: part(schema),
    ref: isRecord(schema) ? schema.$ref : undefined,
    types: [...(typesOf(view) ?? [])].join(),
    properties: new Set(view.properties.keys()),
    required: [...view.required].sort().join(),
    tags: new Map(values.filter(([, value]) => value !== '')),
  }
}

/** How well two schemas match; below 0 where they do not at all. */
function scoreOf(was: Features, is: Features): number {
  if (was.hash === is.hash) return 1000
  if (was.ref !== undefined && was.ref === is.ref) return 500
  if (was.types !== is.types) return -1
  const told = [...was.tags].filter(([name]) => is.tags.has(name))
  const alike = told.filter(([name, value]) => is.tags.get(name) === value)
  if (alike.length < told.length) return -1
  const shared = [...was.properties].filter((name) => is.properties.has(name)).length
  const all = was.properties.size + is.properties.size - shared
  const needsSame = was.required === is.required && was.required !== '' ? 1 : 0
  return 100 * alike.length + needsSame + (all === 0 ? 0.5 : shared / all)
}
