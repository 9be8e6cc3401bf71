import { key as keyOf, literal } from '../spec/literal.ts'
import { fileContent, fileName } from './file.ts'
import type { FormField } from './form-fields.ts'
import { group, inBraces, layOut, type Syntax } from './layout.ts'
import type { SampleAnswer } from './sample-answer.ts'
import type { SampleBody } from './sample-body.ts'
import type { SampleRequest } from './sample-request.ts'

/** How JavaScript and TypeScript write values. */
export const syntax: Syntax = {
  plain: String,
  text: literal,
  key: (name) => `${keyOf(name)}: `,
  gap: ' ',
  trailing: ',',
  file: `new Blob([${literal(fileContent)}])`,
}

/** A request as a program in JavaScript that uses `fetch`, a module. */
export function writeJavaScript(request: SampleRequest): string {
  const { method, body, answer } = request
  const headers = writeHeaders(request)
  const options = [
    ...(method === 'GET' ? [] : [`method: ${literal(method)}`]),
    ...(headers.length > 0 ? [`headers: ${inBraces(headers, ' ', { indent: 2, used: 12 })}`] : []),
    ...(body ? [`body: ${writeBody(body)}`] : []),
  ]
  const form = body?.kind === 'multipart' ? `${writeForm(body.fields).join('\n')}\n\n` : ''
  const given = options.length > 0 ? `, ${group(options, '{}', { indent: 0, trailing: ',' })}` : ''
  const url = writeUrl(request)
  const isLong = url.length > 60
  const start = `${form}${isLong ? `const url = ${url}\n` : ''}const response = await fetch(`
  return `${start}${isLong ? 'url' : url}${given})
if (!response.ok) throw new Error(\`\${response.status} \${await response.text()}\`)
${answers[answer]}`
}

const answers: Readonly<Record<SampleAnswer, string>> = {
  json: 'console.log(await response.json())',
  text: 'console.log(await response.text())',
  bytes: 'console.log((await response.blob()).size)',
  events: 'for await (const text of response.body.pipeThrough(new TextDecoderStream())) console.log(text)',
  none: 'console.log(response.status)',
}

const variable = (name: string) => `process.env.${name}`

/** Text in a template. */
const templated = (text: string) => text.replace(/[\\`]|\$(?=\{)/g, '\\$&')

function writeUrl({ url, keys }: SampleRequest): string {
  const pairs = keys.byScheme.flatMap(([, key]) =>
    key.in === 'query'
      ? [`${templated(encodeURIComponent(key.name))}=\${encodeURIComponent(${variable(key.variable)})}`]
      : [],
  )
  if (pairs.length === 0) return literal(url)
  return `\`${templated(url)}${url.includes('?') ? '&' : '?'}${pairs.join('&')}\``
}

function writeHeaders({ headers, cookies, keys, body }: SampleRequest): string[] {
  const secret = keys.byScheme.flatMap(([, key]) => {
    if (key.in === 'basic') {
      const pair = `\`\${${variable(key.username)}}:\${${variable(key.password)}}\``
      return [`Authorization: \`Basic \${btoa(${pair})}\``]
    }
    if (key.in !== 'header') return []
    const value =
      key.prefix === '' ? variable(key.variable) : `\`${templated(key.prefix)}\${${variable(key.variable)}}\``
    return [`${keyOf(key.name)}: ${value}`]
  })
  const jar = keys.byScheme.flatMap(([, key]) =>
    key.in === 'cookie' ? [`${templated(key.name)}=\${${variable(key.variable)}}`] : [],
  )
  const all = [...(cookies ? [jar.length > 0 ? templated(cookies) : cookies] : []), ...jar].join('; ')
  const cookie = all === '' ? [] : [`Cookie: ${jar.length > 0 ? `\`${all}\`` : literal(all)}`]
  const type = body && !/^(urlencoded|multipart)$/.test(body.kind) ? [['Content-Type', body.type] as const] : []
  return [...secret, ...cookie, ...[...headers, ...type].map(([name, value]) => `${keyOf(name)}: ${literal(value)}`)]
}

function writeBody(body: SampleBody): string {
  if (body.kind === 'json') return `JSON.stringify(${layOut(body.value, syntax, { indent: 2, used: 26 })})`
  if (body.kind === 'multipart') return 'form'
  if (body.kind === 'urlencoded') {
    const names = new Set(body.fields.map(({ name }) => name))
    const entries = body.fields.map(({ name, value }) => [name, String(value)] as const)
    const init = names.size < entries.length ? entries : Object.fromEntries(entries)
    return `new URLSearchParams(${layOut(init, syntax, { indent: 2, used: 31 })})`
  }
  return literal(body.value)
}

function writeForm(fields: readonly FormField[]): string[] {
  const lines = fields.map(({ name, value, type }) => {
    const options = type ? `, { type: ${literal(type)} }` : ''
    if (typeof value !== 'symbol' && !type) return `form.append(${literal(name)}, ${literal(value)})`
    const [content, label] = typeof value === 'symbol' ? [fileContent, `, ${literal(fileName)}`] : [value, '']
    return `form.append(${literal(name)}, new Blob([${literal(content)}]${options})${label})`
  })
  return ['const form = new FormData()', ...lines]
}
