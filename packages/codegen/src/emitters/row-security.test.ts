import { expect, test } from 'vitest'
import { listOperations, type OpenApiDocument, type Operation } from '../spec/document.ts'
import { emitOperations } from './operations.ts'
import { readSecurity } from './row-security.ts'

const securitySchemes = {
  token: { type: 'http', scheme: 'Bearer' },
  login: { type: 'oauth2', flows: {} },
  basic: { type: 'http', scheme: 'BASIC' },
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  query: { $ref: '#/components/securitySchemes/real' },
  real: { type: 'apiKey', in: 'query', name: 'api_key' },
  certificate: { type: 'mutualTLS' },
}

const emit = (document: OpenApiDocument) =>
  emitOperations({ path: 'a.ts', types: './schema.ts' })(document, { source: 'a.yaml' })[0]?.text

const documentOf = (operations: Operation[], top: Partial<OpenApiDocument> = {}): OpenApiDocument => ({
  openapi: '3.1.0',
  paths: Object.fromEntries(operations.map((operation, index) => [`/${index}`, { get: operation }])),
  components: { securitySchemes },
  ...top,
})

/** What the rows say of keys, and the schemes that they name. */
function securityOf(operations: Operation[], top?: Partial<OpenApiDocument>) {
  const document = documentOf(operations, top)
  const security = readSecurity(document)
  return [listOperations(document).map((entry) => security.of(entry)), Object.keys(security.schemes)]
}

test.each<[string, Operation[], Partial<OpenApiDocument>, unknown[], string[]]>([
  ['a bearer token is the default', [{}], { security: [{ token: ['ROLE'] }] }, [undefined], ['token']],
  ['so is one of OAuth', [{}], { security: [{ login: [] }] }, [undefined], ['login']],
  ['so is either', [{ security: [{ token: [] }, { login: [] }] }], {}, [undefined], ['token', 'login']],
  ['so is one that may be left out', [{ security: [{}, { token: [] }] }], {}, [undefined], ['token']],
  ['no key is told', [{ security: [] }, {}], { security: [{ token: [] }] }, [[], undefined], ['token']],
  ['nor is one that is needed nowhere', [{}], {}, [[]], []],
  ['nor is a certificate of the connection', [{}], { security: [{ certificate: [] }] }, [[]], []],
  ['another scheme is told', [{}], { security: [{ key: [] }] }, [[['key']]], ['key']],
  [
    'alternatives are told',
    [{ security: [{ basic: [] }, { token: [] }] }],
    {},
    [[['basic'], ['token']]],
    ['token', 'basic'],
  ],
  ['what goes together is told', [{ security: [{ key: [], query: [] }] }], {}, [[['key', 'query']]], ['key', 'query']],
  ['so is that none will do', [{ security: [{ key: [] }, {}] }], {}, [[['key'], []]], ['key']],
  [
    'which of several bearer tokens is told beside other schemes',
    [{ security: [{ login: [] }] }, { security: [{ token: [] }] }, { security: [{ key: [] }] }],
    {},
    [[['login']], [['token']], [['key']]],
    ['token', 'login', 'key'],
  ],
])('%s', (_, operations, top, want, schemes) => {
  expect(securityOf(operations, top)).toEqual([want, schemes])
})

test('a document that never speaks of keys leaves them to the caller', () => {
  expect(securityOf([{}], { components: {} })).toEqual([[undefined], []])
})

test('schemes are told by what a request carries', () => {
  const all = Object.keys(securitySchemes).map((name) => ({ [name]: [] }))
  expect(readSecurity(documentOf([{ security: all }])).schemes).toEqual({
    token: { type: 'http', scheme: 'bearer' },
    login: { type: 'http', scheme: 'bearer' },
    basic: { type: 'http', scheme: 'basic' },
    key: { type: 'apiKey', in: 'header', name: 'X-Key' },
    query: { type: 'apiKey', in: 'query', name: 'api_key' },
    real: { type: 'apiKey', in: 'query', name: 'api_key' },
  })
})

test('a parameter that carries a key is marked, so that its value shows up nowhere', () => {
  const parameters: Operation['parameters'] = [
    { name: 'x-key', in: 'header' },
    { name: 'api_key', in: 'query' },
    { name: 'api_key', in: 'header' },
    { name: 'Authorization', in: 'header' },
  ]
  const document = documentOf([{ parameters, security: [{ token: [] }] }])
  expect(emit(document)).toContain("pii: ['header.x-key', 'query.api_key', 'header.Authorization']")
})

test('the type of the table tells the schemes, unless the document never speaks of any', () => {
  expect(emit(documentOf([{}]))).toContain('errorCode: ErrorCode; securitySchemes: typeof securitySchemes }')
  expect(emit(documentOf([{}], { components: {} }))).toContain('errorCode: ErrorCode }')
})
