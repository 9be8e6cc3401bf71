// Run by `soak.ts` as `node soak-server.ts SEED` in a process of its own: answers the client's calls, and does to many
// of them what networks and servers do on their bad days.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { pick } from './pick.ts'
import { createRandom } from './random.ts'
import { announce } from './start-server.ts'

/** What is done to a request; `answer` is the JSON that it should get. */
type Fault = (response: ServerResponse, answer: string) => unknown

const json = { 'content-type': 'application/json' }
const gzipped = { ...json, 'content-encoding': 'gzip' }
const part = 'x'.repeat(2 ** 16)

const fail =
  (status: number, headers: Record<string, string> = {}): Fault =>
  (response) =>
    response.writeHead(status, { ...json, ...headers }).end(`{"error":{"code":"c${status}","message":"on purpose"}}`)

const reset = (response: ServerResponse) => response.socket?.resetAndDestroy()

/** Sends the parts one after the other, so many milliseconds apart, and then the end or what is given in its place. */
function drip(response: ServerResponse, parts: readonly string[], wait: number, end: Fault = () => response.end()) {
  const [next, ...rest] = parts
  if (next === undefined) end(response, '')
  else if (!response.destroyed) response.write(next, () => setTimeout(drip, wait, response, rest, wait, end))
}

/** What requests meet, and how many of a thousand. */
const faults: readonly [perMille: number, fault: Fault][] = [
  [771, (response, answer) => response.writeHead(200, json).end(answer)],
  [100, (response, answer) => response.writeHead(200, gzipped).end(gzipSync(answer))],
  [50, (response, answer) => drip(response.writeHead(200, json), [answer.slice(0, 3), answer.slice(3)], 0)],
  [10, (response, answer) => drip(response.writeHead(200, json), [...answer], 2)],
  [10, reset],
  [10, (response) => drip(response.writeHead(200, { ...json, 'content-length': 100 }), ['{"data":'], 0, reset)],
  [3, () => undefined],
  [3, (response) => response.writeHead(200, json).write('{"data":')],
  [10, fail(429, { 'retry-after': '0' })],
  [5, fail(429, { 'retry-after-ms': '20' })],
  [5, fail(503, { 'retry-after': '0' })],
  [5, fail(404)],
  [5, fail(500)],
  [2, (response) => drip(response.writeHead(500), [part, part, part, part], 1)],
  [1, (response) => response.writeHead(500).end(part.repeat(64))],
  [5, (response) => response.writeHead(200, gzipped).end('no gzip at all')],
  [5, (response, answer) => response.writeHead(500, gzipped).end(gzipSync(answer).subarray(0, 15))],
]

const random = createRandom(Number(process.argv[2]))
const server = createServer((request, response) => {
  response.on('error', () => undefined)
  const isList = request.method === 'GET'
  // An error of the request is that of a call that was aborted.
  request.on('error', () => undefined)
  request.resume().on('end', () => pick(faults, random())(response, isList ? '{"data":[]}' : '{"id":42,"phone":null}'))
})
server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, () => {}))
