import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { expect, test, vi } from 'vitest'
import { expectedFile, petstoreFile } from '../../test/fixtures.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { emitCamelCase, emitDocument, emitEntry, emitOperations, emitPages, emitSchemas, emitTypes } from '../index.ts'
import type { GeneratedFile } from '../spec/config.ts'
import type { OpenApiDocument, Schema } from '../spec/document.ts'
import { generate } from '../spec/generate.ts'

// The type check is a process of its own.
vi.setConfig({ testTimeout: 60_000 })

const client = { package: '@petstore/api', factory: 'createClient', variable: 'pets' }

const emitters = [
  emitTypes({ path: 'schema.ts' }),
  emitOperations({ path: 'operations.ts', types: './schema.ts' }),
  emitSchemas({ path: 'schemas.ts', operations: './operations.ts' }),
  emitEntry({ path: 'index.ts', types: './schema.ts', operations: './operations.ts' }),
  emitCamelCase({ path: 'camel-case.ts', types: './schema.ts' }),
  emitDocument({ path: 'openapi.yaml', client }),
  emitPages({ path: 'pages', client }),
]

/** What a `petstore.yaml` generates, by paths. */
async function generateFrom(specFile: string): Promise<GeneratedFile[]> {
  const files = await generate([{ name: 'petstore', source: './petstore.yaml', rules: 'vendor', emitters }], specFile)
  return files.map(({ path, text }) => ({ path: relative(dirname(specFile), path), text }))
}

const generatePetstore = () => generateFrom(petstoreFile)

test.each(['schema.ts', 'operations.ts', 'schemas.ts', 'index.ts', 'camel-case.ts', 'openapi.yaml'])(
  'the whole %s is the committed one',
  async (name) => {
    const file = (await generatePetstore()).find(({ path }) => path === name)
    await expect(file?.text).toMatchFileSnapshot(expectedFile(name))
  },
)

test('the pages are the committed ones, and no others are', async () => {
  const pages = (await generatePetstore()).filter(({ path }) => path.startsWith('pages/'))
  for (const { path, text } of pages) await expect(text).toMatchFileSnapshot(expectedFile(path))
  const committed = readdirSync(expectedFile('pages'), { recursive: true, encoding: 'utf8' })
  expect(committed.filter((name) => name.endsWith('.md')).sort()).toEqual(
    pages.map(({ path }) => relative('pages', path)).sort(),
  )
})

test('two runs give the same bytes', async () => {
  expect(await generatePetstore()).toEqual(await generatePetstore())
})

test('the emitted document gives the same types and table as the spec of several files it was bundled from', async () => {
  const bundle = (await generatePetstore()).find(({ path }) => path === 'openapi.yaml')
  const folder = writeFolder({ 'petstore.yaml': bundle?.text ?? '' })
  const again = await generateFrom(join(folder, 'petstore.yaml'))
  expect(again).toEqual(await generatePetstore())
})

test('the output type-checks in the strictest mode', async () => {
  const folder = writeFolder(asRecord(await generatePetstore()))
  expect(typeCheck(folder)).toBe('')
})

test('operations, schemas and properties may be called like what every object has', async () => {
  const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__']
  const ref = (name: string) => `{ schema: { $ref: '#/components/schemas/${name}' } }`
  const paths = names.map((name) => {
    const answer = `{ description: It., content: { application/json: ${ref(name)} } }`
    return `  /${name}: { get: { operationId: ${name}, responses: { '200': ${answer} } } }\n`
  })
  const schemas = names.map((name) => `    ${name}: { type: object, properties: { ${name}: { type: integer } } }\n`)
  const info = 'openapi: 3.1.0\ninfo: { title: Odd, version: 1.0.0 }\n'
  const spec = `${info}paths:\n${paths.join('')}components:\n  schemas:\n${schemas.join('')}`
  const files = asRecord(await generateFrom(join(writeFolder({ 'petstore.yaml': spec }), 'petstore.yaml')))
  const uses = names.map((name, index) => {
    const type = `OperationTypes['${name}']['responses'][200]['content']['application/json']['${name}']`
    return `export const use${index}: [path: '/${name}', value: ${type}] = [operations['${name}'].path, 1]\n`
  })
  const use = `import { operations, type OperationTypes } from './index.ts'
import { schemas } from './schemas.ts'
${uses.join('')}
console.log(JSON.stringify([operations, schemas.operations, schemas.components.schemas].map(Object.keys)))
console.log(Object.values(schemas.components.schemas).flatMap(({ properties }) => Object.keys(properties ?? {})).join())
`
  const folder = writeFolder({ ...files, 'index.ts': `${files['index.ts']}\nimport './use.ts'\n`, 'use.ts': use })
  expect(typeCheck(folder)).toBe('')
  const told = execFileSync(process.execPath, ['use.ts'], { cwd: folder, encoding: 'utf8' })
  expect(told).toBe(`${JSON.stringify([names, names, names])}\n${names.join()}\n`)
})

