import { fileURLToPath } from 'node:url'
import { createConfig, lintFromString, stringifyYaml } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { petstoreFile } from '../../test/fixtures.ts'
import { listOperations, type OpenApiDocument } from '../spec/document.ts'
import { loadSpec } from '../spec/load.ts'
import { makeFragment } from './fragment.ts'

const specs = {
  minimo: fileURLToPath(new URL('../../../../openapi/minimo.yaml', import.meta.url)),
  petstore: petstoreFile,
}

/** What a validator says of a document; it holds OpenAPI's own rules, and refers to nothing that is not there. */
async function problemsOf(document: object): Promise<string[]> {
  const config = await createConfig({ extends: ['spec'], rules: { 'no-unused-components': 'error' } })
  const problems = await lintFromString({ source: stringifyYaml(document, { noRefs: true }), config })
  return problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`)
}

test.each(Object.entries(specs))(
  'a validator accepts the fragment of each operation of %s as a document',
  async (_, file) => {
    const document = await loadSpec(file, 'vendor')
    const entries = listOperations(document)
    expect(entries.length).toBeGreaterThan(4)
    for (const entry of entries)
      expect({ [entry.id]: await problemsOf(makeFragment(document, entry)) }).toEqual({ [entry.id]: [] })
  },
)

test('the validator sees what a fragment lacks, and what it has too much', async () => {
  const document = await loadSpec(specs.minimo, 'vendor')
  const entry = listOperations(document).find(({ id }) => id === 'updateContactById')
  const { components, ...rest } = entry ? makeFragment(document, entry) : {}
  expect(await problemsOf(rest)).toContainEqual(expect.stringMatching(/^no-unresolved-refs/))
  const schemas = { ...Reflect.get(Object(components), 'schemas'), More: { type: 'string' } }
  const swollen = { ...rest, components: { ...Object(components), schemas } }
  expect(await problemsOf(swollen)).toEqual([expect.stringMatching(/^no-unused-components.*More/)])
})

const answer = (schema: object) => ({ '200': { description: 'It.', content: { 'application/json': { schema } } } })

const odd: OpenApiDocument = {
  openapi: '3.1.0',
  info: { title: 'Odd', version: '1' },
  servers: [{ url: 'https://a.test' }],
  security: [{ token: [] }],
  paths: {
    '/a': {
      get: {
        operationId: 'getA',
        parameters: [{ $ref: '#/paths/~1b/get/parameters/0' } as never],
        responses: answer({ $ref: '#/paths/~1b/get/responses/200/content/application~1json/schema' }),
      },
    },
    '/b': {
      get: {
        operationId: 'getB',
        security: [{ token: [], other: [] }],
        parameters: [{ name: 'b', in: 'query', schema: { $ref: '#/components/schemas/B' } }],
        responses: answer({
          type: 'object',
          properties: {
            again: { $ref: '#/paths/~1b/get/responses/200/content/application~1json/schema' },
            kind: { $ref: '#/components/schemas/Kind' },
          },
        }),
      },
    },
  },
  components: {
    schemas: {
      B: { type: 'string' },
      Kind: {
        oneOf: [{ $ref: '#/components/schemas/One' }],
        discriminator: {
          propertyName: 'is',
          mapping: { two: '#/components/schemas/Two', one: '#/components/schemas/One' },
        },
      },
      One: { type: 'object', required: ['is'], properties: { is: { type: 'string' } } },
      Two: { type: 'object', required: ['is'], properties: { is: { type: 'string' } } },
      Unreached: { type: 'string' },
    },
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer' },
      other: { type: 'apiKey', in: 'header', name: 'x-key' },
    },
  },
}

const fragmentOf = (id: string) => {
  const entry = listOperations(odd).find((one) => one.id === id)
  if (!entry) throw new Error(`There is no ${id}`)
  return makeFragment(odd, entry) as unknown as OpenApiDocument
}

test('what stands in the path of another operation is brought along, even if it holds itself', async () => {
  const fragment = fragmentOf('getA')
  expect(Object.keys(fragment.paths ?? {})).toEqual(['/a'])
  expect(Object.keys(fragment.components?.schemas ?? {}).sort()).toEqual(['B', 'Inline', 'Kind', 'One', 'Two'])
  expect(JSON.stringify(fragment)).not.toContain('#/paths')
  const config = await createConfig({ extends: ['spec'] })
  expect(await lintFromString({ source: JSON.stringify(fragment), config })).toEqual([])
})

test('a fragment has the keys that its operation needs, and no others', () => {
  expect(fragmentOf('getA').security).toEqual([{ token: [] }])
  expect(Object.keys(fragmentOf('getA').components?.securitySchemes ?? {})).toEqual(['token'])
  expect(fragmentOf('getB').security).toBeUndefined()
  expect(Object.keys(fragmentOf('getB').components?.securitySchemes ?? {})).toEqual(['token', 'other'])
})

test('links to operations that are not in it, code samples, and advice on others are left out', async () => {
  const document = await loadSpec(specs.minimo, 'vendor')
  for (const entry of listOperations(document)) {
    Object.assign(entry.operation, { 'x-codeSamples': [{ lang: 'Shell', source: 'curl' }] })
    const text = JSON.stringify(makeFragment(document, entry))
    expect(text).not.toMatch(/"links"|x-codeSamples|x-when-to-use/)
  }
})
