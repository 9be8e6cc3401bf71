// Finds a contact by e-mail, changes its e-mail by id, and shows what errors look like.
//   node src/quickstart.ts                                            against a mock of the API
//   MINIMO_API_KEY=mn-… node src/quickstart.ts OLD_EMAIL NEW_EMAIL --live    against the real one
import { parseArgs } from 'node:util'
import { createMinimoClient, isApiError } from '@minimo/client'
import { startMock } from 'contract'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { live: { type: 'boolean' } } })
const [oldEmail = 'old@example.com', newEmail = 'new@example.com'] = positionals
if (values.live && positionals.length < 2) {
  console.error(
    '--live changes a real contact: name it as OLD_EMAIL NEW_EMAIL, for example anna@old.example anna@new.example',
  )
  process.exit(2)
}

// The mock has no memory and takes any key: asked with a status, it gives the answer that the spec documents for it.
const mock = values.live ? undefined : await startMock()
const expecting = (status: number) => ({ headers: mock?.ask({ status }) })

try {
  const server = mock && { apiKey: mock.apiKey, baseUrl: mock.url }
  const minimo = createMinimoClient(server)
  console.log(mock ? `Mock of the API at ${mock.url}` : 'The real API')

  const contact = await minimo.contacts.getByEmail(oldEmail)
  console.log(`Found ${oldEmail}: contact ${contact.id}, custom fields`, contact.customFields)

  const updated = await minimo.contacts.update(contact.id, { email: newEmail })
  console.log(`Changed the e-mail of contact ${updated.id} to ${newEmail}`)

  const unknown = await failure(minimo.contacts.update(Number.MAX_SAFE_INTEGER, {}, expecting(404)))
  console.log(`An unknown id: ${unknown}`)

  const stranger = createMinimoClient({ ...server, apiKey: 'mn-WRONG-KEY' })
  const refused = await failure(stranger.contacts.getByEmail(oldEmail, expecting(401)))
  console.log(`A wrong key: ${refused}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await mock?.close()
}

/** Tells how the API refused a call; any other outcome is a surprise. */
async function failure(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    if (isApiError(error)) return error.message
    throw error
  }
  throw new Error('the call was expected to fail')
}
