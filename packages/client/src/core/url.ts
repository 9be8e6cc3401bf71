import type { Operation } from './call.ts'
import { MinimoError } from './errors.ts'

/**
 * Fills a path template. Throws `MinimoError`, naming the parameter, for a value that is missing,
 * empty, no text or number, or that would change the path (`.` and `..`, also percent-encoded).
 */
export function fillPath(operation: Operation, values: Readonly<Record<string, unknown>> = {}): string {
  return operation.path.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = values[name]
    const reject = (expected: string) => {
      throw new MinimoError(`path parameter "${name}" must be ${expected}, not ${describe(value)}`, { operation })
    }
    if (operation.integers?.includes(name)) {
      const isInteger = Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,15}$/.test(value))
      if (!isInteger) reject('an integer')
    } else if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'string' || value === '') {
      reject('a non-empty string or a finite number')
    } else if (/^(\.|%2e){1,2}$/i.test(String(value))) {
      reject('something other than a path step')
    }
    return encode(String(value)) ?? reject('valid Unicode text')
  })
}

function encode(text: string): string | undefined {
  try {
    return encodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Tells kinds and harmless values apart without printing a value that may be personal. */
function describe(value: unknown): string {
  if (value === null || value === undefined || value === '' || typeof value === 'number')
    return JSON.stringify(value) ?? 'undefined'
  return typeof value === 'string' ? 'this text' : Array.isArray(value) ? 'an array' : `of type ${typeof value}`
}

/**
 * Serialises query parameters: arrays repeat the name, dates become ISO 8601, `undefined` and `null` are
 * left out. Throws `MinimoError` for an object, which has no one form in a query.
 */
export function serializeQuery(query: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((item: unknown) => {
      if (item === undefined || item === null) return []
      const text = item instanceof Date ? item.toISOString() : item
      if (typeof text === 'object' || typeof text === 'function') {
        throw new MinimoError(
          `query parameter "${name}" must be text, a number, a boolean, a Date or an array of these`,
        )
      }
      return [[name, String(text)]]
    }),
  )
  return new URLSearchParams(pairs).toString()
}

/** A base URL per server key, without trailing slashes. */
export type BaseUrls = Readonly<Record<string, string>>

/**
 * Checks a base URL and takes off its trailing slashes. Throws `MinimoError` for one that is no
 * http(s) URL, has a query or fragment, or is plain http to anything but this machine.
 */
export function parseBaseUrl(value: string): string {
  const reject = (reason: string) => new MinimoError(`baseUrl must be ${reason}; found "${value}"`)
  if (!URL.canParse(value)) throw reject('an absolute URL such as "https://api.example.com"')
  const url = new URL(value)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw reject('an https URL')
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) throw reject('https (plain http only to localhost)')
  if (/[?#]/.test(value)) throw reject('without query and fragment')
  if (url.username || url.password) throw new MinimoError('baseUrl must not hold a user name or password')
  return value.replace(/\/+$/, '')
}

const isLoopback = (host: string) =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host)
