import type { JsonSchema, OperationSchema } from '@minimo/api-types/schemas'
import { expect, it } from 'vitest'
import { createInputMaker } from './make-input.ts'

/** What is made as the body of an operation, for some seeds. */
function bodiesOf(schema: JsonSchema, { type = 'application/json', schemas = {} } = {}): unknown[] {
  const body = { required: true, content: { [type]: { schema, examples: {} } } }
  const operation: OperationSchema = { parameters: [], body, responses: {}, security: [] }
  const make = createInputMaker({ components: { schemas }, operations: { send: operation } })
  return [1, 2, 3, 4].map((seed) => make('send', seed)?.body)
}

it('what is only read is not sent, also where that is said of what is referred to', () => {
  const schemas = { Id: { type: 'string', readOnly: true } }
  const properties = { id: { $ref: '#/components/schemas/Id' }, name: { type: 'string' } }
  const made = bodiesOf({ type: 'object', required: ['name'], properties }, { schemas })
  for (const body of made) expect(Object.keys(Object(body))).toEqual(['name'])
})

it('long limits are kept short, an enum and a pattern are kept whole', () => {
  const long = { type: 'string', minLength: 2, maxLength: 100_000 }
  const properties = {
    long,
    word: { enum: ['ASCENDING'], maxLength: 2048 },
    arn: { pattern: '^arn:aws:s3:::[a-z]{3}$' },
  }
  for (const body of bodiesOf({ type: 'object', required: Object.keys(properties), properties })) {
    const { long: text, word, arn } = Object(body)
    expect(text.length).toBeLessThan(20)
    expect(word).toBe('ASCENDING')
    expect(arn).toMatch(/^arn:aws:s3:::[a-z]{3}$/)
  }
})

it('a schema that only refers to another one is made as that one, and patterns of other dialects forbid nothing', () => {
  const schemas = { Words: { type: 'object', additionalProperties: { type: 'string' } } }
  expect(bodiesOf({ $ref: '#/components/schemas/Words' }, { schemas })).not.toContain(undefined)
  expect(bodiesOf({ type: 'string', pattern: '[\\p{all}]*' })).not.toContain(undefined)
})

it('a form that is described as no object is made by hand', () => {
  const [form] = bodiesOf({ type: 'string' }, { type: 'application/x-www-form-urlencoded' })
  expect(form).toBeInstanceOf(URLSearchParams)
})
