import {
  compositionOf,
  listParameters,
  type OpenApiDocument,
  type OperationEntry,
  resolve,
  type Schema,
} from './document.ts'

/**
 * Where a request carries personal data, as dotted paths: `path.email`, `body.customFields`,
 * `body.items.*.text` (`*` is every element of an array, or every value of a free-form object).
 */
export function findPersonalData(document: OpenApiDocument, entry: OperationEntry): string[] {
  const parameters = listParameters(document, entry)
    .filter((parameter) => parameter['x-pii'])
    .map((parameter) => `${parameter.in}.${parameter.name}`)
  const body = entry.operation.requestBody && resolve(document, entry.operation.requestBody)
  const schemas = Object.values(body?.content ?? {}).flatMap(({ schema }) => (schema ? [schema] : []))
  return [...new Set([...parameters, ...schemas.flatMap((schema) => markedPaths(document, schema, 'body', []))])]
}

function markedPaths(document: OpenApiDocument, schema: Schema, path: string, above: readonly Schema[]): string[] {
  if (schema['x-pii']) return [path]
  const target = resolve(document, schema)
  // A schema that contains itself adds no place that its first appearance has not added.
  if (above.includes(target)) return []
  if (target['x-pii']) return [path]
  const below = [...above, target]
  const { additionalProperties: extra } = target
  return [
    ...Object.entries(target.properties ?? {}).flatMap(([name, child]) =>
      markedPaths(document, child, `${path}.${name}`, below),
    ),
    ...(target.items ? markedPaths(document, target.items, `${path}.*`, below) : []),
    ...(typeof extra === 'object' ? markedPaths(document, extra, `${path}.*`, below) : []),
    ...compositionOf(target).flatMap((part) => markedPaths(document, part, path, below)),
  ]
}
