import { defaultBodySerializer } from 'openapi-fetch'
import type { FetchBody } from './call.ts'
import { ClientError } from './errors.ts'
import { isStream } from './held-response.ts'
import type { WriteBody } from './write-body.ts'

/** Writes bodies as JSON, or as the caller writes them. What `fetch` takes as it is, forms and blobs, brings its own content type. */
export const writeJson: WriteBody = (operation, client) => (input, headersWith) => {
  const { body, bodySerializer = client.bodySerializer ?? defaultBodySerializer } = input
  if (isSendable(body)) return { content: body, headers: headersWith() }
  const headers = headersWith(operation.body?.[0] ?? 'application/json')
  try {
    const content = bodySerializer(body, headers)
    return { content, headers: typeof content === 'string' ? headers : headersWith() }
  } catch (cause) {
    throw new ClientError('the body cannot be written as JSON', { operation, cause })
  }
}

/** Whether `fetch` takes a body as it is. */
function isSendable(body: unknown): body is Exclude<FetchBody, string> | undefined {
  const kinds = [globalThis.FormData, globalThis.Blob, URLSearchParams, ArrayBuffer]
  const isOfKind = () => kinds.some((kind) => kind && body instanceof kind)
  return body === undefined || ArrayBuffer.isView(body) || isStream(body) || isOfKind()
}
