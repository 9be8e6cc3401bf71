// What we are measured against: openapi-typescript's one-call form, from a spec to a file of types.
import { writeFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { pathToFileURL } from 'node:url'

// Our own program has it too.
enableCompileCache()

const { default: openapiTS, astToString } = await import('openapi-typescript')
const [source = '', target = ''] = process.argv.slice(2)
writeFileSync(target, astToString(await openapiTS(pathToFileURL(source), { silent: true })))
