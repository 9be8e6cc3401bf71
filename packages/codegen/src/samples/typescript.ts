import { key, literal } from '../spec/literal.ts'
import { syntax } from './javascript.ts'
import { inBraces, layOut, onOneLine, width } from './layout.ts'
import type { SampleBody } from './sample-body.ts'
import type { SampleClient } from './sample-client.ts'
import type { SampleRequest } from './sample-request.ts'
import { file } from './schema-value.ts'

/** A request as a program in TypeScript that uses the API's client. */
export function writeTypeScript(id: string, request: SampleRequest, client: SampleClient): string {
  const { package: name, factory, variable, methods } = client
  const [method] = methods?.[id] ?? []
  const options = methods ? '' : writeOptions(request, client)
  const head = `import { ${factory} } from ${literal(name)}

const ${variable} = ${factory}(${options})

`
  const hasResult = request.answer !== 'none'
  const result = method === undefined ? '{ data }' : 'result'
  const start = `${hasResult ? `const ${result} = ` : ''}await ${variable}.${method ?? 'call'}`
  const values = method === undefined ? listCallArguments(id, request) : listMethodArguments(request)
  const call = start + writeArguments(values, start.length + 2)
  if (!hasResult) return head + call
  const shown = method === undefined ? 'data' : 'result'
  if (request.answer === 'events') {
    return `${head}${call}\nfor await (const text of ${shown}.pipeThrough(new TextDecoderStream())) console.log(text)`
  }
  return `${head}${call}\nconsole.log(${shown}${request.answer === 'bytes' ? '.size' : ''})`
}

const environment = (name: string) => `process.env.${name} ?? ''`

/** Where the API is and what its keys are, for a client that does not know them by itself. */
function writeOptions({ keys, base }: SampleRequest, { baseUrl }: SampleClient): string {
  const indent = keys.isOne ? 2 : 4
  const credentials = keys.byScheme.map(([name, one]) => {
    if (one.in !== 'basic') return [name, environment(one.variable)] as const
    const pair = [`username: ${environment(one.username)}`, `password: ${environment(one.password)}`]
    return [name, inBraces(pair, ' ', { indent, used: indent + name.length + 10 })] as const
  })
  const [first] = credentials
  const named = credentials.map(([name, value]) => `${key(name)}: ${value}`)
  const apiKey = keys.isOne ? first?.[1] : first && inBraces(named, ' ', { indent: 2, used: 11 })
  const options = [
    ...(baseUrl === undefined ? [] : [`baseUrl: ${literal(base)}`]),
    ...(apiKey === undefined ? [] : [`apiKey: ${apiKey}`]),
  ]
  return options.length > 0 ? inBraces(options, ' ', { indent: 0, used: 28 }) : ''
}

/** Bytes come in a `Blob`. */
const clientValue = (body: SampleBody) => (body.kind === 'bytes' ? file : body.value)

function listMethodArguments({ input, body }: SampleRequest): unknown[] {
  const rest = [...input.query, ...input.header, ...input.cookie]
  return [
    ...input.path.map(([, value]) => value),
    ...(body ? [clientValue(body)] : []),
    ...(rest.length > 0 ? [Object.fromEntries(rest)] : []),
  ]
}

function listCallArguments(id: string, { input, body }: SampleRequest): unknown[] {
  const places = Object.entries(input).flatMap(([where, values]) =>
    values.length > 0 ? [[where, Object.fromEntries(values)] as const] : [],
  )
  const fields = {
    ...Object.fromEntries(places),
    ...(body && { body: clientValue(body), ...(!body.isFirst && { contentType: body.type }) }),
  }
  return Object.keys(fields).length > 0 ? [id, fields] : [id]
}

/** On one line where they fit; else the last is broken into lines. */
function writeArguments(values: readonly unknown[], used: number): string {
  const line = values.map((value) => onOneLine(value, syntax)).join(', ')
  if (used + line.length <= width || values.length === 0) return `(${line})`
  const first = values
    .slice(0, -1)
    .map((value) => `${onOneLine(value, syntax)}, `)
    .join('')
  return `(${first}${layOut(values.at(-1), syntax, { indent: 0, used: used + first.length })})`
}
