import { type OpenApiDocument, type OperationEntry, resolve } from 'codegen/document'

/** What a request says, however its sender has written it. */
export interface SentRequest {
  method: string | undefined
  path: string
  query: string[]
  headers: Record<string, string>
  body: unknown
}

/** Headers that say who sends, how, and when: nothing that an API asks for. */
const ofSenders =
  /^(accept.*|connection|content-length|content-type|host|priority|proxy-connection|sec-.*|traceparent|transfer-encoding|user-agent)$/

/** Reads what a request says. */
export async function readRequest(url: string, init: RequestInit): Promise<SentRequest> {
  const { pathname, searchParams } = new URL(url)
  const headers = [...new Headers(init.headers)].filter(([name]) => !ofSenders.test(name))
  return {
    method: init.method,
    path: pathname,
    query: [...searchParams].map((pair) => pair.join('=')).sort(),
    headers: Object.fromEntries(headers),
    body: init.body ? await readBody(url, init) : undefined,
  }
}

async function readBody(url: string, init: RequestInit): Promise<unknown> {
  const request = new Request(url, init)
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';')
  if (/json$/.test(type)) return [type, await request.json()]
  if (!/form/.test(type)) return [type, await request.text()]
  const fields = [...(await request.formData())]
  const told = fields.map(async ([name, value]) => [name, typeof value === 'string' ? value : await value.text()])
  return [type, await Promise.all(told)]
}

/** An answer of the kind that is documented as the success of an operation. */
export function answerFor(spec: OpenApiDocument, { operation }: OperationEntry): Response {
  const [status = ''] = Object.keys(operation.responses ?? {}).filter((one) => /^(2|default)/.test(one))
  const response = operation.responses?.[status]
  const [type] = Object.keys((response && resolve(spec, response).content) ?? {})
  return type === undefined
    ? new Response(null, { status: 204 })
    : new Response(/json/.test(type) ? '{"data":{"x":1}}' : 'Hello', { headers: { 'content-type': type } })
}
