import { isReference, type OpenApiDocument, resolve } from './document.ts'
import { readAt, tokensOf } from './pointer.ts'

/** What is wrong with a reference, and the keys that lead to what holds it. */
export interface ReferenceFault {
  path: string[]
  message: string
}

/** A value on the way through a document. */
interface Step {
  node: unknown
  key: string
  holder?: Step
}

/**
 * The first local reference that leads back to itself, or to what JavaScript has under a name in every object: the
 * linter ends at the one without a message, and takes the other for a value. `undefined` where there is none.
 */
export function findReferenceFault(document: unknown): ReferenceFault | undefined {
  // Not by recursion, so that no document is too deep for it.
  const next: Step[] = [{ node: document, key: '' }]
  for (let holder = next.pop(); holder; holder = next.pop()) {
    const { node } = holder
    const message = isReference(node) ? describeFault(document, node.$ref) : undefined
    if (message !== undefined) return { path: keysTo(holder), message }
    for (const [key, child] of Object.entries(Object(node))) {
      if (typeof child === 'object' && child !== null) next.push({ node: child, key, holder })
    }
  }
  return undefined
}

function keysTo(step: Step): string[] {
  const keys: string[] = []
  for (let { holder, key } = step; holder; { holder, key } = holder) keys.push(key)
  return keys.reverse()
}

function describeFault(document: unknown, $ref: string): string | undefined {
  if (!$ref.startsWith('#/')) return undefined
  const tokens = tokensOf($ref)
  const target = readAt(document, tokens)
  if (target !== undefined && !isReference(target)) return undefined
  try {
    // Sound: it reads nothing but references.
    resolve(document as OpenApiDocument, { $ref })
  } catch (error) {
    const isLoop = error instanceof Error && error.message.endsWith('itself')
    if (isLoop)
      return `Expected every \`$ref\` to lead to a value in the end; found ${$ref}, which leads back to itself.`
    const inherited = tokens.find((token) => token in Object.prototype)
    return inherited && `Expected a \`$ref\` to something that this document defines; found ${$ref}.`
  }
  return undefined
}
