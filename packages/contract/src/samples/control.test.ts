import { fileURLToPath } from 'node:url'
import { describeSameRequests } from './describe-same-requests.ts'

await describeSameRequests({
  specFile: fileURLToPath(import.meta.resolve('@minimo/sandbox/control.yaml')),
  client: { package: '@minimo/sandbox/client', factory: 'createSandboxClient', variable: 'control' },
  keys: {},
})
