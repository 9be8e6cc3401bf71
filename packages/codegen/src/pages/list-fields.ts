import type { Schema } from '../spec/document.ts'
import type { Words } from './markdown.ts'
import { isMap, type SchemaView, type Views } from './schema-view.ts'
import { labelOf, typeWords } from './type-words.ts'

/** A line of a table of fields. */
export interface Field {
  /** Where it is, such as `template.components[].type`; empty for the whole value. */
  path: string
  /** Of the whole of an alternative: which one. */
  form?: Words
  type: Words
  isRequired: boolean
  /** Other fields, one of which will do instead. */
  unless: readonly string[]
  /** Which of the fields below it are needed. */
  needs?: NonNullable<SchemaView['needs']>
  description: string
  isDeprecated: boolean
  /** The field that the same fields stand under already; empty for the whole value. */
  sameAs?: string
  /** Whether what it holds is too deep for a table. */
  isCut: boolean
  /** An example that its schema has. */
  example: unknown
  /** The values it may have; none where that is not limited. */
  values?: readonly unknown[]
}

/** Which properties a body has: a request holds none that is readOnly, an answer none that is writeOnly. */
export type Direction = 'request' | 'answer'

/** How a listing is made. */
interface Listing {
  views: Views
  direction: Direction
  /** Where the fields of a schema are listed, by what identifies it. */
  listed: Map<object, string>
  fields: Field[]
}

/** How deep fields are listed: what is deeper is read in the schema. */
const mostLevels = 8

/** The fields of a body, those of objects inside it below them, each kind of object once. */
export function listFields(views: Views, schema: Schema | undefined, direction: Direction): Field[] {
  const listing: Listing = { views, direction, listed: new Map(), fields: [] }
  addBelow(listing, views.of(schema), '', 0)
  return listing.fields
}

/** Adds what a value holds. */
function addBelow(listing: Listing, view: SchemaView, path: string, level: number): void {
  listing.listed.set(view.identity, path)
  for (const [name, property] of view.properties) {
    const below = listing.views.of(property)
    const isAbsent = listing.direction === 'request' ? below.said.readOnly : below.said.writeOnly
    if (isAbsent) continue
    const unless = othersInstead(view, name)
    const isRequired = view.required.has(name)
    add(listing, below, { path: path === '' ? name : `${path}.${name}`, isRequired, unless, level })
  }
  const { additionalProperties: further, items } = view.said
  if (isMap(view.said)) {
    add(listing, listing.views.of(further), {
      path: path === '' ? '*' : `${path}.*`,
      isRequired: false,
      unless: [],
      level,
    })
  }
  if (items) addElements(listing, listing.views.of(items), `${path}[]`, level)
  view.alternatives.forEach((alternative, index) => {
    const below = listing.views.of(alternative)
    if (listing.views.hasFields(view)) addForm(listing, below, { path, form: labelOf(below, index), level })
  })
}

/** Where one field of several is enough: the others, if this is one of them. */
function othersInstead({ needs }: SchemaView, name: string): string[] {
  const sets = needs?.sets ?? []
  const isSimple = sets.every((set) => set.length === 1)
  return isSimple && sets.flat().includes(name) ? sets.flat().filter((one) => one !== name) : []
}

/** Adds what elements of a list hold; what they are is said of the list. */
function addElements(listing: Listing, view: SchemaView, path: string, level: number): void {
  const earlier = listing.listed.get(view.identity)
  const last = listing.fields.at(-1)
  if (last && last.description === '') last.description = view.said.description ?? ''
  if (earlier === undefined && level < mostLevels) addBelow(listing, view, path, level + 1)
  else if (last && listing.views.hasFields(view)) {
    if (earlier === undefined) last.isCut = true
    else last.sameAs = earlier
  }
}

function addForm(listing: Listing, view: SchemaView, place: { path: string; form: Words; level: number }): void {
  add(listing, view, { ...place, isRequired: false, unless: [] })
}

/** Adds a field, and what it holds where that is not listed yet. */
function add(
  listing: Listing,
  view: SchemaView,
  { path, form, isRequired, unless, level }: Pick<Field, 'path' | 'form' | 'isRequired' | 'unless'> & { level: number },
): void {
  const earlier = listing.views.hasFields(view) ? listing.listed.get(view.identity) : undefined
  const isCut = level >= mostLevels && listing.views.hasFields(view)
  listing.fields.push({
    path,
    ...(form !== undefined && { form }),
    type: typeWords(view, listing.views),
    isRequired,
    unless,
    ...(view.needs && { needs: view.needs }),
    description: view.said.description ?? '',
    isDeprecated: view.said.deprecated === true,
    ...(earlier !== undefined && { sameAs: earlier }),
    isCut,
    example: exampleOf(view.said),
    ...(view.values && { values: view.values }),
  })
  if (earlier === undefined && !isCut) addBelow(listing, view, path, level + 1)
}

/** An example that a schema has, in either way of writing it. */
export const exampleOf = ({ example, examples }: Schema): unknown =>
  example ?? (Array.isArray(examples) ? examples[0] : undefined)
