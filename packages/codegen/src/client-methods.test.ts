import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findClientMethods } from './client-methods.ts'
import { listOperations } from './document.ts'
import { loadSpec } from './load.ts'

const client = new URL('../../client/src/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, client), 'utf8')

test('each operation is found with the methods that call it', async () => {
  const spec = fileURLToPath(new URL('../../../openapi/minimo.yaml', import.meta.url))
  const ids = listOperations(await loadSpec(spec, 'house')).map(({ id }) => id)
  const methods = findClientMethods({
    client: read('minimo-client.ts'),
    resources: readdirSync(new URL('resources/', client)).map((name) => read(`resources/${name}`)),
  })
  expect(methods).toMatchObject({
    updateContactById: ['contacts.update'],
    listCustomFields: ['customFields.list', 'customFields.listByCategory'],
    sendEmailTemplate: ['emailTemplates.send'],
  })
  expect(Object.keys(methods).sort()).toEqual(ids.sort())
})

test('a resource that the client does not have, and a method without an operation, are left out', () => {
  const resource = `export interface Tags {
  /** Lists. @see Operation \`listTags\`: GET /tags */
  list(): Promise<void>
  /** Counts. */
  count(): Promise<void>
}
export function createTags() {}`
  expect(findClientMethods({ client: '    tags: createTags(client.call),', resources: [resource] })).toEqual({
    listTags: ['tags.list'],
  })
  expect(findClientMethods({ client: '', resources: [resource] })).toEqual({})
})
