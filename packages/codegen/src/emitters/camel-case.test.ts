import { expect, test } from 'vitest'
import { emitCamelCase } from './camel-case.ts'

async function viewsOf(schemas: Record<string, object>): Promise<string> {
  const emit = emitCamelCase({ path: 'camel-case.ts', types: './schema.ts' })
  const [file] = await emit({ openapi: '3.1.0', components: { schemas } }, { source: 'a.yaml' })
  return file?.text.split('\n\n').slice(1).join('\n\n') ?? ''
}

const text = { type: 'string' }

test('a schema with names in snake_case has them in camelCase, with their words, and its types as they are', async () => {
  const Pet = {
    description: 'A pet.',
    required: ['pet_id'],
    properties: {
      pet_id: { ...text, description: 'Its id.' },
      'nick-name': text,
      owned_by: { $ref: '#/components/schemas/Owner' },
      secret: { ...text, writeOnly: true },
    },
  }
  expect(await viewsOf({ Pet, Owner: { description: 'Who owns it.', properties: { id: text } } })).toBe(
    `import type { components } from './schema.ts'

/** A pet. */
export interface Pet {
  /** Its id. */
  petId: components['schemas']['Pet']['pet_id']
  'nick-name'?: Required<components['schemas']['Pet']>['nick-name']
  /** Who owns it. */
  ownedBy?: Required<components['schemas']['Pet']>['owned_by']
}
`,
  )
})

test('names of all parts are names of the whole', async () => {
  const Dog = { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { is_good: { type: 'boolean' } } }] }
  const views = await viewsOf({ Dog, Pet: { required: ['name'], properties: { name: text } } })
  expect(views).toContain(`/** The schema \`Dog\` of the API. */
export interface Dog {
  name: components['schemas']['Dog']['name']
  isGood?: Required<components['schemas']['Dog']>['is_good']
}`)
})

test.each<[string, Record<string, object>]>([
  ['all its names are in camelCase', { Pet: { properties: { petId: text } } }],
  ['it has alternatives, of which each has names of its own', { Pet: { oneOf: [{ properties: { pet_id: text } }] } }],
  ['its name is no name of a type', { 'simple-pet': { properties: { pet_id: text } } }],
])('a schema has no view where %s', async (_, schemas) => {
  expect(await viewsOf(schemas)).toBe('export {}\n')
})
