// Jest at its defaults: a project in CommonJS, nothing to configure.
const { createMinimoClient, isApiError } = require('@minimo/client')

test('a missing contact is a 404', async () => {
  const fetch = async () => Response.json({ error: 'No such contact' }, { status: 404 })
  const minimo = createMinimoClient({ apiKey: 'mn-1-test', fetch })
  const error = await minimo.contacts.getByEmail('anna@example.com').catch((error) => error)
  expect(isApiError(error, 404)).toBe(true)
})
