import type { Operation, ParameterPlace } from './call.ts'
import { ClientError } from './errors.ts'

/** Values of parameters by name. */
export type ParameterValues = Readonly<Record<string, unknown>>

/** Fills an operation's path template. */
export type FillPath = (values?: ParameterValues) => string

/**
 * Makes what fills an operation's path template; a fragment, which some documents tell paths apart by, is left out. It
 * throws `ClientError`, naming the parameter, for a value that is missing or empty, has no one form as text, or would
 * change the path (`.` and `..`).
 */
export function createPathFiller(operation: Operation, encode = encodePlain): FillPath {
  const template = operation.path.replace(/#.*/, '')
  return (values = {}) => template.replace(/\{([^{}]+)\}/g, (_, name: string) => encode(operation, name, values))
}

/** Encodes a plain value for a path. */
export function encodePlain(operation: Operation, name: string, values: ParameterValues): string {
  const text = toText(values[name]) ?? ''
  const isInteger = operation.integers?.includes(name)
  const isValid = isInteger ? /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) : isStep(text)
  if (isValid) return encodeURIComponent(text)
  const expected = isInteger ? 'a safe integer' : `${plain}, and not empty, "." or ".."`
  throw refusal('path', name, expected, operation)
}

/** Whether a text can be a step of a path: a `.` or `..`, also percent-encoded, would change it. */
export const isStep = (text: string) => !/^((\.|%2e){1,2})?$/i.test(text)

/** A plain value as text, dates in ISO 8601; `undefined` for what has no one form, or is no valid Unicode. */
export function toText(value: unknown): string | undefined {
  const item = value instanceof Date ? value.toJSON() : value
  const isPlain = /^(st|b)/.test(typeof item) || Number.isFinite(item) // A string, boolean, bigint, or a number that is one.
  return isPlain && !/\p{Surrogate}/u.test(String(item)) ? String(item) : undefined
}

/** What `toText` takes. */
export const plain = 'text, a number, a boolean or a date'

/** The error for a value that a parameter cannot have; the value itself may be personal. */
export const refusal = (place: ParameterPlace, name: string, expected: string, operation?: Operation) =>
  new ClientError(`${place} parameter "${name}" must be ${expected}`, { operation })

/** A plain value, or a list of them, as texts; `undefined` and `null` are left out. Throws `ClientError` for others. */
export const toTexts = (place: ParameterPlace, name: string, value: unknown, operation?: Operation): string[] =>
  [value].flat().flatMap((item) => {
    if (item === undefined || item === null) return []
    const text = toText(item)
    if (text !== undefined) return text
    throw refusal(place, name, `${plain}, or a list of these`, operation)
  })

/**
 * Serialises query parameters: arrays repeat the name, dates become ISO 8601, `undefined` and `null` are
 * left out. Throws `ClientError` for an object: what its form is, the description tells `writeParameters`.
 */
export const serializeQuery = (query: ParameterValues, operation?: Operation): string =>
  Object.entries(query)
    .flatMap(([name, value]) =>
      toTexts('query', name, value, operation).map((text) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`),
    )
    .join('&')

/** Puts a query behind a URL that may have one already. */
export const appendQuery = (url: string, query?: string) =>
  query ? url + (url.includes('?') ? '&' : '?') + query : url

/**
 * Checks a base URL and takes off its trailing slashes. Throws `ClientError` for one that is no http(s) URL, has
 * credentials, a query or a fragment, or is plain http to anything but this machine and the hosts that `allowHttp` names.
 */
export function parseBaseUrl(value = '', server = '', allowHttp: boolean | readonly string[] = false): string {
  const text = value.trim()
  const { protocol = '', hostname = '', host = '' } = URL.canParse(text) ? new URL(text) : {}
  const isNamed = [allowHttp].flat().some((allowed) => [true, hostname, host].includes(allowed))
  const isAllowed = protocol === 'https:' || (protocol === 'http:' && (isNamed || loopback.test(hostname)))
  if (isAllowed && !/[?#@]/.test(text)) return text.replace(/\/+$/, '')
  // Neither credentials nor a query are shown.
  const found = text.replace(/^.*@|[?#].*/gs, '…')
  const hint = protocol === 'http:' && !isAllowed ? `; or set allowHttp: ["${hostname}"]` : ''
  throw new ClientError(
    `baseUrl for server "${server}" must be https (http only to localhost), without credentials, query or fragment; found "${found}"${hint}`,
  )
}

const loopback = /^((.+\.)?localhost|127\.[\d.]+|\[::1\])$/
