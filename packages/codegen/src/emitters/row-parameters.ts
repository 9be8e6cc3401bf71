import {
  compositionOf,
  listParameters,
  type OpenApiDocument,
  type OperationEntry,
  type Parameter,
  resolve,
  type Schema,
} from '../spec/document.ts'

type Place = Parameter['in']

/** How a parameter is written, where the client must be told. */
export interface ParameterStyle {
  style?: string
  explode?: boolean
  allowReserved?: true
  content?: string
}

/** The styles that the standard has for a place; the first is its default. Another one means nothing there. */
const stylesOf: Readonly<Record<Place, readonly string[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
}

/**
 * The parameters that are no plain value, or list in a query, in the standard's default form, by place and name: those
 * in cookies, of another style, in a media type, or whose value may be an object.
 */
export function findStyles(
  document: OpenApiDocument,
  entry: OperationEntry,
): Partial<Record<Place, Record<string, ParameterStyle>>> | undefined {
  const told = listParameters(document, entry).flatMap((parameter) => {
    const style = styleOf(parameter)
    const isTold = Object.keys(style).length > 0 || parameter.in === 'cookie' || mayNeedStyle(document, parameter)
    return isTold ? [{ parameter, style }] : []
  })
  if (told.length === 0) return undefined
  const places = [...new Set(told.map(({ parameter }) => parameter.in))]
  return Object.fromEntries(
    places.map((place) => [
      place,
      Object.fromEntries(
        told.flatMap(({ parameter, style }) => (parameter.in === place ? [[parameter.name, style]] : [])),
      ),
    ]),
  )
}

/** What differs from the default of the parameter's place. */
function styleOf({ in: place, style: given, explode, allowReserved, content }: Parameter): ParameterStyle {
  const [type] = Object.keys(content ?? {})
  if (type !== undefined) return { content: type }
  const [usual] = stylesOf[place]
  const style = given !== undefined && stylesOf[place].includes(given) ? given : usual
  const explodes = style === 'form' || style === 'cookie'
  return {
    ...(style !== usual && { style }),
    ...(explode !== undefined && explode !== explodes && style !== 'deepObject' && { explode }),
    ...(allowReserved === true && place === 'query' && { allowReserved }),
  }
}

/** Whether the value may be more than is plain: one value, and in a query a list of such. */
function mayNeedStyle(document: OpenApiDocument, { in: place, schema }: Parameter): boolean {
  const parts = partsOf(document, schema)
  const items = place === 'query' ? parts.flatMap((part) => partsOf(document, part.items)) : []
  const isComposed = (type: string) => type === 'object' || type === 'array'
  return (
    parts.flatMap(typesOf).some((type) => type === 'object' || (place !== 'query' && type === 'array')) ||
    items.flatMap(typesOf).some(isComposed)
  )
}

/** A schema and all that it is composed of, each once. */
function partsOf(document: OpenApiDocument, schema: Schema | undefined): Schema[] {
  const parts = new Set<Schema>()
  const open = [schema]
  for (let part = open.pop(); part; part = open.pop()) {
    const target = resolve(document, part)
    if (parts.has(target)) continue
    parts.add(target)
    open.push(...compositionOf(target))
  }
  return [...parts]
}

/** The types that a schema names itself, or implies. */
const typesOf = ({ type = [], properties, additionalProperties, items }: Schema): string[] => [
  ...[type].flat(),
  ...(properties || additionalProperties ? ['object'] : []),
  ...(items ? ['array'] : []),
]
