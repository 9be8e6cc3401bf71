import { type Call, type Operation, type Plugin, withHeader } from './call.ts'
import { ClientError } from './errors.ts'
import { isRemoved } from './headers.ts'
import { discard, isStream } from './held-response.ts'

/** A credential, or a (async) function that is asked for it on every attempt. */
export type Asked<Credential> = Credential | (() => Credential | Promise<Credential>)

/** An API key, or a function that is asked for it on every attempt. */
export type ApiKey = Asked<string>

/**
 * Sends the key as a bearer token. An `authorization` header set for the client or the call wins;
 * an explicit `null` for the call sends none. On a 401 a key function is asked again, and the call tried once more.
 */
export function auth(apiKey: ApiKey): Plugin {
  if (typeof apiKey === 'string') checkKey(apiKey)
  return signing(
    async (call) => {
      const { operation } = call
      // The description gives such an operation another scheme, or none.
      if (operation.security || isSet(call, 'authorization')) return call
      const key = checkKey(await ask(apiKey, operation), operation)
      call.progress.secrets.push(key)
      return withHeader(call, 'authorization', `Bearer ${key}`)
    },
    typeof apiKey !== 'string',
  )
}

/** Sends what `sign` makes of a call, which is the call itself where it adds nothing. Where it asks, a 401 makes it ask again, once. */
export function signing(sign: (call: Call) => Promise<Call>, isAsking: boolean): Plugin {
  return (next) => async (call) => {
    const signed = await sign(call)
    const response = await next(signed)
    // The key may have been replaced since it was asked for; a stream cannot be sent again.
    if (!isAsking || signed === call || response.status !== 401 || isStream(call.request.body)) return response
    await discard(response)
    return next(await sign(call))
  }
}

/** Whether a header was set for the client or the call, or removed for the call: then no credential takes its place. */
export const isSet = ({ request, options }: Call, header: string): boolean =>
  Boolean(request.headers[header]) || isRemoved(options.headers, header)

/** What a credential is now. */
export async function ask<Credential>(given: Asked<Credential>, operation: Operation): Promise<Credential> {
  try {
    return typeof given === 'function' ? await (given as () => Credential | Promise<Credential>)() : given
  } catch (cause) {
    throw new ClientError('the apiKey function failed', { operation, cause })
  }
}

/** Never prints the key. */
export function checkKey(key: unknown, operation?: Operation): string {
  if (typeof key === 'string' && /^[\x21-\x7e]+$/.test(key)) return key
  throw new ClientError('apiKey must be a non-empty string of visible ASCII', { operation })
}
