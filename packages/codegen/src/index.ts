export type { Emitter, EmitterContext, GeneratedFile, SpecConfig } from './config.ts'
export { emitDocument } from './emitters/document.ts'
export { emitOperations } from './emitters/operations.ts'
export { emitTypes } from './emitters/types.ts'
