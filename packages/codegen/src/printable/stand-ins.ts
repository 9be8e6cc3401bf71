import type { OpenApiDocument } from '../spec/document.ts'
import { isRecord, type Kind, kindBelow } from '../spec/kinds.ts'
import { escapeToken, tokensOf } from '../spec/pointer.ts'

/** Stand for characters that openapi-typescript reads as part of a pointer, wherever a name has them. */
const standIns = { '#': '\uE000', '%': '\uE001' } as const

/** A copy of a document in which no name has a character that openapi-typescript trips over; see `restoreNames`. */
export function copyWithStandIns(document: OpenApiDocument): OpenApiDocument {
  // Nothing but names changes.
  return copy(document, 'object') as OpenApiDocument
}

/** What is printed of a copy, with the names as the document has them. */
export const restoreNames = (text: string): string =>
  // Some texts are printed as they are, others with escapes.
  text.replaceAll(/\uE000|\\uE000/g, '#').replaceAll(/\uE001|\\uE001/g, '%')

const replace = (name: string) => name.replaceAll('%', standIns['%'])

function copy(value: unknown, kind: Kind): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (kind === 'data') return structuredClone(value)
  if (Array.isArray(value)) return value.map((one) => copy(one, kind))
  const entries = Object.entries(value)
  if (kind === 'map') return Object.fromEntries(entries.map(([name, one]) => [replace(name), copy(one, 'object')]))
  return Object.fromEntries(entries.map(([key, one]) => [key, copyKeyword(key, one)]))
}

/** A value under a keyword, of which some hold names. */
function copyKeyword(key: string, value: unknown): unknown {
  if (typeof value === 'string') {
    if (key === '$ref' || key === 'defaultMapping') return copyTarget(value)
    if (key === 'operationId') return replace(value).replaceAll('#', standIns['#'])
    return key === 'name' || key === 'propertyName' ? replace(value) : value
  }
  if (key === 'required' && Array.isArray(value)) {
    return value.map((name) => (typeof name === 'string' ? replace(name) : name))
  }
  if (key === 'mapping' && isRecord(value)) {
    const entries = Object.entries(value)
    return Object.fromEntries(entries.map(([name, to]) => [name, typeof to === 'string' ? copyTarget(to) : to]))
  }
  return copy(value, kindBelow('object', key, value))
}

/** A reference, or a name in its place. */
function copyTarget(target: string): string {
  if (!target.includes('%')) return target
  return target.startsWith('#/')
    ? `#/${tokensOf(target)
        .map((token) => replace(escapeToken(token)))
        .join('/')}`
    : replace(target)
}
