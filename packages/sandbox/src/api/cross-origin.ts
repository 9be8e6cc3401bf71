import type { SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'

/** How long a browser may remember what it was allowed, in seconds. */
const maxAge = 600

/** Whether a browser asks if a page may send a request. */
export const isPreflight = ({ method, headers }: SandboxRequest): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined

/** Allows a browser what it asks for: what the request then lacks, such as a key, the page is told as any caller is. */
export function allowPreflight({ headers }: SandboxRequest): SandboxResponse {
  const method = readNames(headers['access-control-request-method'])
  const names = readNames(headers['access-control-request-headers'])
  const isPrivate = headers['access-control-request-private-network'] === 'true'
  return {
    status: 204,
    headers: {
      'access-control-allow-methods': method ?? '',
      ...(names !== undefined && { 'access-control-allow-headers': names }),
      // A page of the internet may call this machine only where that says so.
      ...(isPrivate && { 'access-control-allow-private-network': 'true' }),
      'access-control-max-age': String(maxAge),
    },
  }
}

/** Lets pages of any origin read an answer. Keys come in a header that a page has to know, never by themselves. */
export function shareAnswer({ headers }: SandboxRequest): Record<string, string> {
  return headers.origin === undefined
    ? {}
    : { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' }
}

/** Names of headers or methods, repeated only where they are some. */
const readNames = (text = '') => (/^[\w!#$%&'*+.^`|~, -]+$/.test(text) ? text : undefined)
