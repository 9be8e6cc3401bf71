import { fileURLToPath } from 'node:url'
import { describeSameRequests } from '../../src/samples/describe-same-requests.ts'

await describeSameRequests({
  specFile: fileURLToPath(new URL('openapi.yaml', import.meta.url)),
  client: {
    package: fileURLToPath(new URL('src/gen/index.ts', import.meta.url)),
    factory: 'createClient',
    variable: 'api',
    environment: 'EVERY_KIND',
  },
  keys: {
    EVERY_KIND_KEY: 'header-key',
    EVERY_KIND_QUERY_KEY: 'query-key',
    EVERY_KIND_COOKIE_KEY: 'cookie-key',
    EVERY_KIND_PASSWORD_USERNAME: 'anna',
    EVERY_KIND_PASSWORD_PASSWORD: 'secret',
  },
})
