// Runs the suite with the package as an import: on Node, Bun and Deno.
import * as client from '@minimo/client'
import { runSuite } from './suite/suite.js'

console.log(JSON.stringify(await runSuite(client, { url: process.argv[2] })))
