import * as client from '@minimo/client'
import { listCases } from '../../suite/suite.js'

for (const { name, run } of listCases(client, { url: process.env.LOOPBACK_URL })) test(name, run, 30_000)
