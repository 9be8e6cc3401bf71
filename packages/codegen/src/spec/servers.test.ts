import { expect, test } from 'vitest'
import type { OpenApiDocument, Operation } from './document.ts'
import { createServerKeys, serverUrl } from './servers.ts'

type Servers = Operation['servers']

test.each<[string, { document?: Servers; path?: Servers; operation?: Servers }, string]>([
  ['no server is the root', {}, ''],
  ['the document’s server is used', { document: [{ url: 'https://d.test' }] }, 'https://d.test'],
  [
    'the path’s wins over it',
    { document: [{ url: 'https://d.test' }], path: [{ url: 'https://p.test' }] },
    'https://p.test',
  ],
  [
    'the operation’s wins over both',
    {
      document: [{ url: 'https://d.test' }],
      path: [{ url: 'https://p.test' }],
      operation: [{ url: 'https://o.test' }],
    },
    'https://o.test',
  ],
  [
    'the first of several is used',
    { document: [{ url: 'https://a.test' }, { url: 'https://b.test' }] },
    'https://a.test',
  ],
  ['a closing slash goes', { document: [{ url: 'https://a.test/v1//' }] }, 'https://a.test/v1'],
  [
    'variables take their defaults',
    {
      document: [
        { url: 'https://{region}.a.test:{port}', variables: { region: { default: 'eu' }, port: { default: '8443' } } },
      ],
    },
    'https://eu.a.test:8443',
  ],
  [
    'a variable that is not defined stays',
    { document: [{ url: 'https://{region}.a.test' }] },
    'https://{region}.a.test',
  ],
  ['a relative URL stays relative', { document: [{ url: '/v1/' }] }, '/v1'],
])('%s', (_, { document, path, operation }, want) => {
  const root = { openapi: '3.1.0', ...(document && { servers: document }) }
  const place = { operation: operation ? { servers: operation } : {}, pathItem: path ? { servers: path } : {} }
  expect(serverUrl(root, place)).toBe(want)
})

test.each<[string, string[], Record<string, string>]>([
  ['one host goes by its first label', ['https://api.example.com'], { 'https://api.example.com': 'api' }],
  [
    'two hosts go by theirs, in order of first use',
    ['https://b.example.com', 'https://a.example.com', 'https://b.example.com'],
    { 'https://b.example.com': 'b', 'https://a.example.com': 'a' },
  ],
  [
    'the same label takes whole hosts',
    ['https://api.one.test', 'https://api.two.test:8443'],
    { 'https://api.one.test': 'api.one.test', 'https://api.two.test:8443': 'api.two.test:8443' },
  ],
  [
    'the same host takes whole URLs',
    ['https://api.one.test/v1', 'https://api.one.test/v2'],
    { 'https://api.one.test/v1': 'https://api.one.test/v1', 'https://api.one.test/v2': 'https://api.one.test/v2' },
  ],
  ['a relative URL is the default', ['/v1'], { '/v1': 'default' }],
  ['two relative URLs go by themselves', ['/v1', '/v2'], { '/v1': '/v1', '/v2': '/v2' }],
])('%s', (_, urls, want) => {
  const paths = Object.fromEntries(urls.map((url, index) => [`/${index}`, { get: { servers: [{ url }] } }]))
  const keys = createServerKeys({ openapi: '3.1.0', paths } satisfies OpenApiDocument)
  expect([...keys]).toEqual(Object.entries(want))
})

test('a server that no operation uses has no key', () => {
  const document = { openapi: '3.1.0', servers: [{ url: 'https://unused.test' }], paths: {} }
  expect(createServerKeys(document).size).toBe(0)
})
