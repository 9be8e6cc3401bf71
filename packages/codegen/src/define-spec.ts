import { emitDocument } from './emitters/document.ts'
import { emitEntry } from './emitters/entry.ts'
import { emitOperations } from './emitters/operations.ts'
import { emitSchemas } from './emitters/schemas.ts'
import { emitTypes } from './emitters/types.ts'
import type { SpecConfig } from './spec/config.ts'

/**
 * A spec with everything an API of its own gets: types, table, JSON Schemas and the bundled document in
 * `src/gen/<name>`, and beside it `<name>.ts`, the module that joins them. Default rules: `house`.
 */
export function defineSpec({
  name,
  source,
  rules = 'house',
  ...reading
}: Pick<SpecConfig, 'name' | 'source' | 'allow' | 'accept'> & Partial<Pick<SpecConfig, 'rules'>>): SpecConfig {
  const folder = `src/gen/${name}`
  return {
    name,
    source,
    rules,
    ...reading,
    emitters: [
      emitTypes({ path: `${folder}/schema.ts` }),
      emitOperations({ path: `${folder}/operations.ts`, types: './schema.ts' }),
      emitSchemas({ path: `${folder}/schemas.ts`, operations: './operations.ts' }),
      emitEntry({ path: `${folder}.ts`, types: `./${name}/schema.ts`, operations: `./${name}/operations.ts` }),
      emitDocument({ path: `${folder}/openapi.yaml` }),
    ],
  }
}
