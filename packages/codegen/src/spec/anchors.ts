import type { OpenApiDocument } from './document.ts'
import { findObjects } from './kinds.ts'
import { referenceTo } from './pointer.ts'

/** Writes references by name (`#pet`, to a schema with `$anchor: pet`) as pointers. Changes the document. */
export function replaceAnchors(document: OpenApiDocument): void {
  const anchored = findObjects(document, ({ $anchor }) => typeof $anchor === 'string')
  if (anchored.length === 0) return
  const pointers = new Map(anchored.map(({ node, keys }) => [`#${node.$anchor}`, referenceTo(keys)]))
  for (const { node } of findObjects(document, ({ $ref }) => typeof $ref === 'string')) {
    node.$ref = pointers.get(String(node.$ref)) ?? node.$ref
  }
}
