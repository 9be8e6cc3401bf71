const held = Symbol.for('api-client.held')

/** The body of a response that is in memory. */
export type Content = string | Blob

/** The content of a response made by `holdBody`; `undefined` for any other. */
export const contentOf = (response: Response): Content | undefined => Reflect.get(response, held)

/**
 * The same response with its body in memory, where it can be read any number of times, and no part of it can still fail.
 * The one given is only read from: it is somebody else's, and may be frozen.
 */
export const holdBody = (response: Response, content: Content): Response =>
  new Proxy(response, Object.assign(Object.create(handler), { content }))

const handler: ProxyHandler<Response> & ThisType<{ content: Content }> = {
  get(response, name) {
    const { content } = this
    if (name === held) return content
    if (name === 'bodyUsed') return false
    const native = () => toNative(response, content)
    if (name === 'body') return native().body
    if (name === 'clone') return native
    if (readers.includes(name)) return async () => Reflect.apply(Reflect.get(Response.prototype, name), native(), [])
    return Reflect.get(response, name)
  },
}

const readers: readonly unknown[] = ['arrayBuffer', 'blob', 'bytes', 'formData', 'json', 'text']

function toNative(response: Response, content: Content): Response {
  // What a browser makes of a redirect; no response with its status can be constructed.
  if (response.status === 0) return Response.error()
  // Not even an empty body can go with a 204.
  const isEmpty = content === '' || (content as Blob).size === 0
  return new Response(isEmpty ? null : content, response)
}

/** Gives up a response that nobody will read, so that its connection is free again. */
export async function discard(response: Response): Promise<void> {
  if (contentOf(response) === undefined) await response.body?.cancel().catch(() => {})
}

/** Whether a body is a web stream. Some environments have no `ReadableStream` to ask. */
export const isStream = (body: unknown): body is ReadableStream => body instanceof Object && 'getReader' in body
