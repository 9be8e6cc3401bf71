import * as client from '@minimo/client'
import { runSuite } from '../../../../../suite/suite.js'

export const POST = async (request: Request): Promise<Response> =>
  Response.json(await runSuite(client, { url: await request.text() }))
