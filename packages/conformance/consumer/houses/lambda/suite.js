import * as client from '@minimo/client'
import { runSuite } from '../../suite/suite.js'

export const handler = ({ url }) => runSuite(client, { url })
