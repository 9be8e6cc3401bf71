// Jest's jsdom hides what Node has for calling servers; this gives it back to the tests.
const { TestEnvironment } = require('jest-environment-jsdom')

const fromNode = {
  fetch,
  Headers,
  Request,
  Response,
  FormData,
  ReadableStream,
  AbortController,
  AbortSignal,
  TextDecoder,
  TextEncoder,
}

module.exports = class extends TestEnvironment {
  constructor(...args) {
    super(...args)
    Object.assign(this.global, fromNode)
  }
}
