import { listOperations, listWebhooks, type OpenApiDocument } from '../../spec/document.ts'
import { isRecord, type Kind, kindBelow } from '../../spec/kinds.ts'

/** Where a part of a document is written. */
export interface Place {
  /** The operationId of the operation that it is written in; absent for components, webhooks and the document itself. */
  operationId?: string
  /** What operations share and it is written in, such as `components.schemas.Contact` or `webhooks.contactChanged`. */
  shared?: string
  /** With dots, such as `body.phone`, `200.headers.X-Total` or `components.schemas.Contact.phone`; absent for an operation as a whole. */
  location?: string
}

/** Tells where a part of a document is written; `undefined` for what is no part of it. */
export type PlaceOf = (part: object) => Place | undefined

interface Link {
  parent?: object
  segment: string
  operationId?: string
}

/** Reads where each part of a document in normal form is written. A part that several places share has the first one. */
export function createPlaceOf(document: OpenApiDocument): PlaceOf {
  const links = new Map<object, Link>()
  for (const [section, entries] of Object.entries(document.components ?? {})) {
    for (const [name, part] of Object.entries(entries)) {
      link(links, part, { segment: `components.${section}.${name}` })
    }
  }
  for (const { id, operation } of listOperations(document)) link(links, operation, { segment: '', operationId: id })
  for (const { path, operation, pathItem } of listWebhooks(document)) {
    link(links, operation, { segment: `webhooks.${path}` })
    for (const one of pathItem.parameters ?? []) link(links, one, { segment: `webhooks.${path}.${one.in}.${one.name}` })
  }
  return (part) => {
    if (!links.has(part)) return undefined
    const segments: string[] = []
    let root: Link = { segment: '' }
    for (let one = links.get(part); one; one = one.parent && links.get(one.parent)) {
      if (one.segment !== '') segments.unshift(one.segment)
      root = one
    }
    const { operationId, segment } = root
    return {
      ...(operationId === undefined ? { shared: segment } : { operationId }),
      ...(segments.length > 0 && { location: segments.join('.') }),
    }
  }
}

interface Step {
  node: object
  kind: Kind
  /** The keyword that the node stands under, or in a list or map of. */
  keyword: string
}

function link(links: Map<object, Link>, root: unknown, origin: Link): void {
  if (typeof root !== 'object' || root === null || links.has(root)) return
  links.set(root, origin)
  const next: Step[] = [{ node: root, kind: 'object', keyword: '' }]
  for (let step = next.pop(); step; step = next.pop()) {
    for (const [key, child] of Object.entries(step.node)) {
      const isList = Array.isArray(step.node)
      const kind = isList ? step.kind : kindBelow(step.kind, key, child)
      if (typeof child !== 'object' || child === null || kind === 'data' || links.has(child)) continue
      links.set(child, { parent: step.node, segment: segmentOf(step, key, child) })
      next.push({ node: child, kind, keyword: isList || step.kind === 'map' ? step.keyword : key })
    }
  }
}

function segmentOf({ node, kind, keyword }: Step, key: string, child: object): string {
  if (Array.isArray(node)) {
    return keyword === 'parameters' && isRecord(child) && 'name' in child ? `${child.in}.${child.name}` : ''
  }
  if (kind === 'map') {
    if (keyword === 'headers') return `headers.${key}`
    if (keyword === 'callbacks') return `callbacks.${key}`
    return keyword === 'responses' || keyword === 'properties' ? key : ''
  }
  if (key === 'requestBody') return 'body'
  return key === 'items' || key === 'additionalProperties' ? '*' : ''
}
