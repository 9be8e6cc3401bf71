const held: unique symbol = Symbol.for('api-client.held')

/** The body of a response that is in memory. */
export type Content = string | Blob

/** The content of a response made by `holdBody`; `undefined` for any other. */
export const contentOf = (response: Response & { [held]?: Content }): Content | undefined => response[held]

/**
 * The same response with its body in memory, where it can be read any number of times, and no part of it can still fail.
 * The one given is only read from: it is somebody else's, and may be frozen.
 */
export const holdBody = (response: Response, content: Content): Response => {
  const native = (): Response => toNative(response, content)
  return new Proxy(response, {
    get(_, name) {
      if (name === held) return content
      if (name === 'body' || name === 'bodyUsed') return native()[name]
      return readers.includes(name) ? () => native()[name as 'clone' | 'text']() : Reflect.get(response, name)
    },
  })
}

const readers: readonly unknown[] = ['arrayBuffer', 'blob', 'bytes', 'clone', 'formData', 'json', 'text']

function toNative(response: Response, content: Content): Response {
  // What a browser makes of a redirect; no response with its status can be constructed.
  if (response.status === 0) return Response.error()
  const { length, size = length } = content as string & Blob
  // Not even an empty body can go with a 204.
  return new Response(size ? content : null, response)
}

/** Gives up a response that nobody will read, so that its connection is free again. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {})
}

/** Whether a body is a web stream. Some environments have no `ReadableStream` to ask. */
export const isStream = (body: unknown): body is ReadableStream =>
  Boolean((body as Partial<ReadableStream> | null | undefined)?.getReader)
