import { emitClient, emitOperations, emitPages, emitSchemas, emitTypes, type SpecConfig } from 'codegen'

/** How samples call the control API. */
const client = { package: '@minimo/sandbox/client', factory: 'createSandboxClient', variable: 'control' }

/** The control API, which is served by what serves the documented one. */
export const specs: SpecConfig[] = [
  {
    name: 'sandbox-control',
    source: 'control.yaml',
    rules: 'vendor',
    allow: ['../../openapi'],
    emitters: [
      emitTypes({ path: 'src/gen/schema.ts' }),
      emitOperations({ path: 'src/gen/operations.ts', types: './schema.ts' }),
      emitSchemas({ path: 'src/gen/schemas.ts', operations: './operations.ts' }),
      emitClient({ path: 'src/gen/client.ts', operations: './operations.ts' }),
      emitPages({ path: '../../apps/docs/src/content/docs/sandbox', client }),
    ],
  },
]
