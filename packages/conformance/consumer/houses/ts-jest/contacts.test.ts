// ts-jest, which checks the types and runs CommonJS: its preset in jest.config.js, module `commonjs` in tsconfig.json.
import { expect, test } from '@jest/globals'
import { createMinimoClient, isApiError } from '@minimo/client'

test('a missing contact is a 404', async () => {
  const fetch = async () => Response.json({ error: 'No such contact' }, { status: 404 })
  const minimo = createMinimoClient({ apiKey: 'mn-1-test', fetch })
  const error: unknown = await minimo.contacts.getByEmail('anna@example.com').catch((error) => error)
  expect(isApiError(error, 404)).toBe(true)
})

test('the types are those of the API', () => {
  const minimo = createMinimoClient({ apiKey: 'mn-1-test' })
  // @ts-expect-error an id is a number
  const update = () => minimo.contacts.update('42', { email: 'anna@example.com' })
  expect(update).toBeInstanceOf(Function)
})
