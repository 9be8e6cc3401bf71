import { Agent, type Dispatcher } from 'undici'
import { MinimoError } from './core/errors.ts'
import type { Fetch } from './core/transport.ts'

/** A `fetch` over a pool of connections, and the way to close them. */
export interface UndiciFetch {
  /** Hand it to a client as its `fetch`. */
  fetch: Fetch
  /** Waits for requests under way, then closes all connections. */
  close(): Promise<void>
}

/**
 * Makes a `fetch` for bulk work on Node: undici's pool without web streams, several times faster than the
 * global one. Takes undici's `Agent.Options`; `connections` is the number per origin (default 16).
 */
export function createUndiciFetch(options: Agent.Options = {}): UndiciFetch {
  const agent = new Agent({ connections: 16, ...options })
  return {
    async fetch(url, { method = 'GET', headers, body, signal }) {
      const pathStart = url.indexOf('/', url.indexOf('//') + 2)
      const answer = await agent.request({
        origin: pathStart < 0 ? url : url.slice(0, pathStart),
        path: pathStart < 0 ? '/' : url.slice(pathStart),
        // The pipeline hands on upper-case methods, header records, and bodies that undici takes too.
        method: method as Dispatcher.HttpMethod,
        headers: headers as Record<string, string>,
        body: body as string,
        ...(signal && { signal }),
      })
      return toResponse(url, answer)
    },
    close: () => agent.close(),
  }
}

/** What undici answers, as a `Response` without the cost of web streams; they are made for who asks for them. */
function toResponse(url: string, { statusCode: status, headers, body }: Dispatcher.ResponseData): Response {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one] as [string, string]),
  )
  let stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined
  return {
    status,
    statusText: '',
    ok: status >= 200 && status < 300,
    headers: new Headers(pairs),
    redirected: false,
    type: 'basic',
    url,
    get body() {
      stream ??= toStream(body)
      return stream
    },
    get bodyUsed() {
      return body.bodyUsed
    },
    arrayBuffer: () => body.arrayBuffer(),
    blob: () => body.blob() as Promise<Blob>,
    bytes: () => body.bytes() as Promise<Uint8Array<ArrayBuffer>>,
    formData: () => body.formData() as Promise<FormData>,
    json: () => body.json(),
    text: () => body.text(),
    clone: () => {
      throw new MinimoError('a response of undici can be cloned only once its body has been read')
    },
  }
}

/** A web stream over undici's body. Its own closes the connection only once it has been read from. */
function toStream(body: Dispatcher.ResponseData['body']): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = body[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    cancel() {
      body.destroy()
    },
  })
}
