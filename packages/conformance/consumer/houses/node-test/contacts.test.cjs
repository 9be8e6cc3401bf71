// Node's own test runner, in CommonJS: node --test
const assert = require('node:assert/strict')
const { test } = require('node:test')
const { createMinimoClient, isApiError } = require('@minimo/client')

test('a missing contact is a 404, also in CommonJS', async () => {
  const fetch = async () => Response.json({ error: 'No such contact' }, { status: 404 })
  const minimo = createMinimoClient({ apiKey: 'mn-1-test', fetch })
  await assert.rejects(minimo.contacts.getByEmail('anna@example.com'), (error) => isApiError(error, 404))
})
