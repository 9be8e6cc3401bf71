import type { OpenApiDocument } from '../../src/spec/document.ts'
import type { Random } from './random.ts'
import { type Fields, listSchemas, type SchemaSite } from './sites.ts'

/** Changes a document in place. Tells whether it found something to change. */
export type Edit = (document: OpenApiDocument, random: Random) => boolean

/** Edits by their name. */
export type Edits = Readonly<Record<string, Edit>>

/** An edit of one of the schemas that fit; it may say that it found nothing there either. */
export const onSchema =
  (
    fits: (schema: Fields, site: SchemaSite) => unknown,
    change: (schema: Fields, random: Random, site: SchemaSite, document: OpenApiDocument) => unknown,
  ): Edit =>
  (document, random) => {
    const sites = listSchemas(document).filter((site) => fits(site.schema, site))
    if (sites.length === 0) return false
    const site = random.pick(sites)
    return change(site.schema, random, site, document) !== false
  }

/** An edit of one of what a document holds of some kind. */
export const onOne =
  <T>(
    list: (document: OpenApiDocument) => readonly T[],
    change: (one: T, random: Random, document: OpenApiDocument) => unknown,
  ): Edit =>
  (document, random) => {
    const all = list(document)
    return all.length > 0 && change(random.pick(all), random, document) !== false
  }

/** Gives a key another name, at the place where it stands. */
export function renameKey(fields: Fields, from: string, to: string): boolean {
  if (to in fields || from === to) return false
  const entries = Object.entries(fields)
  for (const [key] of entries) delete fields[key]
  for (const [key, value] of entries) fields[key === from ? to : key] = value
  return true
}

/** A name in another casing. */
export function recase(name: string): string {
  if (name.includes('_')) return name.replace(/_+(.)/g, (_, letter: string) => letter.toUpperCase())
  if (/[a-z][A-Z]/.test(name))
    return name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a}_${b.toLowerCase()}`)
  return name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase()
}
