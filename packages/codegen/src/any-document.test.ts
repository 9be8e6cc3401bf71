import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeFolder } from '../test/write-folder.ts'
import { diffSpecs } from './diff/diff-specs.ts'
import { emitDocument, emitEntry, emitOperations, emitSchemas, emitTypes } from './index.ts'
import { loadSpec } from './spec/load.ts'
import { SpecError } from './spec/problem.ts'

const emitters = [
  emitTypes({ path: 'a.ts' }),
  emitOperations({ path: 'b.ts', types: './a.ts' }),
  emitSchemas({ path: 'c.ts', operations: './b.ts' }),
  emitEntry({ path: 'd.ts', types: './a.ts', operations: './b.ts' }),
  emitDocument({ path: 'e.yaml' }),
]

const rarely = <T>(usual: fc.Arbitrary<T>, ...others: T[]) =>
  fc.oneof({ weight: 60, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const names = [
  'a',
  'b',
  'a b',
  'a/b',
  'a~b',
  'é',
  '',
  '__proto__',
  'constructor',
  'toString',
  '*/',
  "'",
  '`',
  '%',
  '%41',
  'a%2Fb',
  '#',
]
const name = fc.constantFrom(...names)
const componentNames = ['A', 'B', 'C', '__proto__', 'constructor', '%', 'A%41']
const pointer = (section: string, one: string) => `#/components/${section}/${one.replaceAll('%', '%25')}`
const referenceTo = (section: string) =>
  fc.constantFrom(...componentNames).map((one) => ({ $ref: pointer(section, one) }))

/** Places that may hold something or nothing, and that no spec may refer to. */
const reference = rarely(
  fc.constantFrom(...componentNames).map((one) => pointer('schemas', one)),
  ...['A/properties/a', 'A/allOf/0', 'B/items', 'C/anyOf/0', 'A/properties/%'].map((one) => pointer('schemas', one)),
  ...['#/components/schemas/%', '#/components/schemas/A%2541/properties/%2541'],
  ...['#/paths/~1a~0b/get/parameters/0/schema', '#/components/responses/A/content/a~1b/schema'],
  ...['#', '#/', '#a', '', '.', './b.yaml', '../b.yaml', '/etc', 'spec.yaml', 'spec.yaml#/components/schemas/A', 'A'],
  ...['https://a.test/', 'file:///etc/hosts', 'data:text/plain,a'],
)

const value = fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean(), fc.constant(null))
const few = { maxLength: 2 }

/** Schemas as people write them, and some that nobody should. */
const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(
      {},
      { type: 'string' },
      { type: 'integer' },
      { type: 'object' },
      { enum: ['a', 'b', null] },
    ),
    rarely<unknown>(fc.constant({ type: 'boolean' }), true, false, null, [], 'a'),
    fc.record({ $ref: reference }),
    fc.record({
      type: fc.constant('object'),
      properties: fc.dictionary(name, tie('schema'), { maxKeys: 2 }),
      required: fc.array(name, few),
    }),
    fc.record({ properties: fc.dictionary(name, tie('schema'), { maxKeys: 2 }), additionalProperties: tie('schema') }),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, ...few }) }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, ...few }), nullable: fc.boolean() }),
    fc.record({
      oneOf: fc.array(fc.record({ $ref: reference }), few),
      discriminator: fc.record({ propertyName: name }),
    }),
    fc.record({
      type: fc.constantFrom('string', 'object'),
      readOnly: fc.boolean(),
      writeOnly: fc.boolean(),
      'x-pii': fc.boolean(),
    }),
    fc.record(
      {
        ...{ $ref: reference, type: fc.constantFrom<unknown>('object', ['object', 'null']), not: tie('schema') },
        ...{ prefixItems: fc.array(tie('schema'), few), $anchor: name, $id: name, const: value, default: value },
        ...{ enum: fc.array(value, { maxLength: 3 }), exclusiveMinimum: fc.oneof(fc.boolean(), fc.integer()) },
        ...{ $defs: fc.dictionary(name, tie('schema'), { maxKeys: 1 }), 'x-pii': fc.constantFrom(true, 'a', null) },
      },
      { requiredKeys: [] },
    ),
  ),
}))

const content = fc.dictionary(fc.constantFrom('application/json', 'a/b', 'text/plain'), fc.record({ schema }), {
  maxKeys: 2,
})
const parameter = fc.record({ name, in: fc.constantFrom('query', 'header', 'cookie'), required: fc.boolean(), schema })
const response = fc.record(
  { description: fc.constant('A.'), content, headers: fc.dictionary(name, fc.record({ schema }), { maxKeys: 1 }) },
  { requiredKeys: ['description'] },
)
const operation = fc.record(
  {
    operationId: fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', '', 'a b'),
    tags: fc.array(name, { maxLength: 1 }),
    parameters: fc.array(fc.oneof(parameter, referenceTo('parameters')), { maxLength: 1 }),
    requestBody: fc.record({ content }),
    responses: fc.dictionary(
      fc.constantFrom('200', '2XX', 'default', '204'),
      fc.oneof(response, referenceTo('responses')),
      {
        minKeys: 1,
        maxKeys: 2,
      },
    ),
    servers: fc.array(fc.record({ url: fc.constantFrom('/', 'https://a.test', 'https://{b}.test', '', '://') }), few),
    'x-retry': fc.constantFrom('safe', 'never', 'maybe'),
  },
  { requiredKeys: ['responses'] },
)
const pathItem = fc.oneof(
  { weight: 8, arbitrary: fc.record<object>({ get: operation, post: operation }, { requiredKeys: [] }) },
  fc.record<object>({ $ref: fc.constantFrom('#/paths/~1a~0b', '#/paths/~1b') }),
)

/** Each of the names; as entries, since `__proto__` in an object that is written out is no name. */
const componentsOf = (one: fc.Arbitrary<unknown>) =>
  fc
    .tuple(...componentNames.map(() => one))
    .map((all) => Object.fromEntries(all.map((each, at) => [componentNames[at], each])))
const document = fc.record({
  openapi: fc.constantFrom('3.0.3', '3.1.0', '3.2.0'),
  info: fc.constant({ title: 'T', version: '1' }),
  paths: fc.dictionary(fc.constantFrom('/a~b', '/b', '/b?c=d#e', '/__proto__', '/100%', '/%41#'), pathItem, {
    maxKeys: 2,
  }),
  components: fc.record({
    schemas: componentsOf(schema),
    parameters: componentsOf(parameter),
    responses: componentsOf(response),
  }),
})

// The same documents in each run; `RUNS=9000 SEED=2` looks at others.
test('whatever a small document holds, it is generated from and compared, or told as its fault', async () => {
  const folder = writeFolder({})
  const file = join(folder, 'spec.yaml')
  let sound = 0
  await fc.assert(
    fc.asyncProperty(document, async (given) => {
      writeFileSync(file, JSON.stringify(given))
      const outcome = await loadSpec(file, 'vendor').catch((error: unknown) => error)
      if (outcome instanceof SpecError) return
      if (outcome instanceof Error) throw outcome
      const loaded = await loadSpec(file, 'vendor')
      for (const emit of emitters) await emit(loaded, { source: 'a.yaml' })
      diffSpecs(loaded, structuredClone(loaded), { hasNamespaces: false })
      sound++
    }),
    { numRuns: Number(process.env.RUNS ?? 150), seed: Number(process.env.SEED ?? 1), endOnFailure: true },
  )
  expect(sound).toBeGreaterThan(15)
})
