// The server of the loopback benchmarks, in a process of its own: parses what it is sent and answers JSON.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answer } from './exchange.ts'
import { announce } from './start-server.ts'

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString())
    response.setHeader('content-type', 'application/json')
    response.setHeader('content-length', answer.length)
    response.end(answer)
  })
})
// Short, so that what a client leaves open shows soon; undici closes connections that live for 2 s or less.
server.keepAliveTimeout = 4000
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  announce(`http://127.0.0.1:${port}`, () => {})
})
