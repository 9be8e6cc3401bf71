import { expect, test } from 'vitest'
import type { OpenApiDocument, Operation } from '../spec/document.ts'
import { printTypes } from './print-types.ts'

/** The printed type of a component schema, on one line and without comments. */
function typeOf(name: string, schemas: Record<string, unknown>, rest: Partial<OpenApiDocument> = {}): string {
  return memberOf(printTypes({ openapi: '3.1.0', ...rest, components: { ...rest.components, schemas } }), name)
}

function memberOf(text: string, name: string): string {
  const key = JSON.stringify(name)
  const lines = text.replaceAll(/\/\*\*[\s\S]*?\*\//g, '').split('\n')
  const start = lines.findIndex((line) => line.startsWith(`        ${name}:`) || line.startsWith(`        ${key}:`))
  const end = lines.findIndex((line, index) => index >= start && /^ {8}(\S.*)?;$/.test(line))
  const [, type = ''] =
    /^[^:]*: ([\s\S]*);$/.exec(
      lines
        .slice(start, end + 1)
        .join(' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ) ?? []
  return type
}

const operation = (fields: Operation): NonNullable<OpenApiDocument['paths']> => ({
  '/a': { post: { operationId: 'postA', ...fields } },
})
const json = (schema: object) => ({ content: { 'application/json': { schema } } })
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const text = { type: 'string' }

test.each<[string, object, string]>([
  ['an object of which nothing is said', { type: 'object' }, '{ [key: string]: unknown; }'],
  ['one that may be null', { type: ['object', 'null'] }, '{ [key: string]: unknown; } | null'],
  ['an object that may hold nothing', { type: 'object', additionalProperties: false }, 'Record<string, never>'],
  [
    'a part that only says it is an object',
    { allOf: [ref('Base'), { type: 'object', description: 'Words.' }] },
    base(),
  ],
  ['a part that only requires', { allOf: [ref('Base'), { required: ['a'] }] }, `WithRequired<${base()}, "a">`],
  [
    'what requires of what may be null',
    { allOf: [ref('Null')], required: ['a'] },
    `WithRequired<${base('Null')}, "a">`,
  ],
  [
    'what stands beside a reference',
    { ...ref('Base'), properties: { b: text }, required: ['b', 'a'] },
    `{ b: string; } & WithRequired<${base()}, "a">`,
  ],
  ['words beside a reference', { ...ref('Base'), description: 'Words.' }, base()],
  [
    'first items, then others',
    { type: 'array', prefixItems: [text], items: { type: 'integer' } },
    '[ string, ...number[] ]',
  ],
  ['first items, then anything', { prefixItems: [text] }, '[ string, ...unknown[] ]'],
  ['first items alone', { type: 'array', prefixItems: [text], items: false }, '[ string ]'],
  ['first items, or null', { type: ['array', 'null'], prefixItems: [text] }, '[ string, ...unknown[] ] | null'],
  ['items without a type', { items: text }, 'string[]'],
  ['anything', true as unknown as object, 'unknown'],
  ['nothing', false as unknown as object, 'never'],
  [
    'truth values as parts',
    { allOf: [true, ref('Base'), { properties: { b: true, c: false } }] },
    `${base()} & { b?: unknown; c?: never; }`,
  ],
  ['texts listed for an object', { type: 'object', enum: ['a'], properties: { a: text } }, '{ a?: string; }'],
  ['a constant null', { const: null }, 'null'],
  [
    'alternatives beside properties',
    { type: 'object', properties: { a: text, b: text }, anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    '{ a?: string; b?: string; } & ({ a: string; } | { b: string; })',
  ],
  ['null among alternatives of an object', { type: ['object', 'null'], oneOf: [ref('Base')] }, `${base()} | null`],
  [
    'further properties',
    { properties: { a: text }, additionalProperties: { type: 'integer' } },
    '{ a?: string; } & { [key: string]: number; }',
  ],
])('%s has its own type', (_, schema, want) => {
  const schemas = {
    Base: { type: 'object', properties: { a: text } },
    Null: { type: ['object', 'null'], properties: { a: text } },
  }
  expect(typeOf('It', { ...schemas, It: schema })).toBe(want)
})

function base(name = 'Base'): string {
  return `components["schemas"]["${name}"]`
}

test('before 3.1, what stands beside a reference has no meaning', () => {
  const It = { ...ref('Base'), properties: { b: text } }
  expect(typeOf('It', { Base: text, It }, { openapi: '3.0.3' })).toBe(base())
})

test('a schema that is referred to where it stands has its type under its pointer', () => {
  const list = {
    type: 'object',
    properties: { a: { type: 'array', items: { type: 'object', properties: { b: text } } } },
  }
  const schemas = {
    List: list,
    Item: { $ref: '#/components/schemas/List/properties/a/items' },
    Answer: { $ref: '#/paths/~1a/post/responses/200/content/application~1json/schema' },
    Id: { $ref: '#/components/parameters/Id/schema' },
  }
  const rest = {
    paths: operation({ responses: { '200': json({ type: 'integer' }) } }),
    components: { parameters: { Id: { name: 'id', in: 'query', schema: text } } },
  }
  const at = (name: string) =>
    [typeOf(name, schemas, rest)].map((type) => type.slice('components["schemas"]["'.length, -2))
  expect(at('Item')).toEqual(['List/properties/a/items'])
  expect([...at('Item'), ...at('Answer'), ...at('Id')].map((name) => typeOf(name, schemas, rest))).toEqual([
    '{ b?: string; }',
    'number',
    'string',
  ])
})

test('parameters, bodies and answers may be referred to wherever they stand', () => {
  const paths = {
    '/a': {
      get: {
        operationId: 'getA',
        parameters: [{ name: 'q', in: 'query' as const, schema: text }],
        responses: { '200': json(text) },
      },
      post: {
        operationId: 'postA',
        parameters: [{ $ref: '#/paths/~1a/get/parameters/0' } as never],
        responses: { '200': { $ref: '#/components/responses/Again' } },
      },
    },
  }
  const components = { responses: { Again: { $ref: '#/paths/~1a/get/responses/200' } } }
  const printed = printTypes({ openapi: '3.1.0', paths, components })
  const [, post = ''] = printed.split('    postA: {')
  expect(post).toContain('q?: string;')
  expect(post).toContain('200: components["responses"]["Again"];')
  expect(printed).toMatch(/Again: \{[\s\S]*?"application\/json": string;/)
})

test('a request need not and cannot have what is only read, an answer has nothing that is only written', () => {
  const Widget = {
    type: 'object',
    required: ['id', 'name', 'secret'],
    properties: {
      id: { type: 'integer', readOnly: true },
      name: text,
      secret: { type: 'string', writeOnly: true },
      parts: { type: 'array', items: ref('Widget') },
    },
  }
  const paths = operation({
    requestBody: json(ref('Widget')),
    responses: { '200': json({ type: 'array', items: ref('Widget') }) },
  })
  const printed = printTypes({ openapi: '3.1.0', paths, components: { schemas: { Widget } } })
  const parts = (name: string) => `parts?: components["schemas"]["${name}"][];`
  expect(memberOf(printed, 'Widget')).toBe(`{ readonly id: number; name: string; ${parts('Widget')} }`)
  expect(memberOf(printed, 'WidgetRequest')).toBe(`{ name: string; secret: string; ${parts('WidgetRequest')} }`)
  const [, post = ''] = printed.split('postA: {')
  expect(post).toMatch(
    /requestBody\?: \{\s+content: \{\s+"application\/json": components\["schemas"\]\["WidgetRequest"\];/,
  )
  expect(post).toMatch(/"application\/json": components\["schemas"\]\["Widget"\]\[\];/)
})

test('what no request holds has one type, and the name of another schema is nobody else’s', () => {
  const Read = { type: 'object', properties: { id: { type: 'integer', readOnly: true } } }
  const paths = operation({ requestBody: json(ref('Sent')), responses: { '200': json(ref('Read')) } })
  const schemas = { Read, Sent: { allOf: [ref('Base')] }, Base: Read, BaseRequest: text }
  const printed = printTypes({ openapi: '3.1.0', paths, components: { schemas } })
  expect(printed).not.toContain('ReadRequest')
  expect(memberOf(printed, 'BaseRequest')).toBe('string')
  expect(memberOf(printed, 'SentRequest')).toBe(base('BaseRequest_'))
  expect(memberOf(printed, 'BaseRequest_')).toBe('unknown')
})

test('in a webhook, partners read what the API sends', () => {
  const body = { type: 'object', properties: { id: { type: 'integer', readOnly: true } } }
  const hook = { post: { operationId: 'tell', requestBody: json(body), responses: { '204': {} } } }
  expect(printTypes({ openapi: '3.1.0', webhooks: { hook } })).toContain('readonly id?: number;')
})

test('further properties can be written beside the known ones', () => {
  const schema = {
    type: 'object',
    properties: { total: { type: 'integer' } },
    additionalProperties: { type: 'array', items: text },
  }
  const printed = printTypes({ openapi: '3.1.0', paths: operation({ requestBody: json(schema), responses: {} }) })
  expect(printed.replaceAll(/\s+/g, ' ')).toContain('{ total?: number; } & { [key: string]: string[] | number; }')
})

const told = (value: string) => `{ kind: "${value}"; }`
const Kind = { type: 'object', required: ['kind'], properties: { kind: text } }

test.each<[string, Record<string, unknown>, string]>([
  [
    'the name of an alternative',
    { It: Kind, All: { oneOf: [ref('It')], discriminator: { propertyName: 'kind' } } },
    told('It'),
  ],
  [
    'the value that the mapping has for it',
    {
      It: Kind,
      All: { oneOf: [ref('It')], discriminator: { propertyName: 'kind', mapping: { it: '#/components/schemas/It' } } },
    },
    told('it'),
  ],
  [
    'the value that it lists itself',
    {
      It: { ...Kind, properties: { kind: { type: 'string', enum: ['own'] } } },
      All: { anyOf: [ref('It')], discriminator: { propertyName: 'kind' } },
    },
    told('own'),
  ],
  [
    'the name of what builds on it',
    {
      Whole: { ...Kind, discriminator: { propertyName: 'kind' } },
      It: { allOf: [ref('Whole'), { properties: { a: text } }] },
    },
    `components["schemas"]["Whole"] & { a?: string; } & ${told('It')}`,
  ],
  [
    'the name, and those of what builds on it',
    {
      Whole: { ...Kind, discriminator: { propertyName: 'kind' } },
      It: { allOf: [ref('Whole')] },
      Heir: { allOf: [ref('It')] },
    },
    `components["schemas"]["Whole"] & { kind: "It" | "Heir"; }`,
  ],
  [
    'nothing, where any other value means it',
    { It: Kind, All: { oneOf: [ref('It')], discriminator: { propertyName: 'kind', defaultMapping: 'It' } } },
    '{ kind: string; }',
  ],
  [
    'no circle, where the whole lists what builds on it',
    { Whole: { ...Kind, oneOf: [ref('It')], discriminator: { propertyName: 'kind' } }, It: { allOf: [ref('Whole')] } },
    `{ kind: string; } & ${told('It')}`,
  ],
])('a discriminator means %s', (_, schemas, want) => {
  expect(typeOf('It', schemas)).toBe(want)
})

test('an operation keeps its name, whatever stands in it', () => {
  const answered = { responses: { '200': json(text) } }
  const paths = { '/a': { get: { operationId: 'a#b', ...answered }, put: { operationId: 'a/b "c"', ...answered } } }
  const printed = printTypes({ openapi: '3.1.0', paths })
  expect(printed).toContain('get: operations["a#b"];')
  expect(printed).toContain('    "a#b": {')
  expect(printed).toContain('put: operations["a/b \\"c\\""];')
})

test('a percent sign in a name is one in the types, wherever the name stands', () => {
  const property = {
    type: 'object',
    required: ['50%'],
    properties: { '50%': { type: 'object', properties: { a: text } } },
  }
  const schemas = { 'A%': property, 'B%41': { $ref: '#/components/schemas/A%25/properties/50%25' } }
  const printed = printTypes({
    openapi: '3.1.0',
    paths: {
      '/100%/{%41}': {
        get: {
          operationId: 'get#100%',
          parameters: [{ name: '%41', in: 'path', required: true, schema: { $ref: '#/components/schemas/B%2541' } }],
          responses: { 200: { content: { 'text/x; a=%': { schema: { $ref: '#/components/schemas/A%' } } } } },
        },
      },
    },
    components: { schemas },
  })
  expect(memberOf(printed, 'A%')).toBe('{ "50%": { a?: string; }; }')
  expect(memberOf(printed, 'B%41')).toBe('components["schemas"]["A%/properties/50%"]')
  for (const line of [
    '"/100%/{%41}": {',
    'get: operations["get#100%"];',
    '"get#100%": {',
    '"%41": components["schemas"]["B%41"];',
    '"text/x; a=%": components["schemas"]["A%"];',
  ])
    expect(printed).toContain(line)
})
