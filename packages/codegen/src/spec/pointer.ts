/** A name as a JSON pointer spells it. */
export const escapeToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** The names that a JSON pointer in a reference (`#/a/b`) leads through; a `%` that encodes nothing stands for itself. */
export function tokensOf(ref: string): string[] {
  if (ref === '#' || ref === '#/') return []
  return ref
    .replace(/^#\//, '')
    .split('/')
    .map((token) => decode(token).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}

/** A reference to what keys lead to; what is no character of a URI is encoded. */
export const referenceTo = (keys: readonly string[]): string =>
  `#/${keys.map((key) => encodeURIComponent(escapeToken(key))).join('/')}`

/** The name of the component schema that a schema refers to; `undefined` where it is no reference to one. */
export function schemaNameOf(schema: unknown): string | undefined {
  const ref = readAt(schema, ['$ref'])
  const [root, section, name, ...rest] = typeof ref === 'string' && ref.startsWith('#/') ? tokensOf(ref) : []
  return root === 'components' && section === 'schemas' && rest.length === 0 ? name : undefined
}

/** The value that keys lead to, one after the other; `undefined` where that is nothing. */
export function readAt(document: unknown, keys: readonly string[]): unknown {
  let node = document
  for (const key of keys) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, key)) return undefined
    node = Reflect.get(node, key)
  }
  return node
}

/** The keys that a pointer of the linter leads through; other than in a reference, a `%` encodes nothing there. */
export const keysOf = (pointer: string): string[] =>
  pointer
    .replace(/^#\/?/, '')
    .split('/')
    .filter((token) => token !== '')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
