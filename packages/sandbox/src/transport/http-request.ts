import type { IncomingMessage } from 'node:http'
import { isIPv4 } from 'node:net'
import { bodyLimit, maxBodyBytes, type SandboxRequest } from '../exchange/exchange.ts'
import { normalizePath } from '../exchange/path.ts'
import { Refusal } from '../exchange/refusal.ts'

/** A request without what takes time to come. */
export type RequestHead = Omit<SandboxRequest, 'body' | 'signal'>

/** Reads everything but the body. */
export function readHead({ method = 'GET', url = '', rawHeaders, socket }: IncomingMessage): RequestHead {
  const headers = joinHeaders(rawHeaders)
  const { target, host } = readTarget(url, headers.host)
  const start = target.indexOf('?')
  const path = normalizePath(start === -1 ? target : target.slice(0, start))
  const query = start === -1 ? '' : target.slice(start + 1)
  return { method, path, query, headers, local: isLoopback(socket.remoteAddress) && isLocalHost(host) }
}

/** What HTTP itself refuses of a head, whatever is asked for. */
export function refuseHead({ httpVersion }: IncomingMessage, { headers }: RequestHead): Refusal | undefined {
  const { host, expect } = headers
  if (httpVersion === '1.1' && host === undefined) {
    return new Refusal(400, 'host: expected this header, as HTTP/1.1 has it, found none.')
  }
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
    return new Refusal(417, 'expect: expected 100-continue or no such header, found another.', { code: 'bad_request' })
  }
  return undefined
}

/** Whether the caller sends its body only once it is told to (100), or not at all. */
export const awaitsContinue = ({ httpVersion, headers }: IncomingMessage): boolean =>
  httpVersion === '1.1' && headers.expect !== undefined

/**
 * Reads the whole body; `too-large` as soon as it exceeds what is read for the path, and the rest is then discarded
 * as it comes. `undefined` where the caller went away before the end. `begin` is called before a body that may come.
 */
export function readBody(
  request: IncomingMessage,
  { path, headers }: RequestHead,
  begin: () => void,
): Promise<SandboxRequest['body'] | undefined> | SandboxRequest['body'] {
  const length = headers['content-length']
  if (length === undefined && headers['transfer-encoding'] === undefined) return new Uint8Array()
  const limit = bodyLimit(path)
  if (Number(length) > limit) {
    request.resume()
    return 'too-large'
  }
  begin()
  return Number(length) > maxBodyBytes ? collectLong(request, Number(length)) : collect(request, limit)
}

function collect(request: IncomingMessage, limit: number): Promise<SandboxRequest['body'] | undefined> {
  return new Promise((resolve) => {
    let chunks: Uint8Array[] = []
    let size = 0
    request.on('data', (chunk: Uint8Array) => {
      size += chunk.length
      if (size <= limit) {
        chunks.push(chunk)
      } else {
        chunks = []
        resolve('too-large')
      }
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)))
    request.on('close', () => resolve(undefined))
  })
}

/** Puts each piece in its place as it comes: all at the end would keep others waiting. */
function collectLong(request: IncomingMessage, length: number): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const body = Buffer.allocUnsafe(length)
    let size = 0
    request.on('data', (chunk: Uint8Array) => {
      body.set(chunk, size)
      size += chunk.length
    })
    request.on('end', () => resolve(body))
    request.on('close', () => resolve(undefined))
  })
}

/** By lower-case name. Node's own `headers` would drop the second of some headers that come twice. */
function joinHeaders(raw: readonly string[]): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = Object.create(null)
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? ''
    const value = raw[index + 1] ?? ''
    const earlier = headers[name]
    headers[name] = earlier === undefined ? value : `${earlier}, ${value}`
  }
  return headers
}

/** A target may be a whole URL, whose host then counts instead of the header's. */
function readTarget(url: string, host: string | undefined): { target: string; host: string | undefined } {
  const [, own, target] = /^https?:\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  if (own === undefined || target === undefined) return { target: url, host }
  return { target: target.startsWith('/') ? target : `/${target}`, host: own }
}

function isLoopback(address = ''): boolean {
  const plain = address.replace(/^::ffff:/, '')
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'))
}

/** Whether a Host header names this machine: a page whose name was made to lead here names another. */
function isLocalHost(host = ''): boolean {
  const name = host.toLowerCase().replace(/:\d*$/, '')
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || isLoopback(name)
}
