import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApiClient, createAuthenticator, type OperationTable, writeParameters } from '@minimo/client/core'
import { emitOperations } from 'codegen'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Prism, startPrism } from './prism.ts'

// Whether requests are what a description says is judged by Prism, which reads the description by itself.

const text = { type: 'string', enum: ['a b', 'c&d', 'e/f', 'g=h?', 'ü'] }
const list = { type: 'array', items: text, minItems: 3, maxItems: 3 }
const object = {
  type: 'object',
  required: ['red', 'green'],
  properties: { red: { type: 'integer' }, green: text },
  additionalProperties: false,
}
const deep = {
  type: 'object',
  required: ['status', 'tags', 'made'],
  properties: {
    status: text,
    tags: list,
    made: { type: 'object', required: ['gte'], properties: { gte: { type: 'integer' } } },
  },
}

interface Case {
  /** The parameter. */
  parameter: { in: string; [field: string]: unknown }
  schema: object
  value: unknown
}

const values = [
  { schema: text, value: 'a b' },
  { schema: list, value: ['c&d', 'e/f', 'g=h?'] },
  { schema: object, value: { red: 1, green: 'c&d' } },
]
const every = (place: string, style: string, shapes = values): Case[] =>
  [true, false].flatMap((explode) => shapes.map((shape) => ({ parameter: { in: place, style, explode }, ...shape })))

const [texts, lists] = values
const cases: Case[] = [
  // On lists and objects in a path Prism ends with an error of its own.
  ...every('path', 'simple', texts ? [texts] : []),
  ...every('query', 'form'),
  // It takes spaceDelimited apart at the characters `%20`, after it has decoded them.
  ...every('query', 'pipeDelimited', lists ? [lists] : []),
  ...every('header', 'simple'),
  {
    parameter: { in: 'query', style: 'deepObject', explode: true },
    schema: deep,
    value: { status: 'c&d', tags: ['a b', 'c&d', 'e/f'], made: { gte: 1 } },
  },
  { parameter: { in: 'query', allowReserved: true }, schema: text, value: 'e/f' },
]

const schemes = {
  token: { type: 'http', scheme: 'bearer' },
  login: { type: 'http', scheme: 'basic' },
  header: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { type: 'apiKey', in: 'query', name: 'api_key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
} as const

const securities: object[][] = [
  ...Object.keys(schemes).map((name) => [{ [name]: [] }]),
  [{ header: [], query: [] }],
  [{ login: [] }, { token: [] }],
  [],
]

const responses = { '204': { description: 'As it should be.' } }
const pathOf = ({ parameter }: Case, index: number) => (parameter.in === 'path' ? `/${index}/{p}` : `/${index}`)
const document = {
  openapi: '3.0.3',
  info: { title: 'Wire', version: '1.0.0' },
  servers: [{ url: 'https://api.example.com' }],
  paths: Object.fromEntries([
    ...cases.map((one, index) => {
      const parameters = [{ name: 'p', required: one.parameter.in === 'path', schema: one.schema, ...one.parameter }]
      return [pathOf(one, index), { get: { operationId: `case${index}`, parameters, responses, security: [] } }]
    }),
    ...securities.map((security, index) => [
      `/secured/${index}`,
      { get: { operationId: `secured${index}`, responses, security } },
    ]),
  ]),
  components: { securitySchemes: schemes },
}

/** A table made in this test: the compiler knows nothing of it. */
type AnyTable = OperationTable & {
  readonly '~types'?: { paths: object; operations: object; securitySchemes: typeof schemes }
}

type Call = (id: string, input?: object) => Promise<{ response: Response }>
let prism: Prism
let call: Call
const folder = mkdtempSync(join(tmpdir(), 'minimo-wire-'))

beforeAll(async () => {
  prism = await startPrism(document)
  const emitted = emitOperations({ path: 'table.ts', types: './schema.ts' })(document as never, { source: 'wire' })
  writeFileSync(join(folder, 'table.ts'), emitted[0]?.text ?? '')
  const { operations, securitySchemes } = await import(join(folder, 'table.ts'))
  const client = createApiClient(operations as AnyTable, {
    baseUrl: prism.url,
    retries: 0,
    timeout: 5_000,
    writeParameters,
    authenticate: createAuthenticator(securitySchemes),
    apiKey: { token: 't', login: { username: 'u', password: 'p' }, header: 'h', query: 'q', cookie: 'c' },
  })
  // What is called is made above, so no type tells it.
  call = client.call as unknown as Call
})

afterAll(async () => {
  await prism.close()
  rmSync(folder, { recursive: true })
})

it.each(cases.map((one, index) => ({ ...one, index })))('Prism reads $value written as $parameter', async (one) => {
  const { parameter, value, index } = one
  const { response } = await call(`case${index}`, { [parameter.in]: { p: value } })
  expect(response.status).toBe(204)
})

it.each(securities.map((security, index) => ({ security, index })))(
  'Prism takes the keys of $security',
  async (one) => {
    expect((await call(`secured${one.index}`)).response.status).toBe(204)
  },
)
