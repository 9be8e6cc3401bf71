import type { FormEncoding } from './form-fields.ts'

/** What run-time code knows of an operation: a row of the generated table. */
export interface OperationRow {
  /** Upper-case HTTP method. */
  readonly method: string
  /** Path template, such as `/contacts/{id}`. */
  readonly path: string
  /** Key of the server the operation is sent to. */
  readonly server: string
  /** Whether repeating the call by itself is harmless (`safe`) or could create or send twice (`never`). */
  readonly retry: 'safe' | 'never'
  /** The property of a successful body that holds the result. */
  readonly unwrap?: 'data'
  readonly deprecated?: true
  /** Whether every success has a body, so that an empty one is an error. */
  readonly hasResult?: true
  /** Path parameters that must be integers. */
  readonly integers?: readonly string[]
  /** Where the request carries personal data, as dotted paths (`body.email`); `*` is every element. */
  readonly pii?: readonly string[]
  /** Parameters by place and name that need `writeParameters`: all in cookies, and elsewhere what `ParameterStyle` says. */
  readonly styles?: { readonly [Place in ParameterPlace]?: Readonly<Record<string, ParameterStyle>> }
  /** Alternatives of what a key is, each the names of schemes that are needed together; absent: a bearer token. */
  readonly security?: readonly (readonly string[])[]
  /** Media types the body may have, the default first. Absent where there is none, or `application/json` alone. */
  readonly body?: readonly string[]
  /** How properties of forms are written, by media type and name, where the standard's defaults do not hold. */
  readonly encoding?: Readonly<Record<string, Readonly<Record<string, FormEncoding>>>>
  /** Media types of successes that are asked for by default. Absent where that is JSON, and nothing else is promised. */
  readonly answer?: readonly string[]
  /** Further media types of successes, which a call can ask for. */
  readonly alternatives?: readonly string[]
}

/** Where a request carries a parameter. */
export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie'

/** How a parameter is written, where the standard's default for its place does not hold, or the value may be an object. */
export interface ParameterStyle {
  /** As the standard names it; default `form` in queries and cookies, `simple` elsewhere. */
  readonly style?: string | undefined
  /** Whether each item and property stands by itself; default: only under `form`. */
  readonly explode?: boolean
  /** Whether reserved characters such as `/` stay as they are. */
  readonly allowReserved?: boolean
  /** The media type that the value is written in, instead of a style. */
  readonly content?: string
}

/** A row of the table with the operationId it stands under. */
export interface Operation extends OperationRow {
  readonly id: string
}

/** A body as `fetch` takes it. */
export type FetchBody = NonNullable<RequestInit['body']>

/** A request as data. Header names are lower-case. Each attempt is made from it anew. */
export interface ApiRequest extends Omit<RequestInit, 'headers' | 'method' | 'signal'> {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | null
}

/** Header values by name; `null` removes a header that would otherwise be sent. */
export type HeaderValues = Readonly<Record<string, string | null | undefined>>

/** What can be set for one call, or for every call of a client. */
export interface Limits {
  /** Milliseconds one attempt may take, reading the body included. `false`: no limit. Default 30,000. */
  timeout?: number | false | undefined
  /** Milliseconds the whole call may take, with its retries and waits. `false`: no limit. Default 120,000. */
  deadline?: number | false | undefined
  /** How many times a failed attempt may be repeated. Default 2, so three attempts. */
  retries?: number | undefined
  /** Bytes a successful body may have, streams aside; a longer one is an error. `false`: no limit. Default 32 MiB. */
  maxResponseBytes?: number | false | undefined
}

/** A limit as a number: `Infinity` where it is switched off. */
export const boundOf = (limit: number | false): number => (limit === false ? Number.POSITIVE_INFINITY : limit)

/** How a body is read ahead, inside the attempt; a `stream` is not. */
export type ReadAhead = 'text' | 'bytes' | 'stream'

/** Options of one call. They beat those of the client. */
export interface CallOptions extends Limits {
  /** Cancels the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | null | undefined
  /** Headers of this call, over those of the client. */
  headers?: HeaderValues | undefined
  /** Plugins of this call only, inside the client's own: they see every attempt. */
  plugins?: readonly Plugin[] | undefined
}

/** The options of a call after the client's and the defaults have filled the gaps. */
export interface ResolvedOptions {
  readonly timeout: number | false
  readonly deadline: number | false
  readonly retries: number
  readonly maxResponseBytes: number | false
  /** Longest `Retry-After`, in milliseconds, that is waited for. */
  readonly maxRetryAfter: number
  /** Headers as given for this call, `null`s included. */
  readonly headers: HeaderValues
  /** How the body of a success is read. */
  readonly read: (response: Response) => ReadAhead
}

/** What becomes known while a call is under way. */
export interface Progress {
  /** Requests made so far. */
  attempts: number
  /** Values no message may show, such as the key that was sent. */
  readonly secrets: string[]
}

/** What plugins see of a call. To change it, pass a changed copy to `next`. */
export interface Call {
  readonly operation: Operation
  readonly request: ApiRequest
  /** 1 for the first attempt. */
  readonly attempt: number
  readonly options: ResolvedOptions
  /** When the deadline is over, on the clock of `performance.now()`; `Infinity` without a deadline. */
  readonly expires: number
  /** Plugins that stand inside all others and see every attempt: those of the call, and any that outer ones add. */
  readonly plugins: readonly Plugin[]
  /** Shared by all attempts of the call. */
  readonly progress: Progress
}

/** A call with one header more. */
export const withHeader = (call: Call, name: string, value: string): Call => ({
  ...call,
  request: { ...call.request, headers: { ...call.request.headers, [name]: value } },
})

/** Takes a call to its response. */
export type Send = (call: Call) => Promise<Response>

/**
 * Wraps what comes after it. May change the call, call `next` never, once or many times, and change
 * the response. What it throws reaches the caller as it is.
 */
export type Plugin = (next: Send) => Send

/** Chains plugins, the first outermost, around the send that comes last. */
export function compose(plugins: readonly Plugin[], last: Send): Send {
  return plugins.reduceRight((next, plugin) => plugin(next), last)
}

/** Sends a call through the plugins it carries, and through those that they add, to the send that comes last. */
export function sendThroughOwn(last: Send): Send {
  const through: Send = (call) => {
    const [first, ...plugins] = call.plugins
    return first ? first(through)({ ...call, plugins }) : last(call)
  }
  return through
}

/** How messages name an operation: method and path template, never the filled path. */
export const describeOperation = ({ method, path }: OperationRow) => `${method} ${path}`
