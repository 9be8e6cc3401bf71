import { type Content, listOperations, type OpenApiDocument, resolve, type Schema } from './document.ts'
import { readAt } from './pointer.ts'

/** The codes of errors that a document knows: its `x-` fields, the enums of its error bodies, and their examples. */
export function findErrorCodes(document: OpenApiDocument): string[] {
  const codes = new Set(Object.values(document['x-error-codes'] ?? {}))
  collectMarks(document, codes)
  for (const { operation } of listOperations(document)) {
    for (const [status, response] of Object.entries(operation.responses ?? {})) {
      if (!/^[12]/.test(status)) for (const code of codesOf(document, resolve(document, response))) codes.add(code)
    }
  }
  return [...codes].filter((code) => /^[\w.-]+$/.test(code)).sort()
}

/** `x-error-code`, wherever it stands. */
function collectMarks(value: unknown, into: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, child] of Object.entries(value)) {
    if (key === 'x-error-code' && typeof child === 'string') into.add(child)
    collectMarks(child, into)
  }
}

function codesOf(document: OpenApiDocument, { content = {} }: Content): string[] {
  return Object.values(content).flatMap(({ schema, example, examples = {} }) => {
    const values = [example, ...Object.values(examples).map((one) => resolve(document, one).value)]
    return [...values.flatMap(codesInBody), ...codesInSchema(document, schema)]
  })
}

/** The code that an error's body holds, in an envelope or without one; at most one in practice. */
export const codesInBody = (body: unknown): string[] =>
  [readAt(body, ['code']), readAt(body, ['error', 'code'])].filter((code) => typeof code === 'string')

/** The codes that an error's schema lists, in an envelope or without one. */
export function codesInSchema(document: OpenApiDocument, schema: Schema | undefined): string[] {
  const body = schema && resolve(document, schema)
  const inner = body?.properties?.error && resolve(document, body.properties.error)
  const codes = [body, inner].flatMap((one) => {
    const code = one?.properties?.code && resolve(document, one.properties.code)
    return code?.enum ?? []
  })
  return codes.filter((code) => typeof code === 'string')
}
