// Gives a page in a browser the suite to run.
import * as client from '@minimo/client'
import { runSuite } from './suite/suite.js'

globalThis.runConformance = (url) => runSuite(client, url)
