import { expect, test } from 'vitest'
import { listOperations, type OpenApiDocument, type Operation, type Parameter } from '../spec/document.ts'
import { listSamples, type SampledRequest } from './list-samples.ts'
import type { SampleClient } from './sample-client.ts'

const client: SampleClient = { package: '@acme/api', factory: 'createClient', variable: 'api' }

/** An API of one operation that takes a key. */
const api = (operation: Operation, { path = '/things', method = 'post', schemes = bearer } = {}): OpenApiDocument => ({
  openapi: '3.1.0',
  servers: [{ url: 'https://api.acme.example' }],
  security: [Object.fromEntries(Object.keys(schemes).map((name) => [name, []]))],
  paths: { [path]: { [method]: { operationId: 'doIt', responses: { 204: {} }, ...operation } } },
  components: { securitySchemes: schemes },
})

const bearer: Record<string, object> = { key: { type: 'http', scheme: 'bearer' } }

function sample(document: OpenApiDocument, given: SampleClient = client): SampledRequest[] {
  const [entry] = listOperations(document)
  return entry ? listSamples(document, entry, given) : []
}

/** The programs of a request, by language. */
const sources = (document: OpenApiDocument, given?: SampleClient): Record<string, string> =>
  Object.fromEntries(sample(document, given)[0]?.samples.map(({ lang, source }) => [lang, source]) ?? [])

const json = (media: object): Operation => ({ requestBody: { required: true, content: { 'application/json': media } } })

test('values that each language writes in its own way reach the API as they are', () => {
  const example = { quote: "it's `$HOME` \\", none: null, yes: true, list: [1.5, {}], 'odd-key': '' }
  const { Shell, Python = '', JavaScript = '', TypeScript = '' } = sources(api(json({ example })))
  expect(Shell).toContain(`"quote": "it'\\''s \`$HOME\` \\\\",`)
  const inOne = (source: string) => source.replace(/\s+/g, ' ')
  expect(inOne(Python)).toContain(
    `{ 'quote': 'it\\'s \`$HOME\` \\\\', 'none': None, 'yes': True, 'list': [1.5, {}], 'odd-key': '', }`,
  )
  const literal = `{ quote: 'it\\'s \`$HOME\` \\\\', none: null, yes: true, list: [1.5, {}], 'odd-key': '',`
  expect(inOne(JavaScript)).toContain(`JSON.stringify(${literal}`)
  expect(inOne(TypeScript)).toContain(`body: ${literal}`)
})

test('lines are broken where they get long, and no earlier', () => {
  const words = Array.from({ length: 12 }, (_, index) => `word number ${index}`)
  const programs = sources(api(json({ example: { words, short: { a: 1 } } })))
  expect(Object.values(programs).flatMap((source) => source.split('\n').filter((line) => line.length > 100))).toEqual(
    [],
  )
  expect(programs.JavaScript).toContain('    short: { a: 1 },\n')
  expect(programs.Python).toContain("        'short': {'a': 1},\n")
})

test('each named example of a body is a request of its own, with its summary', () => {
  const examples = { first: { summary: 'The first', value: { a: 1 } }, second: { value: { a: 2 } } }
  const found = sample(api(json({ examples })))
  expect(found.map(({ example, summary }) => [example, summary])).toEqual([
    ['first', 'The first'],
    ['second', undefined],
  ])
  expect(found.map(({ samples }) => samples[0]?.source.match(/"a": (\d)/)?.[1])).toEqual(['1', '2'])
})

const parameter = (place: Parameter['in'], name: string, more: object): Parameter => ({
  name,
  in: place,
  required: true,
  ...more,
})

test('a method takes the values of the path in its order, then the body, then what is left', () => {
  const operation = {
    ...json({ example: { a: 1 } }),
    parameters: [
      parameter('query', 'dry', { example: true }),
      parameter('path', 'second', { example: 2 }),
      parameter('path', 'first', { example: 'a/b' }),
      parameter('query', 'optional', { required: false, example: 'x' }),
    ],
  }
  const document = api(operation, { path: '/{first}/{second}' })
  const methods = { doIt: ['things.do', 'things.doOther'] }
  expect(sources(document, { ...client, methods }).TypeScript).toBe(
    `import { createClient } from '@acme/api'\n\nconst api = createClient()\n\nawait api.things.do('a/b', 2, { a: 1 }, { dry: true })`,
  )
  expect(sources(document).Shell).toContain("--url 'https://api.acme.example/a%2Fb/2?dry=true'")
  expect(sources(document).TypeScript).toContain("const api = createClient({ apiKey: process.env.ACME_API_KEY ?? '' })")
})

