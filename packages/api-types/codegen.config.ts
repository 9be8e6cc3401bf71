import { emitDocument, emitOperations, emitSchemas, emitTypes, type SpecConfig } from 'codegen'

/** The specs this package is generated from. A further API is one more entry: `defineSpec({ name, source })`. */
export const specs: SpecConfig[] = [
  {
    name: 'minimo',
    source: '../../openapi/minimo.yaml',
    methods: '../client/src/resources/methods.ts',
    rules: 'house',
    emitters: [
      emitTypes({ path: 'src/gen/schema.ts' }),
      emitOperations({ path: 'src/gen/operations.ts', types: './schema.ts' }),
      emitSchemas({ path: 'src/gen/schemas.ts', operations: './operations.ts' }),
      emitDocument({ path: 'openapi.yaml' }),
    ],
  },
]
