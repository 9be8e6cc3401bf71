import { escapePointerFragment, isRef, unescapePointerFragment } from '@redocly/openapi-core'

interface Step {
  node: unknown
  pointer: string
  depth: number
}

/**
 * The value that is furthest from a document's start, where each local reference is followed as soon as it is met, and
 * how many steps away it is. Does not recurse, so that no document is too deep for it.
 */
export function findDeepest(document: unknown): Omit<Step, 'node'> {
  const seen = new Set<unknown>()
  const open: Step[] = [{ node: document, pointer: '#', depth: 0 }]
  let deepest = { pointer: '#/', depth: 0 }
  for (let step = open.pop(); step; step = open.pop()) {
    const { node, pointer, depth } = step
    if (typeof node !== 'object' || node === null || seen.has(node)) continue
    seen.add(node)
    if (depth > deepest.depth) deepest = { pointer, depth }
    const below = Object.entries(node).map(([key, child]): Step => {
      return { node: child, pointer: `${pointer}/${escapePointerFragment(key)}`, depth: depth + 1 }
    })
    // The last is next, so that what stands first is followed first.
    open.push(...below.reverse())
    if (isRef(node) && node.$ref.startsWith('#/')) {
      const keys = node.$ref.slice(2).split('/').map(unescapePointerFragment)
      const target = keys.reduce<unknown>((at, key) => Reflect.get(Object(at), key), document)
      open.push({ node: target, pointer: node.$ref, depth: depth + 1 })
    }
  }
  return deepest
}
