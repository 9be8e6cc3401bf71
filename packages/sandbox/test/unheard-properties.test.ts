import { type OperationId, operations } from '@minimo/api-types'
import { type JsonSchema, type OperationSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSandbox, demoKey } from '../src/index.ts'
import { resolveSchema } from '../src/validation/resolve-schema.ts'
import { arbitraryValue } from './arbitrary-json.ts'
import { bodySchema, operationIds } from './arbitrary-request.ts'

/** Names and indexes that lead to a value. */
type Path = readonly (string | number)[]

const withBody = operationIds.flatMap((id) => {
  const { body }: OperationSchema = schemas.operations[id]
  return body
    ? [{ id, schema: bodySchema(body), examples: Object.values(body.content['application/json']?.examples ?? {}) }]
    : []
})

test.each(withBody)(
  '$id: what each property of the spec says shows in what is stored or answered',
  async ({ id, schema, examples }) => {
    const unheard: string[] = []
    for (const [name, property] of listProperties(schema, examples)) {
      const values = fc.sample(arbitraryValue(property.schema), { numRuns: 8, seed: 1 })
      if (!(await isHeard(id, examples, { path: property.path, values }))) unheard.push(name)
    }
    expect(
      unheard,
      `the handler of ${id} does nothing with these: store or return them, or take them from the spec`,
    ).toEqual([])
  },
)

test('a property that no handler knows is found', async () => {
  for (const { id, examples } of withBody) {
    for (const example of examples)
      expect(await send(id, put(example, ['nickname'], 'Anna'))).toBe(await send(id, example))
  }
})

/** By its name, each property that can have more than one value, where an example has room for it. */
function listProperties(schema: JsonSchema, examples: readonly unknown[]) {
  const found = new Map<string, { path: Path; schema: JsonSchema }>()
  const visit = (given: JsonSchema, example: unknown, path: Path): void => {
    const { properties, items, anyOf, oneOf, allOf } = resolveSchema(schemas, given)
    for (const part of [anyOf, oneOf, allOf].flat()) if (isSchema(part)) visit(part, example, path)
    if (Array.isArray(example) && isSchema(items)) visit(items, example[0], [...path, 0])
    for (const [name, property] of Object.entries(isSchema(properties) ? properties : {})) {
      if (!isSchema(property)) continue
      const here = [...path, name]
      const { const: only, enum: choices } = resolveSchema(schemas, property)
      const isFixed = only !== undefined || (Array.isArray(choices) && choices.length === 1)
      if (!isFixed) found.set(here.join('.'), { path: here, schema: property })
      visit(property, isSchema(example) ? example[name] : undefined, here)
    }
  }
  for (const example of examples) visit(schema, example, [])
  return found
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether another value at a path makes any difference to an example's outcome. */
async function isHeard(
  id: OperationId,
  examples: readonly unknown[],
  { path, values }: { path: Path; values: unknown[] },
) {
  for (const example of examples) {
    const outcome = await send(id, example)
    for (const value of values) if ((await send(id, put(example, path, value))) !== outcome) return true
  }
  return false
}

/** One that has a place for what the examples of the spec fill in. */
const emailTemplate = { id: 42, name: 'Welcome', subject: 'Welcome {{name}}', html: '<p>Welcome!</p>' }

/** What a body does to a sandbox that has a contact: the answer and all that is stored, without what is drawn by lot. */
async function send(id: OperationId, body: unknown): Promise<string> {
  const sandbox = await createSandbox({ strict: false, now: () => 0, emailTemplates: [emailTemplate] })
  const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
  const call = (method: string, path: string, value: unknown) =>
    sandbox.fetch(`http://sandbox${path}`, { method, headers, body: JSON.stringify(value) })
  await call('POST', operations.upsertContact.path, { email: 'first@example.com' })
  const { method, path } = operations[id]
  const response = await call(method, path.replace('{id}', '1'), body)
  const { tables } = await sandbox.snapshot()
  await sandbox.close()
  const told = [response.status, await response.text(), JSON.stringify(tables)].join('\n')
  return told.replaceAll(/\b[a-z]+_[\da-f-]{20,}/g, 'drawn')
}

/** A copy of a value with another one at a path. */
function put(value: unknown, [key, ...rest]: Path, part: unknown): unknown {
  if (key === undefined) return part
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? put(item, rest, part) : item))
  const own = isSchema(value) ? value : {}
  return { ...own, [key]: put(own[key], rest, part) }
}
