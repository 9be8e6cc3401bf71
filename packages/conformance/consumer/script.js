// Gives whoever evaluates it the suite to run: a page, a web worker, Vercel's Edge runtime.
import * as client from '@minimo/client'
import { runSuite } from './suite/suite.js'

globalThis.runConformance = (house) => runSuite(client, house)
