import type { Emitter } from '../spec/config.ts'
import { generatedHeader } from './header.ts'

/** Emits the TypeScript types of a document (openapi-typescript's `paths`, `components`, `operations`). */
export function emitTypes({ path }: { path: string }): Emitter {
  return async (document, { source }) => {
    // Loading openapi-typescript takes longer than reading a spec, and who only reads a config need not wait for it.
    const { printTypes } = await import('./print-types.ts')
    return [{ path, text: generatedHeader(source) + printTypes(document) }]
  }
}
