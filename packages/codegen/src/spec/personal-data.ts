import {
  type Content,
  compositionOf,
  conditionsOf,
  elementSchemas,
  listParameters,
  type OpenApiDocument,
  type OperationEntry,
  resolve,
  type Schema,
} from './document.ts'
import { createReach } from './schema-reach.ts'

/**
 * Finds where requests of a document carry personal data, as dotted paths: `path.email`, `body.customFields`,
 * `body.items.*.text` (`*` is every element of an array, or every value of a free-form object). What holds too many
 * marked places to name, such as a schema that holds itself, is named as a whole, so that none of it is ever shown.
 */
export function createPersonalDataFinder(document: OpenApiDocument): (entry: OperationEntry) => string[] {
  const findInBody = createBodyDataFinder(document)
  return (entry) => {
    const parameters = listParameters(document, entry)
      .filter((parameter) => parameter['x-pii'])
      .map(({ in: place, name }) => (name.includes('.') ? place : `${place}.${name}`))
    return [...new Set([...parameters, ...findInBody(entry.operation.requestBody)])]
  }
}

/** Finds where bodies, of requests or answers, carry personal data, as paths such as `body.email`. */
export function createBodyDataFinder(document: OpenApiDocument): (content: Content | undefined) => string[] {
  const placesIn = createPlaces(document)
  return (content) => {
    const media = Object.values((content && resolve(document, content).content) ?? {})
    const places = media.flatMap(({ schema }) => (schema ? placesIn(schema) : []))
    return [...new Set(places.map((place) => join('body', place)))]
  }
}

/** How many places of a schema are named one by one: more would make rows longer than people or bundles bear. */
const mostPlaces = 100

/** What is below a schema, and by which key of a value it is reached; an empty one is the value itself. */
type Edge = readonly [key: string, below: Schema]

/** The edges of a schema to marked ones; `whole` where it is marked itself. */
type Layout = readonly Edge[] | 'whole'

/** A schema whose places are being gathered, and how far that is. */
interface Step {
  schema: Schema
  layout: Layout
  next: number
}

/** The marked places below a schema, an empty path for the schema itself. Visits each schema once for all callers. */
function createPlaces(document: OpenApiDocument): (schema: Schema) => readonly string[] {
  const known = new Map<Schema, readonly string[]>()
  const layoutOf = createLayouts(document)
  return (given) => {
    const start = withoutReference(document, given)
    // Not by recursion, so that no document is too deep for it.
    const stack: Step[] = []
    const opened = new Set<Schema>()
    const open = (schema: Schema) => {
      if (known.has(schema) || opened.has(schema)) return
      opened.add(schema)
      stack.push({ schema, layout: layoutOf(schema), next: 0 })
    }
    open(start)
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const [, below] = (top.layout !== 'whole' && top.layout[top.next++]) || []
      if (below) {
        open(below)
        continue
      }
      stack.pop()
      known.set(top.schema, gather(top.layout, known))
    }
    return known.get(start) ?? []
  }
}

function gather(layout: Layout, known: ReadonlyMap<Schema, readonly string[]>): readonly string[] {
  if (layout === 'whole') return ['']
  const all = new Set<string>()
  for (const [key, below] of layout) {
    // What is not known yet is still open, so it holds itself: its places have no end.
    for (const place of known.get(below) ?? ['']) all.add(join(key, place))
  }
  return all.size > mostPlaces ? [''] : [...all]
}

/** How a value of a schema leads to marked ones, whichever of its parts or alternatives have them. */
function createLayouts(document: OpenApiDocument): (schema: Schema) => Layout {
  const isMarked = createReach<Schema>({
    below: (schema) => edgesOf(document, schema).map(([, below]) => below),
    isMarked: (schema) => schema['x-pii'] === true,
  })
  return (schema) => {
    const parts = new Set([schema])
    const edges: Edge[] = []
    for (const part of parts) {
      if (part['x-pii']) return 'whole'
      for (const [key, below] of edgesOf(document, part)) {
        if (!isMarked(below)) continue
        if (key === '') parts.add(below)
        // Its dots would be taken for further steps.
        else if (key.includes('.')) return 'whole'
        else edges.push([key, withoutReference(document, below)])
      }
    }
    return edges
  }
}

function edgesOf(document: OpenApiDocument, schema: Schema): Edge[] {
  const own = [
    ...Object.entries(schema.properties ?? {}).map(([name, below]): Edge => [name, below]),
    ...elementSchemas(schema).map((below): Edge => ['*', below]),
    ...[...compositionOf(schema), ...conditionsOf(schema)].map((below): Edge => ['', below]),
  ].filter(([, below]) => typeof below === 'object' && below !== null)
  // What stands beside a reference counts too.
  return schema.$ref === undefined ? own : [['', resolve(document, schema)], ...own]
}

/** What a schema that is nothing but a reference leads to; another is its own. */
const withoutReference = (document: OpenApiDocument, schema: Schema): Schema =>
  Object.keys(schema).length === 1 ? resolve(document, schema) : schema

const join = (key: string, place: string) => (key === '' || place === '' ? key + place : `${key}.${place}`)
