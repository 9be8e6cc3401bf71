import { type OpenApiDocument, resolve } from '../../spec/document.ts'
import { isRecord, type Kind, kindBelow } from '../../spec/kinds.ts'
import { tokensOf } from '../../spec/pointer.ts'

/** Lists the references that a part of a document holds, directly or through what they lead to. */
export type Reach = (part: unknown) => ReadonlySet<string>

/** Follows the references of a document; what extensions, examples and defaults hold refers to nothing. */
export function createReach(document: OpenApiDocument): Reach {
  const direct = new Map<string, readonly string[]>()
  const refsOf = (ref: string) => {
    const refs = direct.get(ref) ?? listRefs(resolve(document, { $ref: ref }))
    direct.set(ref, refs)
    return refs
  }
  return (part) => {
    const reached = new Set<string>()
    const next = listRefs(part)
    for (let ref = next.pop(); ref !== undefined; ref = next.pop()) {
      if (reached.has(ref)) continue
      reached.add(ref)
      next.push(...refsOf(ref))
    }
    return reached
  }
}

/** The references that a part of a document itself holds, each once; on request without those to a part of an `allOf`. */
export function listRefs(part: unknown, { withParts = true }: { withParts?: boolean } = {}): string[] {
  const refs = new Set<string>()
  const next: [node: unknown, kind: Kind][] = [[part, 'object']]
  for (let one = next.pop(); one; one = next.pop()) {
    const [node, kind] = one
    if (kind === 'data' || typeof node !== 'object' || node === null) continue
    if (kind === 'object' && '$ref' in node && typeof node.$ref === 'string') refs.add(node.$ref)
    const isList = Array.isArray(node)
    for (const [key, value] of Object.entries(node)) {
      const isPart = !withParts && !isList && kind === 'object' && key === 'allOf' && Array.isArray(value)
      const held = isPart ? value.filter((part) => !isRecord(part) || part.$ref === undefined) : value
      next.push([held, isList ? kind : kindBelow(kind, key, value)])
    }
  }
  return [...refs]
}

/** The name of the component schema that a reference leads to, or into; `undefined` for all others. */
export function targetSchemaOf(ref: string): string | undefined {
  const [root, section, name] = tokensOf(ref)
  return root === 'components' && section === 'schemas' ? name : undefined
}
