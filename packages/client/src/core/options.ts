import type { ApiKey } from './auth.ts'
import type { CallOptions, HeaderValues, Limits, Operation, Plugin, ResolvedOptions } from './call.ts'
import type { Logger } from './deprecation.ts'
import { ClientError } from './errors.ts'
import type { ParameterWriter, Serializers } from './parameters.ts'
import type { ReadAnswer } from './read-answer.ts'
import type { BodySerializer } from './request.ts'
import type { Authenticator } from './security.ts'
import type { Fetch } from './transport.ts'
import type { WriteBody } from './write-body.ts'
import type { WriteForm } from './write-form.ts'

/** Options of a client over any table. */
export interface ClientOptions<ServerKey extends string = string, Key = ApiKey> extends Limits, Serializers {
  /** Base URL of each server by its key (the generated `servers`), or one for all. */
  baseUrl: string | Readonly<Record<ServerKey, string>>
  /** Sent as a bearer token; as other schemes of the description want it where `authenticate` is given. */
  apiKey?: Key | undefined
  /** Sends `apiKey`: `createAuthenticator(securitySchemes)`, for a table whose rows name schemes. Default: `auth`. */
  authenticate?: Authenticator | undefined
  /** Code of an error whose body names none, by status (the generated `errorCodes`). */
  errorCodes?: Readonly<Record<string, string>> | undefined
  /** Stands in for the global `fetch`. */
  fetch?: Fetch | undefined
  /**
   * Hosts that may be called over plain http besides this machine, or `true` for all: a container in its network, such
   * as `sandbox` for `http://sandbox:4010`. Key and data go there unencrypted. Default: none.
   */
  allowHttp?: boolean | readonly string[] | undefined
  /** Headers of every call; `null` removes one. */
  headers?: HeaderValues | undefined
  /** Where warnings go. Default: the console. */
  logger?: Logger | undefined
  /** Writes parameters as the description says; the exported `writeParameters`, for a table whose rows have `styles`. */
  writeParameters?: ParameterWriter | undefined
  /** Longest `Retry-After`, in milliseconds, that is waited for; a longer one fails at once. Default 60,000. */
  maxRetryAfter?: number | undefined
  /** Name of a header that tells the API how often a call has been repeated. Default: none is sent. */
  retryCountHeader?: string | undefined
  /** Writes every body, as openapi-fetch has it. Default: the media type decides. */
  bodySerializer?: BodySerializer | undefined
  /** Writes bodies that are not JSON alone: `writeBody`. Needed where a row of the table has a `body`. */
  writeBody?: WriteBody | undefined
  /** Writes plain objects as forms: `writeForm`. Needed where a row's `body` lists one. */
  writeForm?: WriteForm | undefined
  /** Reads answers that are not JSON alone: `readAnswer`. Needed where a row of the table has an `answer`. */
  readAnswer?: ReadAnswer | undefined
  /**
   * Plugins outside the built-in ones; or a function from the built-in ones (retry, timeout, auth where
   * there is a key, body reading) to all there shall be. The first is outermost.
   */
  plugins?: readonly Plugin[] | ((builtIn: readonly Plugin[]) => readonly Plugin[]) | undefined
}

/** What holds where neither the client nor the call says otherwise. Times in milliseconds. */
const defaults = {
  timeout: 30_000,
  deadline: 120_000,
  retries: 2,
  maxRetryAfter: 60_000,
  maxResponseBytes: 2 ** 25,
} as const

type Name = keyof typeof defaults

type Checked = Limits & Pick<ClientOptions, 'maxRetryAfter'>

/** Makes what gives the options of a call: its own over the client's over the defaults. Throws as `check` does. */
export function createOptionsResolver(client: Checked) {
  const resolve = (call: Checked & CallOptions = {}) => {
    const limits = (Object.keys(defaults) as Name[]).map((name) => {
      return [name, check(name, call[name]) ?? check(name, client[name]) ?? defaults[name]]
    })
    // Sound because the defaults have each name, with a value of its type.
    return { ...Object.fromEntries(limits), headers: call.headers ?? {} } as Omit<ResolvedOptions, 'read'>
  }
  const usual = resolve()
  return (call?: CallOptions) => (call ? resolve(call) : usual)
}

/** Stands in for an option that only some tables need. Throws `ClientError`, naming it and the operation that needs it. */
export const missingOption = (name: keyof ClientOptions) => (operation: Operation) => {
  throw new ClientError(`needs the option ${name}`, { operation })
}

/** Throws `ClientError`, naming the option, for a time or count that is negative or no number, or a count that is not whole. */
function check(name: Name, value: unknown): unknown {
  const isCount = name === 'retries'
  const isOff = value === false && !isCount && name !== 'maxRetryAfter'
  const isValid = typeof value === 'number' && value >= 0 && (!isCount || Number.isInteger(value))
  if (value === undefined || isOff || isValid) return value
  const expected = `a ${isCount ? 'whole ' : ''}number, 0 or more`
  throw new ClientError(`${name} must be ${expected}; found ${typeof value} ${value}`)
}
