import { fileURLToPath } from 'node:url'
import { describeRequests } from '../../src/requests/describe-requests.ts'
import { createClient, securitySchemes } from './src/gen/index.ts'
import { schemas } from './src/gen/schemas.ts'

describeRequests({
  specFile: fileURLToPath(new URL('openapi.yaml', import.meta.url)),
  schemas,
  securitySchemes,
  createClient,
  count: 5,
})
