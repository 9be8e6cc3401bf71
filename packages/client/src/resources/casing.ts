type CamelCase<Name> = Name extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<CamelCase<Tail>>}` : Name

/**
 * An object type with its own keys in camelCase; what the values hold keeps its names. Partners see the generated types of
 * the same shape, since one that is made here has no words of the spec.
 */
export type CamelCaseKeys<T> = { [Key in keyof T as CamelCase<Key>]: T[Key] }

/**
 * Gives an object's own keys in camelCase (`custom_fields` → `customFields`). What the values hold is left
 * alone: it may be the caller's own data. Anything but a plain object is returned as it is.
 */
export function camelCaseKeys<T>(value: T): CamelCaseKeys<T> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  const entries = isRecord ? Object.entries(value).map(([key, item]) => [camelCase(key), item]) : undefined
  // The one place where names change at run time; the type says the same.
  return (entries ? Object.fromEntries(entries) : value) as CamelCaseKeys<T>
}

const camelCase = (name: string) => name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase())

/** Applies a function to each element of a list; what is no list passes through, so that a changed API breaks no reader. */
export const mapList = <T, U>(list: readonly T[], convert: (item: T) => U): U[] =>
  Array.isArray(list) ? list.map((item: T) => convert(item)) : (list as unknown as U[])