const keys: [scheme: object, given: Record<'Shell' | 'Python' | 'JavaScript', string>][] = [
  [
    { type: 'http', scheme: 'bearer' },
    {
      Shell: '--header "Authorization: Bearer $ACME_API_KEY"',
      Python: `headers={'Authorization': f"Bearer {os.environ['ACME_API_KEY']}"}`,
      JavaScript: `Authorization: \`Bearer \${process.env.ACME_API_KEY}\``,
    },
  ],
  [
    { type: 'http', scheme: 'basic' },
    {
      Shell: `--user "\${ACME_USERNAME}:\${ACME_PASSWORD}"`,
      Python: "auth=(os.environ['ACME_USERNAME'], os.environ['ACME_PASSWORD'])",
      JavaScript: `Authorization: \`Basic \${btoa(\`\${process.env.ACME_USERNAME}:\${process.env.ACME_PASSWORD}\`)}\``,
    },
  ],
  [
    { type: 'apiKey', in: 'header', name: 'X-Key' },
    {
      Shell: '--header "X-Key: $ACME_API_KEY"',
      Python: "headers={'X-Key': os.environ['ACME_API_KEY']}",
      JavaScript: "'X-Key': process.env.ACME_API_KEY",
    },
  ],
  [
    { type: 'apiKey', in: 'query', name: 'key' },
    {
      Shell: '--url "https://api.acme.example/things?key=$ACME_API_KEY"',
      Python: "params={'key': os.environ['ACME_API_KEY']}",
      JavaScript: `?key=\${encodeURIComponent(process.env.ACME_API_KEY)}\``,
    },
  ],
  [
    { type: 'apiKey', in: 'cookie', name: 'sid' },
    {
      Shell: '--header "Cookie: sid=$ACME_API_KEY"',
      Python: `'Cookie': f"sid={os.environ['ACME_API_KEY']}"`,
      JavaScript: `Cookie: \`sid=\${process.env.ACME_API_KEY}\``,
    },
  ],
]
test.each(keys)('a key of %o comes from the environment', (scheme, given) => {
  const programs = sources(api({}, { schemes: { key: scheme } }))
  for (const [lang, text] of Object.entries(given)) expect(programs[lang]).toContain(text)
})

test('each of several keys has a variable of its own', () => {
  const schemes = { appKey: { type: 'apiKey', in: 'header', name: 'app' }, token: { type: 'http', scheme: 'bearer' } }
  const { TypeScript } = sources(api({}, { schemes }), { ...client, environment: 'MY' })
  expect(TypeScript).toContain("apiKey: { appKey: process.env.MY_APP_KEY ?? '', token: process.env.MY_TOKEN ?? '' }")
})

const noSample: [what: string, document: OpenApiDocument][] = [
  ['a server whose host is not named', { ...api({}), servers: [{ url: '/v1' }] }],
  ['a scheme in which the server asks', api({}, { schemes: { key: { type: 'http', scheme: 'Digest' } } })],
  ['a method that fetch refuses', api({}, { method: 'trace' })],
  [
    'a body of a syntax that is not given',
    api({ requestBody: { required: true, content: { 'application/xml': {} } } }),
  ],
  ['a value that nothing allows', api(json({ schema: { type: 'string', pattern: '^(?=b)a' } }))],
  ['a body that holds itself', api(json({ schema: { $ref: '#/components/schemas/Node' } }))],
  [
    'a step of a path that leads elsewhere',
    api({ parameters: [parameter('path', 'id', { example: '..' })] }, { path: '/{id}' }),
  ],
]
test.each(noSample)('there is no sample rather than a wrong one for %s', (_, document) => {
  const required = ['child']
  const schemas = { Node: { type: 'object', required, properties: { child: { $ref: '#/components/schemas/Node' } } } }
  expect(sample({ ...document, components: { ...document.components, schemas } })).toEqual([])
})

test('a base URL of the config takes the place of the host that a description does not name', () => {
  const programs = sources({ ...api({}), servers: [{ url: '/v1' }] }, { ...client, baseUrl: 'https://acme.example/' })
  expect(programs.Python).toContain("'https://acme.example/v1/things'")
  expect(programs.TypeScript).toContain("baseUrl: 'https://acme.example/v1'")
})
