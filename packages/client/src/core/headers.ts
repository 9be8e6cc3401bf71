import type { Operation } from './call.ts'
import { ClientError } from './errors.ts'
import { type ParameterValues, toTexts } from './url.ts'

/** Header values in layers, the weakest first. */
export type HeaderLayers = readonly (ParameterValues | undefined)[]

/** Whether headers remove one, by `null`. */
export const isRemoved = (headers: ParameterValues, removed: string): boolean =>
  Object.entries(headers).some(([name, value]) => value === null && name.toLowerCase() === removed)

/** Lays header values over each other: `null` removes one, a list is one value with commas. Throws `ClientError`, naming the header but not its value, for what cannot be sent. */
export function mergeLayers(layers: HeaderLayers, operation?: Operation): Headers {
  const merged = new Headers()
  for (const [name, value] of layers.flatMap((layer) => Object.entries(layer ?? {}))) {
    try {
      const texts = toTexts('header', name, value)
      if (value === null) merged.delete(name)
      else if (texts.length > 0) merged.set(name, texts.join(', '))
    } catch {
      throw new ClientError(`header "${name}" has a name or value that cannot be sent`, { operation })
    }
  }
  return merged
}
