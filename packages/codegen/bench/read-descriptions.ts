import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PackedDocument } from './fetch-packed.ts'

/** A public description that is tried by name. */
export interface Description extends PackedDocument {
  /** Whether it is small, and tried by the tests too. */
  isSample: boolean
}

/** The rules whose findings a description of others may go on with. */
export const acceptableRules: readonly string[] = [
  ...[
    'struct',
    'no-unresolved-refs',
    'object-enums',
    'path-placeholders',
    'operation-operationId-unique',
    'served-constructs',
  ],
]

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
