import { fileURLToPath } from 'node:url'
import { describeSameRequests } from '../../src/samples/describe-same-requests.ts'
import { specFile } from './cases.ts'

await describeSameRequests({
  specFile,
  client: {
    package: fileURLToPath(new URL('src/gen/index.ts', import.meta.url)),
    factory: 'createClient',
    variable: 'legacy',
    environment: 'LEGACY',
  },
  keys: { LEGACY_API_KEY: 'mn-1-legacy' },
})
