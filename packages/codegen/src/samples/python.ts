import { literal } from '../spec/literal.ts'
import { fileContent, fileName } from './file.ts'
import type { FormField } from './form-fields.ts'
import { group, inBraces, layOut, type Syntax } from './layout.ts'
import type { SampleAnswer } from './sample-answer.ts'
import type { SampleBody } from './sample-body.ts'
import type { SampleRequest } from './sample-request.ts'

/** A request as a program in Python that uses `requests`. */
export function writePython(request: SampleRequest): string {
  const { method, url, keys, answer } = request
  const imports = keys.byScheme.length > 0 ? 'import os\n\n' : ''
  const values: Argument[] = [
    ['', text(url)],
    ...writeKeys(request),
    ...writeHeaders(request),
    ...(request.body ? writeBody(request.body) : []),
    // There is none by default.
    ...(answer === 'events' ? [['stream=', 'True'] as const] : []),
    ['timeout=', '30'],
  ]
  const call = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(method) ? `requests.${method.toLowerCase()}` : ''
  const lines = values.map(([start, value]) => start + value)
  return `${imports}import requests

response = ${call}${group(lines, '()', { indent: 0, step: 4, trailing: ',' })}
response.raise_for_status()
${answers[answer]}`
}

type Argument = readonly [start: string, value: string]

const answers: Readonly<Record<SampleAnswer, string>> = {
  json: 'print(response.json())',
  text: 'print(response.text)',
  bytes: "print(len(response.content), 'bytes')",
  events: 'for line in response.iter_lines(decode_unicode=True):\n    print(line)',
  none: 'print(response.status_code)',
}

const text = (value: string) => literal(value)

const words: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' }

const syntax: Syntax = {
  plain: (value) => words[String(value)] ?? String(value),
  text,
  key: (name) => `${text(name)}: `,
  gap: '',
  trailing: ',',
  file: text(fileContent),
}

const variable = (name: string) => `os.environ['${name}']`

function writeKeys({ keys }: SampleRequest): Argument[] {
  const queries = keys.byScheme.flatMap(([, key]) =>
    key.in === 'query' ? [`${text(key.name)}: ${variable(key.variable)}`] : [],
  )
  const basic = keys.byScheme.flatMap(([, key]): Argument[] =>
    key.in === 'basic' ? [['auth=', `(${variable(key.username)}, ${variable(key.password)})`]] : [],
  )
  return [...(queries.length > 0 ? [['params=', dictionary(queries)] as const] : []), ...basic]
}

function writeHeaders({ headers, cookies, keys, body }: SampleRequest): Argument[] {
  const secret = keys.byScheme.flatMap(([, key]) => {
    if (key.in !== 'header') return []
    const value = key.prefix === '' ? variable(key.variable) : `f"${formatted(key.prefix)}{${variable(key.variable)}}"`
    return [`${text(key.name)}: ${value}`]
  })
  const jar = keys.byScheme.flatMap(([, key]) =>
    key.in === 'cookie' ? [`${formatted(key.name)}={${variable(key.variable)}}`] : [],
  )
  const all = [...(cookies ? [jar.length > 0 ? formatted(cookies) : cookies] : []), ...jar].join('; ')
  const cookie = all === '' ? [] : [`'Cookie': ${jar.length > 0 ? `f"${all}"` : text(all)}`]
  const fields = [
    ...secret,
    ...cookie,
    ...[...headers, ...typeOf(body)].map(([name, value]) => `${text(name)}: ${text(value)}`),
  ]
  return fields.length > 0 ? [['headers=', dictionary(fields)]] : []
}

/** The media type, where `requests` does not say it by itself. */
const typeOf = (body?: SampleBody) =>
  body && body.type !== 'application/json' && !/^(urlencoded|multipart)$/.test(body.kind)
    ? [['Content-Type', body.type] as const]
    : []

const dictionary = (fields: readonly string[]) => inBraces(fields, '', { indent: 4, used: 14, step: 4 })

/** Text between the quotes of an f-string. */
const formatted = (given: string) => JSON.stringify(given).slice(1, -1).replace(/[{}]/g, '$&$&')

function writeBody(body: SampleBody): Argument[] {
  const place = { indent: 4, used: 11, step: 4 }
  if (body.kind === 'json') return [['json=', layOut(body.value, syntax, place)]]
  if (body.kind === 'urlencoded') return [['data=', writeFields(body.fields)]]
  if (body.kind === 'bytes') return [['data=', `b${text(String(body.value))}`]]
  if (body.kind !== 'multipart') return [['data=', `${text(String(body.value))}.encode()`]]
  const parts = body.fields.map(({ name, value, type }) => {
    const content = typeof value === 'symbol' ? [text(fileName), `b${text(fileContent)}`] : ['None', text(value)]
    return `(${text(name)}, (${[...content, ...(type ? [text(type)] : [])].join(', ')}))`
  })
  return [['files=', group(parts, '[]', { ...place, trailing: ',' })]]
}

function writeFields(fields: readonly FormField[]): string {
  const names = new Set(fields.map(({ name }) => name))
  const isTold = names.size === fields.length
  const pairs = fields.map(({ name, value }) =>
    isTold ? `${text(name)}: ${text(String(value))}` : `(${text(name)}, ${text(String(value))})`,
  )
  return isTold ? dictionary(pairs) : group(pairs, '[]', { indent: 4, step: 4, trailing: ',' })
}
