import { emitClient } from './emitters/client.ts'
import { emitDocument } from './emitters/document.ts'
import { emitEntry } from './emitters/entry.ts'
import { emitOperations } from './emitters/operations.ts'
import { emitSchemas } from './emitters/schemas.ts'
import { emitTypes } from './emitters/types.ts'
import type { SpecConfig } from './spec/config.ts'

/**
 * A spec with everything that the package of an API gets: in `src/gen` its types, table, JSON Schemas, client, and
 * `index.ts`, which joins them; beside `src` the description in one file.
 */
export function defineSpec(spec: Omit<SpecConfig, 'emitters'>): SpecConfig {
  return {
    ...spec,
    emitters: [
      emitTypes({ path: 'src/gen/schema.ts' }),
      emitOperations({ path: 'src/gen/operations.ts', types: './schema.ts' }),
      emitSchemas({ path: 'src/gen/schemas.ts', operations: './operations.ts' }),
      emitClient({ path: 'src/gen/client.ts', operations: './operations.ts' }),
      emitEntry({
        path: 'src/gen/index.ts',
        types: './schema.ts',
        operations: './operations.ts',
        client: './client.ts',
      }),
      emitDocument({ path: 'openapi.yaml' }),
    ],
  }
}
