import { expect, test } from 'vitest'
import { emitEntry } from './entry.ts'

async function aliasesOf(schemas: Record<string, object>): Promise<string> {
  const emit = emitEntry({ path: 'index.ts', types: './schema.ts', operations: './operations.ts' })
  const [file] = await emit({ openapi: '3.1.0', components: { schemas } }, { source: 'a.yaml' })
  return file?.text.split("from './schema.ts'\n").at(-1) ?? ''
}

test('each schema is exported under its own name, with its description', async () => {
  const schemas = { Pet: { description: 'A pet.\n\nIt */ barks.\n' }, owner: {} }
  expect(await aliasesOf(schemas)).toBe(`
/**
 * A pet.
 *
 * It *\\/ barks.
 */
export type Pet = components['schemas']['Pet']

/** The schema \`owner\` of the API. */
export type owner = components['schemas']['owner']
`)
})

test.each([
  'simple-pet',
  'Pet.Owner',
  '3d',
  'a b',
  'class',
  'string',
  'undefined',
  'operations',
  'paths',
  'OperationId',
])('a schema called %s has no name of its own: TypeScript or another export has it', async (name) => {
  expect(await aliasesOf({ [name]: {} })).toBe('')
})
