import { emitPages } from '../pages/emit-pages.ts'
import type { SpecConfig } from '../spec/config.ts'
import { emitClient } from './client.ts'
import { emitDocument } from './document.ts'
import { emitEntry } from './entry.ts'
import { emitOperations } from './operations.ts'
import { emitSchemas } from './schemas.ts'
import { emitTypes } from './types.ts'

/** A spec of a package, without what is generated from it. */
export interface PackageSpec extends Omit<SpecConfig, 'emitters'> {
  /** The folder for a page of documentation on each operation, relative to the config file's folder. Default: none. */
  docs?: string
  /** The package that samples on the pages import, such as `@acme/pets`. Default: the spec's name. */
  package?: string
}

/**
 * A spec with everything that the package of an API gets: in `src/gen` its types, table, JSON Schemas, client, and
 * `index.ts`, which joins them; beside `src` the description in one file; with `docs`, pages of documentation.
 */
export function defineSpec({ docs, package: packageName, ...spec }: PackageSpec): SpecConfig {
  const client = { package: packageName ?? spec.name, factory: 'createClient', variable: 'api' }
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
      ...(docs === undefined ? [] : [emitPages({ path: docs, client })]),
    ],
  }
}
