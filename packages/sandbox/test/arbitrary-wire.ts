import { METHODS } from 'node:http'
import fc from 'fast-check'
import type { FuzzRequest } from './arbitrary-request.ts'

/** A request as it goes over a connection. */
export interface WireRequest {
  request: FuzzRequest
  /** What is peculiar about how it is sent. */
  twist: keyof typeof twists
}

/** What a request becomes on the wire, and what HTTP makes of it. */
export interface WireForm {
  bytes: Buffer
  /** Whether HTTP itself refuses it, with a 4xx and the general error body; otherwise it is answered as anywhere else. */
  isRefused?: boolean
  /** Whether the caller sends nothing more, though more was announced. */
  isCut?: boolean
}

/** Ways to send a request. */
export function arbitraryWire(request: fc.Arbitrary<FuzzRequest>): fc.Arbitrary<WireRequest> {
  // Sound: an object that is written down has no keys but those it is typed by.
  const names = Object.keys(twists) as (keyof typeof twists)[]
  const sendable = request.filter(({ method }) => METHODS.includes(method))
  return fc.record({ request: sendable, twist: fc.constantFrom(...names) })
}

/** Writes a request as the twist has it. */
export function writeWire({ request, twist }: WireRequest): WireForm {
  return twists[twist]({
    method: request.method,
    target: request.target,
    version: 'HTTP/1.1',
    headers: [['Host', 'localhost'], ['Connection', 'close'], ...Object.entries(request.headers)],
    body: readBytes(request),
  })
}

/** The bytes of a request's body. */
export function readBytes({ body }: FuzzRequest): Buffer {
  if (!body) return Buffer.alloc(0)
  return Buffer.concat([Buffer.from(body.text, body.encoding), Buffer.alloc(body.padding, ' ')])
}

/** A request in the pieces that twists change. */
interface Message {
  method: string
  target: string
  version: string
  headers: [name: string, value: string][]
  body: Buffer
}

/** Headers and framing go before the first piece, an empty one ends the head. */
function write({ method, target, version, headers }: Message, framing: string[], ...pieces: (string | Buffer)[]) {
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  const head = [`${method} ${target} ${version}`, ...lines, ...framing, '', ''].join('\r\n')
  return Buffer.concat(
    [head, ...pieces].map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)),
  )
}

const whole = (message: Message) => write(message, [`Content-Length: ${message.body.length}`], message.body)

const asUsual = (message: Message): WireForm => ({ bytes: whole(message) })

/** With the beginning of the body: a connection that is closed before it was read whole takes the answer with it. */
const refused = ({ body, ...message }: Message): WireForm => ({
  bytes: whole({ ...message, body: body.subarray(0, 1000) }),
  isRefused: true,
})

const withHeaders = (message: Message, ...headers: Message['headers']): Message => ({
  ...message,
  headers: [...message.headers, ...headers],
})

const withoutHeader = (message: Message, unwanted: string): Message => ({
  ...message,
  headers: message.headers.filter(([name]) => name !== unwanted),
})

const chunk = (bytes: Buffer) => [`${bytes.length.toString(16)};x=y\r\n`, bytes, '\r\n']

function inChunks(message: Message): Buffer {
  const { body } = message
  const middle = Math.floor(body.length / 2)
  const chunks = [body.subarray(0, middle), body.subarray(middle)].filter(({ length }) => length > 0).flatMap(chunk)
  return write(message, ['Transfer-Encoding: chunked'], ...chunks, '0\r\nX-Trailer: x\r\n\r\n')
}

const twists = {
  plain: asUsual,
  chunked: (message) => ({ bytes: inChunks(message) }),
  'whole URL': (message) => asUsual({ ...message, target: `http://elsewhere.example${message.target}` }),
  'HTTP/1.0': (message) => asUsual({ ...message, version: 'HTTP/1.0' }),
  'loud names': ({ headers, ...message }) =>
    asUsual({ ...message, headers: headers.map(([name, value]) => [name.toUpperCase(), `  ${value}\t`]) }),
  'further headers': (message) =>
    asUsual(withHeaders(message, ['__proto__', 'x'], ['constructor', 'x'], ['X-Empty', ''], ['Upgrade', 'h2c'])),
  'expects to continue': (message) => asUsual(withHeaders(message, ['Expect', '100-continue'])),
  'sent on': (message) => ({ bytes: Buffer.concat([whole(message), Buffer.from('\0 \r\n')]) }),
  'expects something else': (message) => refused(withHeaders(message, ['Expect', 'a miracle'])),
  'no host': (message) => refused(withoutHeader(message, 'Host')),
  'unknown method': (message) => refused({ ...message, method: 'get' }),
  'unknown version': (message) => refused({ ...message, version: 'HTTP/9.9' }),
  'another protocol': (message) => refused({ ...message, version: 'XTTP/1.1' }),
  'relative target': (message) => refused({ ...message, target: `x${message.target}` }),
  'space in the target': (message) => refused({ ...message, target: `${message.target} x` }),
  'raw bytes in the target': (message) => refused({ ...message, target: `${message.target}\u00e8` }),
  'long target': (message) => refused({ ...message, target: `${message.target}?${'x'.repeat(17_000)}` }),
  'long header': (message) => refused(withHeaders(message, ['X-Long', 'x'.repeat(17_000)])),
  'many headers': (message) => refused(withHeaders(message, ...Array<[string, string]>(4000).fill(['a', 'b']))),
  'bad header': (message) => refused(withHeaders(message, ['X Y', 'x'])),
  'NUL in a header': (message) => refused(withHeaders(message, ['X', 'a\0b'])),
  'folded header': (message) => refused(withHeaders(message, ['X', 'a\r\n b'])),
  'two lengths': (message) => refused(withHeaders(message, ['Content-Length', '7'])),
  'negative length': (message) => ({ bytes: write(message, ['Content-Length: -1'], message.body), isRefused: true }),
  'both framings': (message) => refused(withHeaders(message, ['Transfer-Encoding', 'chunked'])),
  'bad chunk': (message) => ({
    bytes: write(message, ['Transfer-Encoding: chunked'], ...chunk(Buffer.from('{}')), 'x\r\n'),
    isRefused: true,
  }),
  cut: (message) => ({
    bytes: write(message, ['Content-Length: 1001'], message.body.subarray(0, 1000)),
    isRefused: true,
    isCut: true,
  }),
  tunnel: (message) => refused({ ...message, method: 'CONNECT', target: 'localhost:1' }),
} as const satisfies Record<string, (message: Message) => WireForm>
