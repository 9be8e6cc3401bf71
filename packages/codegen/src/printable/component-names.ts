import { fieldOf } from './visit.ts'

/** The name of the component schema that a schema refers to; `undefined` where it is no reference to one. */
export function nameOf(schema: unknown): string | undefined {
  const ref = fieldOf(schema, '$ref')
  const [, name] = (typeof ref === 'string' && /^#\/components\/schemas\/([^/]+)$/.exec(ref)) || []
  return name === undefined ? undefined : decodePointer(name)
}

/** The reference to the component schema of a name. */
export const referenceTo = (name: string) =>
  `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('%', '%25')}`

/** A reference as people read it; what is escaped in a JSON pointer stands as it is. */
export const decodePointer = (ref: string) => decodeURIComponent(ref).replaceAll('~1', '/').replaceAll('~0', '~')
