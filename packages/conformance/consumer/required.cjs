// Runs the suite with the package as a require() from CommonJS.
const client = require('@minimo/client')
const { runSuite } = require('./suite/suite.js')

runSuite(client, { url: process.argv[2] }).then((results) => console.log(JSON.stringify(results)))
