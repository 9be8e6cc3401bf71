import type { SpecConfig } from '../spec/config.ts'
import { emitClient } from './client.ts'
import { emitDocument } from './document.ts'
import { emitEntry } from './entry.ts'
import { emitOperations } from './operations.ts'
import { emitSchemas } from './schemas.ts'
import { emitTypes } from './types.ts'

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