test('the type check sees the output', async () => {
  const files = asRecord(await generatePetstore())
  const folder = writeFolder({ ...files, 'schema.ts': `${files['schema.ts']}\nexport const broken: string = 1\n` })
  expect(typeCheck(folder)).toMatch(/^schema\.ts\(\d+,14\): error TS2322: Type 'number' is not assignable/)
})

test('a path that ends in .json makes the emitted document JSON', async () => {
  const document: OpenApiDocument = { openapi: '3.1.0', paths: {} }
  expect(await emitDocument({ path: 'openapi.json' })(document, { source: 'a.yaml' })).toEqual([
    { path: 'openapi.json', text: '{\n  "openapi": "3.1.0",\n  "paths": {}\n}\n' },
  ])
})

test.each<[string, Schema, string]>([
  ['an enum', { type: 'string', enum: ['a', 'b'] }, '"a" | "b" | (string & {})'],
  ['a nullable enum of 3.0', { type: 'string', nullable: true, enum: ['a', 'b'] }, '"a" | "b" | null | (string & {})'],
  ['a nullable enum of 3.1', { type: ['string', 'null'], enum: ['a', null] }, '"a" | null | (string & {})'],
  [
    'a nullable enum that lists no null',
    { type: ['string', 'null'], enum: ['a', 'b'] },
    '"a" | "b" | null | (string & {})',
  ],
  [
    'an array of an enum',
    { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
    '("a" | "b" | (string & {}))[]',
  ],
  [
    'a nullable array of an enum',
    { type: 'array', nullable: true, items: { type: 'string', enum: ['a', 'b'] } },
    '("a" | "b" | (string & {}))[] | null',
  ],
  ['an enum of one value', { type: 'string', enum: ['a'] }, '"a"'],
  ['an enum of numbers', { type: 'integer', enum: [1, 2] }, '1 | 2'],
])('%s of a response has the type a partner needs', async (_, field, want) => {
  const [file] = await emitTypes({ path: 'schema.ts' })(answerWith(field), { source: 'a.yaml' })
  expect(file?.text).toContain(`field?: ${want};`)
})

const answerWith = (field: Schema): OpenApiDocument => ({
  openapi: '3.1.0',
  paths: {
    '/a': {
      get: {
        operationId: 'getA',
        responses: {
          '200': { content: { 'application/json': { schema: { type: 'object', properties: { field } } } } },
        },
      },
    },
  },
})

const asRecord = (files: GeneratedFile[]): Record<string, string> => ({
  'package.json': '{ "type": "module" }',
  ...Object.fromEntries(files.map(({ path, text }) => [path, text])),
})

/** What TypeScript says of a folder's index.ts and what it joins; nothing where all is well. */
function typeCheck(folder: string): string {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const options = '--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2022'
  const modules = '--module nodenext --allowImportingTsExtensions --verbatimModuleSyntax --erasableSyntaxOnly'
  const args = [tsc, ...options.split(' '), ...modules.split(' '), 'index.ts', 'schemas.ts', 'camel-case.ts']
  try {
    return execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  } catch (error) {
    return String(Reflect.get(Object(error), 'stdout'))
  }
}
