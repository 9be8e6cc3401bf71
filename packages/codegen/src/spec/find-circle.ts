import type { BaseResolver, Document } from '@redocly/openapi-core'
import { isReference } from './document.ts'
import { findObjects } from './kinds.ts'
import { escapeToken, readAt, tokensOf } from './pointer.ts'

/** A reference that leads back to itself. */
export interface Circle {
  document: Document
  /** The JSON pointer of what holds it. */
  pointer: string
  $ref: string
}

/** How many references one may lead through. */
const mostHops = 1000

/** The first reference in some documents that leads back to itself, through however many of them. */
export function findCircle(documents: readonly Document[], resolver: BaseResolver): Circle | undefined {
  const byPath = new Map(documents.map((document) => [document.source.absoluteRef, document]))
  const targetOf = (document: Document, $ref: string) => {
    const [uri = '', pointer = ''] = $ref.split('#')
    const path = uri === '' ? undefined : resolver.resolveExternalRef(document.source.absoluteRef, uri)
    return { document: path === undefined ? document : byPath.get(path), tokens: tokensOf(`#${pointer}`) }
  }
  for (const document of documents) {
    for (const { node, keys } of findObjects(document.parsed, isReference)) {
      const pointer = `#/${keys.map(escapeToken).join('/')}`
      const $ref = String(node.$ref)
      if (isEndless({ document, $ref }, targetOf)) return { document, pointer, $ref }
    }
  }
  return undefined
}

type TargetOf = (document: Document, $ref: string) => { document: Document | undefined; tokens: string[] }

function isEndless(start: { document: Document; $ref: string }, targetOf: TargetOf): boolean {
  let { document, tokens } = targetOf(start.document, start.$ref)
  let node: unknown = document?.parsed
  for (let hops = 0; hops < mostHops; hops++) {
    // On its way a pointer may pass references, too.
    while (tokens.length > 0 && !isReference(node)) {
      node = readAt(node, tokens.slice(0, 1))
      tokens = tokens.slice(1)
    }
    if (!isReference(node) || !document) return false
    const next = targetOf(document, node.$ref)
    tokens = [...next.tokens, ...tokens]
    document = next.document
    node = document?.parsed
  }
  return true
}
