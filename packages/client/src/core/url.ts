import type { Operation } from './call.ts'
import { MinimoError } from './errors.ts'

/** A path step, also percent-encoded, or text that is no valid Unicode: neither survives in a URL as it is. */
const unusable = /^(\.|%2e){1,2}$|\p{Surrogate}/iu

/**
 * Makes what fills an operation's path template. It throws `MinimoError`, naming the parameter, for a value that is
 * missing, empty, no text or number, or that would change the path (`.` and `..`).
 */
export function createPathFiller(operation: Operation): (values?: Readonly<Record<string, unknown>>) => string {
  const [start = '', ...rest] = operation.path.split(/\{([^{}]+)\}/)
  return (values = {}) => {
    let path = start
    // After the start, names and the text behind them take turns.
    for (let i = 0; i < rest.length; i += 2) path += encode(operation, rest[i] ?? '', values) + rest[i + 1]
    return path
  }
}

function encode(operation: Operation, name: string, values: Readonly<Record<string, unknown>>): string {
  const value = values[name]
  const isText = typeof value === 'string' && value !== '' && !unusable.test(value)
  const isInteger = operation.integers?.includes(name)
  const isValid = isInteger
    ? Number.isSafeInteger(value) || (isText && /^-?\d{1,15}$/.test(value))
    : isText || Number.isFinite(value)
  if (isValid) return encodeURIComponent(String(value))
  const expected = isInteger ? 'a safe integer' : 'a finite number or a non-empty string other than "." and ".."'
  const found = value === null ? value : typeof value
  throw new MinimoError(`path parameter "${name}" must be ${expected}; found ${found}`, { operation })
}

/**
 * Serialises query parameters: arrays repeat the name, dates become ISO 8601, `undefined` and `null` are
 * left out. Throws `MinimoError` for an object, which has no one form in a query.
 */
export function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(query)) {
    for (const item of [value].flat()) {
      if (item === undefined || item === null) continue
      const text = item instanceof Date && Number.isFinite(item.getTime()) ? item.toISOString() : item
      const isValue = /^(string|boolean|bigint)$/.test(typeof text) || Number.isFinite(text)
      if (!isValue || /\p{Surrogate}/u.test(String(text))) {
        const expected = 'text, a finite number, a boolean, a date or a list of these'
        throw new MinimoError(`query parameter "${name}" must be ${expected}`)
      }
      pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(String(text))}`)
    }
  }
  return pairs.join('&')
}

/**
 * Checks a base URL and takes off its trailing slashes. Throws `MinimoError` for one that is no http(s) URL, has
 * credentials, a query or a fragment, or is plain http to anything but this machine and the hosts that `allowHttp` names.
 */
export function parseBaseUrl(value = '', server = '', allowHttp: boolean | readonly string[] = false): string {
  const text = value.trim()
  const { protocol = '', hostname = '', host = '' } = URL.canParse(text) ? new URL(text) : {}
  const isNamed = allowHttp === true || (allowHttp && [hostname, host].some((name) => allowHttp.includes(name)))
  const isAllowed = protocol === 'https:' || (protocol === 'http:' && (isNamed || loopback.test(hostname)))
  if (isAllowed && !/[?#@]/.test(text)) return text.replace(/\/+$/, '')
  const found = text.includes('@') ? 'credentials' : `"${text.replace(/[?#].*/, '?…')}"`
  const hint = protocol === 'http:' && !isAllowed ? `; for a container or test host set allowHttp: ["${hostname}"]` : ''
  throw new MinimoError(
    `baseUrl for server "${server}" must be https (http only to localhost), without credentials, query or fragment; found ${found}${hint}`,
  )
}

const loopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/
