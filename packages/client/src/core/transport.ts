import type { ApiRequest, Call, Operation, Plugin, Send } from './call.ts'
import { ConnectionError } from './errors.ts'
import { isWhole, makeWhole } from './whole-response.ts'

/** The `fetch` a client uses: a function that answers a URL and its options as `fetch` does. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The end of every pipeline: hands the request to `fetch`. A failure becomes a `ConnectionError`. */
export function createTransport(fetch: Fetch): Send {
  return async ({ operation, request, progress }) => {
    request.signal?.throwIfAborted()
    progress.attempts++
    try {
      return await fetch(request.url, request)
    } catch (cause) {
      throw connectionError('no response', operation, cause, request)
    }
  }
}

/** Reads the body inside the attempt, so that a stall or a reset half-way counts as a failed attempt. */
export const readBody: Plugin = (next) => async (call) => readWhole(await next(call), call)

/** The response with its body in memory; as it is where the caller asked for a stream. */
export async function readWhole(response: Response, { operation, request, options }: Call): Promise<Response> {
  if ((options.read === 'stream' && response.ok) || isWhole(response)) return response
  try {
    const isText = options.read === 'text'
    const body = response.ok ? await (isText ? response.text() : response.arrayBuffer()) : await readStart(response)
    return makeWhole(response, body)
  } catch (cause) {
    throw connectionError('an incomplete response', operation, cause, request)
  }
}

/** Characters of an error's body that are read; what goes on longer is cut, and its stream cancelled. */
const errorLimit = 2 ** 20

async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = ''
  while (reader && text.length < errorLimit) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    text += decoder.decode(value, { stream: true })
  }
  await reader?.cancel()
  return text.slice(0, errorLimit)
}

/** An abort surfaces as its reason, anything else as a `ConnectionError`. */
function connectionError(what: string, operation: Operation, cause: unknown, { url, signal }: ApiRequest): unknown {
  if (signal?.aborted) return signal.reason
  const code = findCode(cause)
  const requestSent = !code || !connectFailures.test(code)
  // The origin only: the rest of the URL may hold personal data.
  const [origin = 'the server'] = /^\w+:\/\/[^/?#@]+/.exec(url) ?? []
  const message = `${what} from ${origin}${code ? ` (${code})` : ''}`
  const isPersonal = !url.endsWith(operation.path) && tells(cause, url.slice(origin.length))
  return new ConnectionError(message, operation, { cause: isPersonal ? new Error(code ?? what) : cause, requestSent })
}

/** An error and the causes behind it, as far as anyone needs to look: a cause may lead back to itself. */
function chain(error: unknown, depth = 5): Record<string, unknown>[] {
  if (typeof error !== 'object' || error === null || depth === 0) return []
  const own = error as Record<string, unknown>
  return [own, ...chain(own.cause, depth - 1)]
}

/** Whether an error, or a cause behind it, repeats a text: some kinds of fetch quote the URL. */
const tells = (error: unknown, text: string) =>
  chain(error).some((link) => Object.getOwnPropertyNames(link).some((name) => String(link[name]).includes(text)))

/** System codes of failures before a connection came about, so that no request was sent. */
const connectFailures = /NOTFOUND|EAI_|REFUSED|UNREACH|CONNECT_/

/** The code of an error, or of the nearest cause that has one. */
const findCode = (error: unknown) =>
  chain(error)
    .map(({ code }) => code)
    .find((code): code is string => typeof code === 'string')
