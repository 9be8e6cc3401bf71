import { listOperations, type OpenApiDocument, type Schema } from '../document.ts'
import { findResponseEnums } from '../open-enums.ts'
import type { Pair } from './change.ts'
import { createReach } from './part-of-document.ts'

/**
 * The operations, by operationId, that reach an enum whose type was open and is closed, or the other way round. That
 * depends on whether any request holds the enum, so an operation that says the same as before can have other types.
 */
export function findOpenedOrClosed({ before, after }: Pair): string[] {
  const [was, is] = [placeEnums(before), placeEnums(after)]
  const turned = [...was].filter(([place, { isOpen }]) => is.has(place) && is.get(place)?.isOpen !== isOpen)
  if (turned.length === 0) return []
  const components = turned.map(([, { component }]) => component)
  const reach = createReach(before)
  return listOperations(before)
    .filter(({ operation, pathItem }) => {
      const reached = reach([operation, pathItem.parameters])
      return components.some((component) => reached.has(component))
    })
    .map(({ id }) => id)
}

type PlacedEnums = Map<string, { component: string; isOpen: boolean }>

/** The enums of the components, by where they stand. Those that stand in an operation are its own. */
function placeEnums(document: OpenApiDocument): PlacedEnums {
  const open = findResponseEnums(document)
  const placed: PlacedEnums = new Map()
  for (const [section, entries] of Object.entries(document.components ?? {})) {
    for (const [name, entry] of Object.entries(entries)) {
      const component = `components/${section}/${name}`
      const next: [string, unknown][] = [[component, entry]]
      for (let one = next.pop(); one; one = next.pop()) {
        const [place, node] = one
        if (typeof node !== 'object' || node === null) continue
        if ('enum' in node) placed.set(place, { component, isOpen: open.has(node as Schema) })
        for (const [key, child] of Object.entries(node)) next.push([`${place}/${key}`, child])
      }
    }
  }
  return placed
}
