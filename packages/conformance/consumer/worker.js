// Runs the suite in workerd, once per request; the body is the URL of the loopback server.
import * as client from '@minimo/client'
import { runSuite } from './suite/suite.js'

export default { fetch: async (request) => Response.json(await runSuite(client, { url: await request.text() })) }
