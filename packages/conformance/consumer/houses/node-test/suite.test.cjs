const { test } = require('node:test')
const client = require('@minimo/client')
const { listCases } = require('../../suite-commonjs/suite.js')

for (const { name, run } of listCases(client, { url: process.env.LOOPBACK_URL })) test(`require: ${name}`, run)
