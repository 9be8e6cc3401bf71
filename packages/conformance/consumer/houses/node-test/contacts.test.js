// Node's own test runner: node --test
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMinimoClient, isApiError } from '@minimo/client'

test('a missing contact is a 404', async () => {
  const fetch = async () => Response.json({ error: 'No such contact' }, { status: 404 })
  const minimo = createMinimoClient({ apiKey: 'mn-1-test', fetch })
  await assert.rejects(minimo.contacts.getByEmail('anna@example.com'), (error) => isApiError(error, 404))
})
