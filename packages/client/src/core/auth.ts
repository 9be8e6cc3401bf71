import type { Call, HeaderValues, Operation, Plugin, Send } from './call.ts'
import { MinimoError } from './errors.ts'
import { discard, isStream } from './held-response.ts'

/** An API key, or a function that is asked for it on every attempt. */
export type ApiKey = string | (() => string | Promise<string>)

/**
 * Sends the key as a bearer token. An `authorization` header set for the client or the call wins;
 * an explicit `null` for the call sends none. On a 401 a key function is asked again, and the call tried once more.
 */
export function auth(apiKey: ApiKey): Plugin {
  if (typeof apiKey === 'string') checkKey(apiKey)
  return (next) => (call) => {
    if (call.request.headers.authorization || removesAuthorization(call.options.headers)) return next(call)
    return typeof apiKey === 'string' ? next(withKey(call, apiKey)) : sendAsking(apiKey, call, next)
  }
}

async function sendAsking(apiKey: Exclude<ApiKey, string>, call: Call, next: Send): Promise<Response> {
  const response = await next(withKey(call, await askForKey(apiKey, call.operation)))
  // The key may have been replaced since it was asked for; a stream cannot be sent again.
  if (response.status !== 401 || isStream(call.request.body)) return response
  await discard(response)
  return next(withKey(call, await askForKey(apiKey, call.operation)))
}

function withKey(call: Call, key: string): Call {
  call.progress.secrets.push(key)
  const headers = { ...call.request.headers, authorization: `Bearer ${key}` }
  return { ...call, request: { ...call.request, headers } }
}

const removesAuthorization = (headers: HeaderValues) =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'authorization' && headers[name] === null)

async function askForKey(apiKey: Exclude<ApiKey, string>, operation: Operation): Promise<string> {
  let key: unknown
  try {
    key = await apiKey()
  } catch (cause) {
    throw new MinimoError('the apiKey function failed, so nothing was sent', { operation, cause })
  }
  return checkKey(key, operation)
}

/** Never prints the key. */
function checkKey(key: unknown, operation?: Operation): string {
  if (typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)) return key
  throw new MinimoError('apiKey must be a non-empty string of visible ASCII characters', {
    operation,
  })
}
