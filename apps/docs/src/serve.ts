import { fileURLToPath } from 'node:url'
import { readPlace } from './config.ts'
import { startStaticServer } from './static-server.ts'

const folder = fileURLToPath(new URL('../dist', import.meta.url))
const port = Number(process.env.PORT ?? 4321)
const { url } = await startStaticServer({ folder, base: readPlace(process.env).base, port })
console.log(`The documentation is at ${url}\nEnd it with Ctrl+C.`)
