import {
  emitCamelCase,
  emitDocument,
  emitEntry,
  emitOperations,
  emitPages,
  emitSchemas,
  emitTypes,
  type SampleClient,
  type SpecConfig,
} from 'codegen'
import { methods } from '../client/src/resources/methods.ts'

/** How samples call the API. */
const client: SampleClient = {
  package: '@minimo/client',
  factory: 'createMinimoClient',
  variable: 'minimo',
  methods,
}

/** The specs this package is generated from. A further API is one more entry: `defineSpec({ name, source })`. */
export const specs: SpecConfig[] = [
  {
    name: 'minimo',
    source: '../../openapi/minimo.yaml',
    methods: '../client/src/resources/methods.ts',
    rules: 'house',
    byHand: [
      { path: '../client/src/resources', what: 'a method, in the file of its tag' },
      { path: '../sandbox/src/handlers', what: 'a handler, in the file of its tag' },
      { path: '../contract/src/cases', what: 'a case for each answer that is documented' },
    ],
    emitters: [
      emitTypes({ path: 'src/gen/schema.ts' }),
      emitOperations({ path: 'src/gen/operations.ts', types: './schema.ts' }),
      emitSchemas({ path: 'src/gen/schemas.ts', operations: './operations.ts' }),
      emitEntry({ path: 'src/gen/index.ts', types: './schema.ts', operations: './operations.ts' }),
      emitCamelCase({ path: 'src/gen/camel-case.ts', types: './schema.ts' }),
      emitDocument({ path: 'openapi.yaml', client }),
      emitPages({ path: '../../apps/docs/src/content/docs/reference', client }),
    ],
  },
]
