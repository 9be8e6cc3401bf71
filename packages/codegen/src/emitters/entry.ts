import type { Emitter } from '../config.ts'
import { generatedHeader } from './header.ts'

/** Emits the module that a package offers of an API: its table, servers and error codes, and all its types. */
export function emitEntry({ path, types, operations }: { path: string; types: string; operations: string }): Emitter {
  return (_, { source }) => [
    {
      path,
      text: `${generatedHeader(source)}export { errorCodes, type OperationId, operations, servers } from '${operations}'
export type { components, operations as OperationTypes, paths } from '${types}'
`,
    },
  ]
}
