import { mergeHeaders } from 'openapi-fetch'
import type { HeaderValues, Operation } from './call.ts'
import { MinimoError } from './errors.ts'

/** Header values in layers, the weakest first. */
export type HeaderLayers = readonly (HeaderValues | undefined)[]

/** Lays header values over each other; `null` removes one. Throws `MinimoError`, naming the header but not its value, for what cannot be sent. */
export function mergeLayers(layers: HeaderLayers, operation?: Operation): Headers {
  try {
    return mergeHeaders(...layers)
  } catch {
    const names = layers.flatMap((layer) =>
      Object.entries(layer ?? {}).flatMap(([name, value]) => (isSendable(name, value) ? [] : [name])),
    )
    throw new MinimoError(`header "${names[0]}" has a name or value that cannot be sent`, { operation })
  }
}

function isSendable(name: string, value: string | null | undefined): boolean {
  try {
    mergeHeaders({ [name]: value })
    return true
  } catch {
    return false
  }
}
