import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { methods } from '../src/resources/methods.ts'

type Response = { $ref?: string; content?: Record<string, { examples?: Record<string, { value?: unknown }> }> }
type Operation = { operationId: string; description: string; responses: Record<string, Response> }

const spec = parse(readFileSync(new URL('../../../openapi/minimo.yaml', import.meta.url), 'utf8'))
const operations = new Map<string, Operation>(
  Object.values<object>(spec.paths)
    .flatMap((item) => Object.values<Operation>({ ...item }))
    .map((operation) => [operation.operationId, operation]),
)

/** What the spec says of an operation, with the client's methods in the place of other operations. */
export function describeOperation(id: string): string {
  const named: Readonly<Record<string, readonly string[]>> = methods
  const description = operations.get(id)?.description ?? ''
  return description.replace(/\b[a-z]+[A-Z]\w+\b/g, (word) => (named[word] ? `\`${named[word][0]}\`` : word))
}

/** What an operation is refused with, beside 401 and 429, which all may be; empty where there is nothing. */
export function describeErrors(id: string): string {
  const statuses = Object.entries(operations.get(id)?.responses ?? {}).filter(([status]) => /^4(?!01|29)/.test(status))
  const told = statuses.map(([status, response]) => {
    const codes = codesOf(response)
    const own = codes.length > 0 ? codes : [spec['x-error-codes'][status]]
    return `${status} ${own.map((code) => `\`${code}\``).join(' ')}`
  })
  return told.length > 0 ? `Rejects with \`ApiError\` ${told.join(', ')}.` : ''
}

function codesOf({ $ref, content = {} }: Response): string[] {
  if ($ref) return codesOf(spec.components.responses[$ref.split('/').at(-1) ?? ''])
  const examples = Object.values(content).flatMap((media) => Object.values(media.examples ?? {}))
  const codes = examples.map(({ value }) => Reflect.get(Object(Reflect.get(Object(value), 'error')), 'code'))
  return [...new Set(codes.filter((code) => typeof code === 'string'))]
}
