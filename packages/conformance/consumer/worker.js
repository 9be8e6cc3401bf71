// Runs the suite in workerd, once per request; the body is the URL of the loopback server.
import * as client from '@minimo/client'
import { runSuite } from './suite/suite.js'

// biome-ignore lint/style/noDefaultExport: what a worker does is its default export
export default { fetch: async (request) => Response.json(await runSuite(client, await request.text())) }
