import { fileContent, fileName } from './file.ts'
import type { FormField } from './form-fields.ts'
import type { SampleBody } from './sample-body.ts'
import type { SampleHeader, SampleRequest } from './sample-request.ts'

/** A request as a command of curl, for any shell of the Bourne family. */
export function writeCurl(request: SampleRequest): string {
  const { method, answer, body } = request
  const start = method === 'HEAD' ? 'curl --fail --head' : `curl --fail-with-body --request ${method}`
  const output = answer === 'bytes' ? ['--output answer'] : answer === 'events' ? ['--no-buffer'] : []
  // Brackets and braces are patterns to curl.
  const glob = /[[\]{}]/.test(request.url) ? ['--globoff'] : []
  const options = [
    ...glob,
    `--url ${writeUrl(request)}`,
    ...writeHeaders(request),
    ...(body ? writeBody(body) : []),
    ...output,
  ]
  return [start, ...options].join(' \\\n  ')
}

function writeUrl({ url, keys }: SampleRequest): string {
  const pairs = keys.byScheme.flatMap(([, key]) =>
    key.in === 'query' ? [`${doubleQuoted(encodeURIComponent(key.name))}=$${key.variable}`] : [],
  )
  if (pairs.length === 0) return quoted(url)
  return `"${doubleQuoted(url)}${url.includes('?') ? '&' : '?'}${pairs.join('&')}"`
}

function writeHeaders({ headers, cookies, keys, body }: SampleRequest): string[] {
  const secret = keys.byScheme.flatMap(([, key]) => {
    if (key.in === 'basic') return [`--user "\${${key.username}}:\${${key.password}}"`]
    return key.in === 'header' ? [`--header "${doubleQuoted(`${key.name}: ${key.prefix}`)}$${key.variable}"`] : []
  })
  const jar = keys.byScheme.flatMap(([, key]) =>
    key.in === 'cookie' ? [`${doubleQuoted(key.name)}=$${key.variable}`] : [],
  )
  const all = [...(cookies ? [doubleQuoted(cookies)] : []), ...jar]
  const type: SampleHeader[] = body && !/^(urlencoded|multipart)$/.test(body.kind) ? [['Content-Type', body.type]] : []
  return [
    ...secret,
    ...(all.length > 0 ? [`--header "Cookie: ${all.join('; ')}"`] : []),
    // curl sends no header that ends in its colon.
    ...[...headers, ...type].map(
      ([name, value]) => `--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`,
    ),
  ]
}

function writeBody(body: SampleBody): string[] {
  if (body.kind === 'json') return [`--data ${quoted(JSON.stringify(body.value, null, 2))}`]
  if (body.kind === 'multipart') return body.fields.map(writePart)
  if (body.kind === 'urlencoded') {
    const fields = body.fields.map(
      ({ name, value }) => `--data-urlencode ${quoted(`${encodeURIComponent(name)}=${String(value)}`)}`,
    )
    return fields.length > 0 ? fields : ["--data ''"]
  }
  return [`--data-raw ${quoted(String(body.value))}`]
}

function writePart({ name, value, type }: FormField): string {
  if (typeof value === 'symbol')
    return `--form ${quoted(`${name}=${partQuoted(fileContent)};filename=${fileName};type=${type}`)}`
  if (type === undefined) return `--form-string ${quoted(`${name}=${value}`)}`
  return `--form ${quoted(`${name}=${partQuoted(value)};type=${type}`)}`
}

/** As curl takes a value that may hold its own marks. */
const partQuoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

const doubleQuoted = (text: string) => text.replace(/[\\"$`]/g, '\\$&')
