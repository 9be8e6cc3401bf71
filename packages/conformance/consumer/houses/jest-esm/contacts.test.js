// Jest with ES modules: a project of `"type": "module"`, run with NODE_OPTIONS=--experimental-vm-modules.
import { createMinimoClient, isApiError } from '@minimo/client'

test('a missing contact is a 404', async () => {
  const fetch = async () => Response.json({ error: 'No such contact' }, { status: 404 })
  const minimo = createMinimoClient({ apiKey: 'mn-1-test', fetch })
  const error = await minimo.contacts.getByEmail('anna@example.com').catch((error) => error)
  expect(isApiError(error, 404)).toBe(true)
})
