import { type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { errorResponse } from '../exchange/error-response.ts'
import type { SandboxResponse } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'

/** What an answer's delivery depends on. */
export interface Delivery {
  /** Aborted when the server closes: what would not end by itself is then cut. */
  closing: AbortSignal
  /** Whether the rest of the request is still coming; the connection is closed once it is there. */
  isUploading: boolean
  /** Tells what makes the answer's pieces that nobody wants more of them. */
  leave: () => void
}

/** How long pieces may take to end when the server closes, in milliseconds. */
const endingGrace = 1000

const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

/** Sends an answer, or damages it as asked; one without a body is sent whole. Rejects where Node refuses a header. */
export async function sendResponse(
  response: ServerResponse,
  { status, headers, body, damage }: SandboxResponse,
  { closing, isUploading, leave }: Delivery,
): Promise<void> {
  if (closing.aborted || isUploading) response.shouldKeepAlive = false
  if (damage === 'reset') return resetConnection(response)
  if (body === undefined || bodiless.has(status)) {
    response.writeHead(status, bodiless.has(status) ? headers : { ...headers, 'content-length': 0 }).end()
    return
  }
  if (typeof body !== 'string') {
    response.writeHead(status, headers).flushHeaders()
    whenClosing(response, closing, () => {
      leave()
      setTimeout(() => response.destroy(), endingGrace).unref()
    })
    return pipeline(body, response)
  }
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  if (damage === 'stall') {
    response.flushHeaders()
    whenClosing(response, closing, () => response.destroy())
  } else if (damage === 'reset-body') {
    const bytes = Buffer.from(body)
    response.write(bytes.subarray(0, bytes.length / 2), () => resetConnection(response))
  } else if (isUploading) {
    // Ended only after the upload: a connection that is closed while the caller still writes takes the answer with it.
    response.write(body)
    response.req.once('close', () => response.end())
    whenClosing(response, closing, () => response.destroy())
  } else {
    response.end(body)
  }
}

/** Answers what is no HTTP, or did not come in time, as far as the connection still allows it. */
export function refuseMalformed({ code = '' }: Error & { code?: string }, socket: Duplex): void {
  // An answer is still on its way out, and then ends the connection.
  if (socket.writableEnded) return
  const isTooSlow = code === 'ERR_HTTP_REQUEST_TIMEOUT'
  if (!socket.writable || !(isTooSlow || code.startsWith('HPE_'))) {
    socket.destroy()
    return
  }
  if (isTooSlow) {
    const message = 'The request took too long to arrive: send it whole, or over a faster connection.'
    endWith(socket, new Refusal(408, message, { code: 'request_timeout' }))
    return
  }
  const isTooLong = code === 'HPE_HEADER_OVERFLOW'
  const message = isTooLong
    ? 'The headers are too long: send less than 16 KiB.'
    : `This is no valid HTTP/1.1 (${code}).`
  endWith(socket, new Refusal(isTooLong ? 431 : 400, message, { code: 'bad_request' }))
}

/** Answers who takes the sandbox for a proxy and asks for a tunnel through it. */
export function refuseTunnel(socket: Duplex): void {
  // Node listens no more to a connection that it has handed out.
  socket.on('error', () => undefined)
  endWith(socket, new Refusal(400, 'The sandbox is no proxy: use its URL as the base URL.', { code: 'bad_request' }))
}

/** Says no more on a connection than this. */
function endWith(socket: Duplex, refusal: Refusal): void {
  const { status, headers, body } = errorResponse(refusal)
  const length = Buffer.byteLength(String(body))
  const head = { ...headers, 'content-length': length, connection: 'close' }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy())
}

const resetConnection = (response: ServerResponse) => void response.socket?.resetAndDestroy()

function whenClosing(response: ServerResponse, closing: AbortSignal, act: () => void): void {
  if (closing.aborted) act()
  closing.addEventListener('abort', act)
  response.once('close', () => closing.removeEventListener('abort', act))
}
